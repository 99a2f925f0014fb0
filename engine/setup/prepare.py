"""Making the environment, mending it, and bringing it up to date: all that takes longer than a look."""

import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from engine.locks import try_lock
from engine.messages import Message, Problem
from engine.setup import installer
from engine.setup.environment import APP, ROOT, Environment, places
from engine.setup.saying import say

PYTHONS: Final = ((3, 11), (3, 13))  # the oldest and the newest that all packages were built for

# MB fetched on this kind of computer, rounded up, from the locks of November 2026.
FETCHED: Final = {
    APP: {"linux": 935, "win32": 715, "darwin": 555}.get(sys.platform, 935),
    "test": 110,
    "gpu": {"linux": 2900, "win32": 140}.get(sys.platform, 0),
}
_UNPACKED: Final = 3.5  # MB on the disk for one MB fetched, at most


def prepare(groups: Collection[str], anew: bool = False) -> Environment:
    """Return an environment with these groups, made or mended if need be. Raises `Problem` or `OSError`.

    `anew` makes it again even if it looks whole. Several starts at once wait for each other.
    """
    environment = _writable(places())
    with _alone(environment) as guard:
        if environment.is_ready(groups) and not anew:
            return environment
        began = time.monotonic()
        kept = {name for name in environment.groups() if Path(environment.lock(name)).exists()}
        wanted = [APP, *sorted({*groups, *kept} - {APP})]
        keeps = not anew and _can_be_added_to(environment)
        before = environment.read_stamp()
        missing = [name for name in wanted if not keeps or name not in kept]
        _tell(environment, missing, keeps)
        if not keeps:
            _remove(environment)
        _need_space(environment, missing)
        if not keeps:
            _claim(environment)
        environment.begin(wanted)
        if not keeps:
            _make(environment)
        try:
            command = installer.choose(environment)
            for group in wanted:
                installer.install(command, environment, group, guard)
        except Problem as problem:
            if keeps and problem.message.id in installer.HARMLESS:
                environment.write_stamp(before)
            raise
        environment.end(wanted)
        say(Message("setup.done", {"seconds": time.monotonic() - began}))
    return environment


def _can_be_added_to(environment: Environment) -> bool:
    """Return whether what is there is sound; one that somebody else made counts as such if it runs."""
    if environment.is_unfinished():
        return False
    known = environment.read_stamp() == "" or environment.was_made_here()
    return known and _python_works(environment)


def _python_works(environment: Environment) -> bool:
    code = "import sys; print(sys.version_info[0], sys.version_info[1])"
    try:
        done = subprocess.run(
            [environment.python, "-I", "-c", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        major, minor = done.stdout.split()
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return PYTHONS[0] <= (int(major), int(minor)) <= PYTHONS[1]


def _tell(environment: Environment, missing: list[str], keeps: bool) -> None:
    if keeps:
        say(Message("setup.updates", {"folder": environment.folder}))
    elif environment.groups():
        say(Message("setup.repairs", {"folder": environment.folder}))
    else:
        megabytes = sum(FETCHED[name] for name in missing)
        say(Message("setup.begins", {"folder": environment.folder, "megabytes": megabytes}))


def _need_space(environment: Environment, missing: list[str]) -> None:
    needed = sum(FETCHED[name] for name in missing) * _UNPACKED / 1000
    free = shutil.disk_usage(Path(environment.folder).parent).free / 1e9
    if free < needed:
        raise Problem("setup.disk_low", needed=needed, free=free, folder=environment.folder)


def _remove(environment: Environment) -> None:
    """Remove what is there, if the program made it, in a way that leaves no half that looks whole."""
    folder = Path(environment.folder)
    going = folder.with_name(f"{folder.name}.removing")
    if going.exists():
        shutil.rmtree(going)
    if not folder.exists():
        return
    beside_us = folder == Path(ROOT, ".venv") and (folder / "pyvenv.cfg").exists()
    if not (beside_us or Path(environment.mark).exists()) and any(folder.iterdir()):
        raise Problem("setup.not_ours", folder=environment.folder)
    try:
        folder.rename(going)
    except PermissionError as error:  # Windows: a program in it still runs
        raise Problem("setup.in_use", folder=environment.folder) from error
    shutil.rmtree(going)


def _claim(environment: Environment) -> None:
    Path(environment.folder).mkdir(parents=True)
    Path(environment.mark).touch()


def _make(environment: Environment) -> None:
    # Without pip, which some Pythons cannot put in (Debian's without python3-venv); see installer.choose.
    command = [installer.BASE, "-m", "venv", "--without-pip", environment.folder]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        Path(environment.log).write_text(done.stdout + done.stderr, encoding="utf-8")
        raise Problem(installer.cause(done.stderr), details=environment.log)


def _writable(candidates: list[Environment]) -> Environment:
    for candidate in candidates:
        try:
            guard = Path(candidate.guard)
            guard.parent.mkdir(parents=True, exist_ok=True)
            with guard.open("a", encoding="utf-8"):
                return candidate
        except OSError as error:
            refused = error
    raise refused


@contextmanager
def _alone(environment: Environment) -> Iterator[int]:
    """Hold the environment's guard; says so when another start has it."""
    with Path(environment.guard).open("a", encoding="utf-8") as guard:
        if not try_lock(guard.fileno()):
            say(Message("setup.waits"))
            while not try_lock(guard.fileno()):
                time.sleep(0.2)
        yield guard.fileno()
