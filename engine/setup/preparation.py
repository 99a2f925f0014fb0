"""Environment preparation: creating, repairing and updating the program's Python environment."""

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
from engine.setup.environment import APP, ROOT, Environment, candidate_environments
from engine.setup.terminal import say

SUPPORTED_PYTHONS: Final = (
    (3, 11),
    (3, 13),
)  # the oldest and the newest that all packages were built for

# MB downloaded on this system, rounded up, for the requirements of November 2026.
DOWNLOAD_MEGABYTES: Final = {
    APP: {"linux": 935, "win32": 715, "darwin": 555}.get(sys.platform, 935),
    "test": 110,
    "gpu": {"linux": 2900, "win32": 140}.get(sys.platform, 0),
}
_UNPACKED_RATIO: Final = 3.5  # MB on disk per MB downloaded, at most


def prepare_environment(groups: Collection[str], rebuild: bool = False) -> Environment:
    """Return an environment with these groups, created or repaired if necessary. Raises `Problem` or `OSError`.

    `rebuild` creates it again even if it is complete. Simultaneous starts wait for each other.
    """
    environment = _first_writable(candidate_environments())
    with _exclusive(environment) as guard:
        if environment.is_ready(groups) and not rebuild:
            return environment
        start_time = time.monotonic()
        present = {
            name
            for name in environment.groups()
            if Path(environment.requirements_file(name)).exists()
        }
        needed = [APP, *sorted({*groups, *present} - {APP})]
        for name in needed:
            _check_exists(Path(environment.requirements_file(name)))
        is_reusable = not rebuild and _is_reusable(environment)
        before = environment.read_stamp()
        missing = [name for name in needed if not is_reusable or name not in present]
        _announce(environment, missing, is_reusable)
        if not is_reusable:
            _remove(environment)
        _check_disk_space(environment, missing)
        if not is_reusable:
            _claim_folder(environment)
        environment.mark_begun(needed)
        if not is_reusable:
            _create_venv(environment)
        try:
            command = installer.choose_installer(environment)
            for group in needed:
                installer.install_group(command, environment, group, guard)
        except Problem as problem:
            if is_reusable and problem.message.id in installer.HARMLESS_CAUSES:
                environment.write_stamp(before)
            raise
        environment.mark_done(needed)
        say(Message("setup.done", {"seconds": time.monotonic() - start_time}))
    return environment


def _check_exists(requirements: Path) -> None:
    """Check before anything is changed: an incomplete copy of the program must not rebuild an environment."""
    if not requirements.is_file():
        raise Problem("setup.incomplete", path=str(requirements))


def _is_reusable(environment: Environment) -> bool:
    """Return whether the existing environment can be extended; a foreign one can if its Python runs."""
    if environment.is_unfinished():
        return False
    is_trusted = environment.read_stamp() == "" or environment.was_made_here()
    return is_trusted and _python_works(environment)


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
    return SUPPORTED_PYTHONS[0] <= (int(major), int(minor)) <= SUPPORTED_PYTHONS[1]


def _announce(environment: Environment, missing: list[str], is_reusable: bool) -> None:
    if is_reusable:
        say(Message("setup.updates", {"folder": environment.folder}))
    elif environment.groups():
        say(Message("setup.repairs", {"folder": environment.folder}))
    else:
        megabytes = sum(DOWNLOAD_MEGABYTES[name] for name in missing)
        say(Message("setup.begins", {"folder": environment.folder, "megabytes": megabytes}))


def _check_disk_space(environment: Environment, missing: list[str]) -> None:
    needed = sum(DOWNLOAD_MEGABYTES[name] for name in missing) * _UNPACKED_RATIO / 1000
    free = shutil.disk_usage(Path(environment.folder).parent).free / 1e9
    if free < needed:
        raise Problem("setup.disk_low", needed=needed, free=free, folder=environment.folder)


def _remove(environment: Environment) -> None:
    """Remove the environment if the program created it; an interruption leaves nothing that looks complete."""
    folder = Path(environment.folder)
    doomed = folder.with_name(f"{folder.name}.removing")
    if doomed.exists():
        shutil.rmtree(doomed)
    if not folder.exists():
        return
    is_local = folder == Path(ROOT, ".venv") and (folder / "pyvenv.cfg").exists()
    if not (is_local or Path(environment.owner_mark).exists()) and any(folder.iterdir()):
        raise Problem("setup.not_ours", folder=environment.folder)
    try:
        folder.rename(doomed)
    except PermissionError as error:  # Windows: a program in it is still running
        raise Problem("setup.in_use", folder=environment.folder) from error
    shutil.rmtree(doomed)


def _claim_folder(environment: Environment) -> None:
    Path(environment.folder).mkdir(parents=True)
    Path(environment.owner_mark).touch()


def _create_venv(environment: Environment) -> None:
    # Without pip, which some Pythons cannot install (Debian's without python3-venv).
    command = [installer.BASE_PYTHON, "-m", "venv", "--without-pip", environment.folder]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        Path(environment.log).write_text(done.stdout + done.stderr, encoding="utf-8")
        raise Problem(installer.find_cause(done.stderr), details=environment.log)


def _first_writable(candidates: list[Environment]) -> Environment:
    for candidate in candidates:
        try:
            guard = Path(candidate.setup_lock)
            guard.parent.mkdir(parents=True, exist_ok=True)
            with guard.open("a", encoding="utf-8"):
                return candidate
        except OSError as error:
            refused = error
    raise refused


@contextmanager
def _exclusive(environment: Environment) -> Iterator[int]:
    """Hold the environment's setup lock; says so while another start holds it."""
    with Path(environment.setup_lock).open("a", encoding="utf-8") as guard:
        if not try_lock(guard.fileno()):
            say(Message("setup.waits"))
            while not try_lock(guard.fileno()):
                time.sleep(0.2)
        yield guard.fileno()
