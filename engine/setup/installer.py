"""Package installer: running uv or pip, showing its progress, and explaining its failures."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from engine.messages import Message, Problem
from engine.setup.environment import ROOT, Environment
from engine.setup.terminal import say, sentence

# The installed Python, even if this process runs in a virtual environment of it.
BASE_PYTHON: Final[str] = getattr(sys, "_base_executable", None) or sys.executable

# Variables that would install packages outside the environment.
_UNWANTED_VARIABLES: Final = {
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "UV_SYSTEM_PYTHON",
    "UV_TARGET",
    "UV_PREFIX",
    "UV_NO_BINARY",
}
_OLDEST_PIP: Final = (22, 3)  # the first that installs into another environment (--python)

_DOWNLOAD_LINES: Final = (
    re.compile(r"^Downloading (?P<name>\S+) \((?P<size>[^)]+)\)"),  # uv
    re.compile(r"^\s*Downloading (?P<name>[A-Za-z0-9_.]+)-\d\S* \((?P<size>[^)]+)\)"),  # pip
)
_INSTALL_LINE: Final = re.compile(r"^(Prepared \d+ packages|Installing collected packages)")

# Checked in this order: message id, and phrases (lower case) of the installers that it stands for.
_CAUSES: Final = {
    "setup.disk_full": ("no space left on device", "not enough space", "errno 28", "(os error 28)"),
    "setup.changed_package": ("hash mismatch", "do not match the hashes"),
    "setup.no_network": (
        "name resolution",
        "getaddrinfo",
        "dns error",
        "failed to lookup address",
        "connection refused",
        "connection reset",
        "timed out",
        "network is unreachable",
        "no route to host",
        "newconnectionerror",
        "proxyerror",
        "sslerror",
        "certificate",
        "error sending request",
        "failed to fetch",
        "network connectivity is disabled",
        "network was disabled",
    ),
    "setup.no_package": (
        "no matching distribution",
        "could not find a version",
        "no solution found",
        "has no wheels",
        "not a supported wheel",
    ),
}
# Both installers download everything before they change anything, so these leave the environment intact.
HARMLESS_CAUSES: Final = {"setup.changed_package", "setup.no_network", "setup.no_package"}


def choose_installer(environment: Environment) -> list[str]:
    """Return the command that installs into the environment: uv if available, else pip."""
    uv = shutil.which("uv")
    if uv and _runs([uv, "--version"]):
        return [uv, "pip", "install", "--python", environment.python, "--no-progress"]
    quiet = ["install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    version = re.match(r"pip (\d+)\.(\d+)", _output([BASE_PYTHON, "-m", "pip", "--version"]))
    if version and (int(version[1]), int(version[2])) >= _OLDEST_PIP:
        return [BASE_PYTHON, "-m", "pip", "--python", environment.python, *quiet]
    if importlib.util.find_spec("ensurepip") and _runs([environment.python, "-m", "ensurepip"]):
        return [environment.python, "-m", "pip", *quiet]
    if shutil.which("apt-get"):
        raise Problem(
            "setup.no_pip_debian", command="sudo apt-get install python3-venv python3-pip"
        )
    raise Problem("setup.no_pip", python=BASE_PYTHON)


def install_group(command: list[str], environment: Environment, group: str, guard: int) -> None:
    """Install one group's requirements and show the downloads. Raises `Problem` with the cause.

    The installer inherits the lock on descriptor `guard`, so it holds even if this process dies.
    """
    command = [
        *command,
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        environment.requirements_file(group),
    ]
    lines: list[str] = []
    with Path(environment.log).open("a", encoding="utf-8") as log, _InstallProgress() as progress:
        log.write(" ".join(command) + "\n")
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_clean_env(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            pass_fds=() if sys.platform == "win32" else (guard,),
        )
        with _terminated_on_error(process):
            for line in process.stdout or ():
                log.write(line)
                lines.append(line)
                progress.show_line(line)
            status = process.wait()
    if status:
        raise Problem(find_cause("".join(lines)), details=environment.log)


def find_cause(output: str) -> str:
    """Return the message id for the cause of a failure, from the installer's output."""
    output = output.lower()
    for message_id, phrases in _CAUSES.items():
        if any(phrase in output for phrase in phrases):
            return message_id
    return "setup.failed"


class _InstallProgress:
    """Progress of the installer in plain words: one updated line on a terminal, else one line per step."""

    def __init__(self) -> None:
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._start_time = time.monotonic()
        self._text = sentence(Message("setup.looks"))
        self._stop = threading.Event()
        self._width = 0
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "_InstallProgress":
        if self._terminal:
            self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._terminal:
            self._ticker.join()
            self._draw("")

    def show_line(self, line: str) -> None:
        """Show what a line of the installer's output means, if it is relevant to the user."""
        match = next((found for pattern in _DOWNLOAD_LINES if (found := pattern.match(line))), None)
        if match:
            size = re.sub(r"(?<=\d)(?=[A-Za-z])", " ", match["size"])
            message = Message(
                "setup.fetches", {"name": match["name"].replace("_", "-"), "size": size}
            )
        elif _INSTALL_LINE.match(line):
            message = Message("setup.places")
        else:
            return
        self._text = sentence(message)
        if not self._terminal:
            say(message)

    def _tick(self) -> None:
        while not self._stop.wait(0.5):
            self._draw(f"{self._text} {time.monotonic() - self._start_time:.0f} s")

    def _draw(self, text: str) -> None:
        text = text[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{text.ljust(self._width)}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._width = len(text)


@contextmanager
def _terminated_on_error(process: "subprocess.Popen[str]") -> Iterator[None]:
    # An installer must not continue alone: a later one would conflict with it.
    try:
        yield
    except BaseException:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


def _clean_env() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _UNWANTED_VARIABLES}


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command,
            env=_clean_env(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace") or " "


def _runs(command: list[str]) -> bool:
    return bool(_output(command))
