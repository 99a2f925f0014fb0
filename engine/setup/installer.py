"""Running uv or pip: which of them, what it says in plain words, and why it failed."""

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
from engine.setup.saying import say, sentence

# The Python that the person installed, also where this process runs in an environment of it.
BASE: Final[str] = getattr(sys, "_base_executable", None) or sys.executable

# What would send packages elsewhere than into the environment.
_UNWANTED: Final = {
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

_FETCHES: Final = (
    re.compile(r"^Downloading (?P<name>\S+) \((?P<size>[^)]+)\)"),  # uv
    re.compile(r"^\s*Downloading (?P<name>[A-Za-z0-9_.]+)-\d\S* \((?P<size>[^)]+)\)"),  # pip
)
_PLACES: Final = re.compile(r"^(Prepared \d+ packages|Installing collected packages)")

# In this order: the message, and the installers' words (in small letters) that it stands for.
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
# Both installers fetch everything before they change anything, so these leave an environment as it was.
HARMLESS: Final = {"setup.changed_package", "setup.no_network", "setup.no_package"}


def choose(environment: Environment) -> list[str]:
    """Return the command that installs into the environment: uv where there is one, else pip."""
    uv = shutil.which("uv")
    if uv and _answers([uv, "--version"]):
        return [uv, "pip", "install", "--python", environment.python, "--no-progress"]
    quiet = ["install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    version = re.match(r"pip (\d+)\.(\d+)", _output([BASE, "-m", "pip", "--version"]))
    if version and (int(version[1]), int(version[2])) >= _OLDEST_PIP:
        return [BASE, "-m", "pip", "--python", environment.python, *quiet]
    if importlib.util.find_spec("ensurepip") and _answers([environment.python, "-m", "ensurepip"]):
        return [environment.python, "-m", "pip", *quiet]
    if shutil.which("apt-get"):
        raise Problem(
            "setup.no_pip_debian", command="sudo apt-get install python3-venv python3-pip"
        )
    raise Problem("setup.no_pip", python=BASE)


def install(command: list[str], environment: Environment, group: str, guard: int) -> None:
    """Install one group's lock, saying what is fetched. Raises `Problem` with the cause.

    The lock on `guard` is inherited, so it holds as long as the installer runs, even without us.
    """
    command = [
        *command,
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        environment.lock(group),
    ]
    lines: list[str] = []
    with Path(environment.log).open("a", encoding="utf-8") as log, _Progress() as progress:
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
        with _ended(process):
            for line in process.stdout or ():
                log.write(line)
                lines.append(line)
                progress.hear(line)
            status = process.wait()
    if status:
        raise Problem(cause("".join(lines)), details=environment.log)


def cause(output: str) -> str:
    """Return the id of the message for why an installer that said this failed."""
    output = output.lower()
    for message_id, words in _CAUSES.items():
        if any(word in output for word in words):
            return message_id
    return "setup.failed"


class _Progress:
    """What the installer does, in plain words: one line that is rewritten on a terminal, else one a step."""

    def __init__(self) -> None:
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._began = time.monotonic()
        self._text = sentence(Message("setup.looks"))
        self._stop = threading.Event()
        self._width = 0
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "_Progress":
        if self._terminal:
            self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._terminal:
            self._ticker.join()
            self._draw("")

    def hear(self, line: str) -> None:
        """Say in plain words what a line of the installer means, if it means anything to a person."""
        match = next((found for pattern in _FETCHES if (found := pattern.match(line))), None)
        if match:
            size = re.sub(r"(?<=\d)(?=[A-Za-z])", " ", match["size"])
            message = Message(
                "setup.fetches", {"name": match["name"].replace("_", "-"), "size": size}
            )
        elif _PLACES.match(line):
            message = Message("setup.places")
        else:
            return
        self._text = sentence(message)
        if not self._terminal:
            say(message)

    def _tick(self) -> None:
        while not self._stop.wait(0.5):
            self._draw(f"{self._text} {time.monotonic() - self._began:.0f} s")

    def _draw(self, text: str) -> None:
        text = text[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{text.ljust(self._width)}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._width = len(text)


@contextmanager
def _ended(process: "subprocess.Popen[str]") -> Iterator[None]:
    # Whatever happens, no installer goes on alone: a second one would meet it.
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
    return {name: value for name, value in os.environ.items() if name not in _UNWANTED}


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


def _answers(command: list[str]) -> bool:
    return bool(_output(command))
