"""Run log: a file that exists while the program runs, and remains where it did not close properly.

`faulthandler` writes the stacks of a fatal error into it, and logged errors are appended. The details
for a report are made of it, without names and paths.
"""

import contextlib
import faulthandler
import logging
import os
import platform
import re
import secrets
import tomllib
from pathlib import Path
from typing import IO

from engine.locks import try_lock
from engine.paths import cache_dir, program_dir

_PACKAGES = ("PySide6_Essentials", "numpy", "opencv-python-headless", "openvino", "tensorflow")
_MAX_CHARS = 20_000

_FRAME = re.compile(r'\s*File "(.*)", line (\d+),? in (\S+)')
_HEADING = re.compile(
    r"Fatal Python error: [\w ]+|Windows fatal exception: [\w ]+|"
    r"(Current thread|Thread) 0x[0-9a-f]+.*\(most recent call first\):|"
    r"Traceback \(most recent call last\):"
)
_ERROR_TYPE = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit))(?::|$)")


class RunLog(logging.Handler):
    """The log of this run of the program; locked by the operating system until the process ends."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._file: IO[str] | None = None
        self.setFormatter(logging.Formatter("%(message)s"))
        # Without the file the program works as well.
        with contextlib.suppress(OSError):
            folder = _folder()
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.log"
            self._file = path.open("x", encoding="utf-8", errors="backslashreplace")
            try_lock(self._file.fileno())
            faulthandler.enable(self._file)
            logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Append an error."""
        with contextlib.suppress(OSError, ValueError):
            if self._file is not None:
                self._file.write(self.format(record) + "\n")
                self._file.flush()

    def finish(self) -> None:
        """Remove the file: the program closes properly."""
        logging.getLogger().removeHandler(self)
        if self._file is not None:
            faulthandler.disable()
            with contextlib.suppress(OSError):  # Windows removes no open file.
                self._file.close()
                Path(self._file.name).unlink()
            self._file = None


def take_unclean_exits() -> list[str]:
    """Return the logs of runs that did not close properly, the latest last, and delete them."""
    logs = []
    with contextlib.suppress(OSError):
        files = sorted(_folder().glob("*.log"), key=lambda file: file.stat().st_mtime)
        for file in files:
            # Another window that is still open holds the lock.
            with file.open("r+", encoding="utf-8", errors="replace") as stream:
                if not try_lock(stream.fileno()):
                    continue
                logs.append(stream.read(_MAX_CHARS))
            file.unlink()
    return logs


def report_details(log: str, device: str) -> str:
    """Return versions, system, device and the log for a report, without names and paths.

    Of the log only places in the code and types of errors are left: messages may name files.
    """
    from importlib.metadata import PackageNotFoundError, version

    lines = [f"Bloodbench {_program_version()}", f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            lines.append(f"{package} {version(package)}")
    lines += [
        f"{platform.system()} {platform.release()}",
        f"{platform.machine()}, {os.cpu_count()} processors",
        device,
        "",
    ]
    return "\n".join([*lines, *_without_names(log)])


def _without_names(log: str) -> list[str]:
    lines = []
    for line in log.splitlines():
        if frame := _FRAME.match(line):
            lines.append(f"  {_shown_file(frame[1])}, line {frame[2]}, in {frame[3]}")
        elif heading := _HEADING.match(line):
            lines.append(heading[0])
        elif error := _ERROR_TYPE.match(line):
            lines.append(error[1])
    return lines


def _shown_file(file: str) -> str:
    with contextlib.suppress(ValueError):
        return Path(file).relative_to(program_dir()).as_posix().rpartition("site-packages/")[2]
    plain = file.replace("\\", "/")
    in_packages = plain.rpartition("site-packages/")
    return in_packages[2] if in_packages[1] else plain.rpartition("/")[2]


def _program_version() -> str:
    try:
        text = (program_dir() / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
    except (OSError, ValueError, KeyError):
        return "?"


def _folder() -> Path:
    return cache_dir() / "runs"
