"""Python environment of the program: its place, its groups of packages, and a check in a few milliseconds.

A stamp in the environment records the folder, the Python and the requirements that it was made for, so
nothing needs to be imported to check it. It contains the requirements files themselves, not their hashes:
comparing text needs no import. Paths are strings because importing pathlib takes longer than the check.
"""

import os
import sys
from collections.abc import Collection, Iterable, Mapping

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
APP = "app"
_UNFINISHED = "unfinished"


class Environment:
    """A virtual environment in `folder` for the requirements in `locks`; it may not exist yet."""

    def __init__(self, folder: str, locks: str = os.path.join(ROOT, "requirements")) -> None:
        self.folder = folder
        self.python = os.path.join(
            folder, "Scripts/python.exe" if os.name == "nt" else "bin/python"
        )
        # Output of the installer, for the details of an error.
        self.log = os.path.join(folder, "setup.log")
        # Locked while the environment is created or changed.
        self.setup_lock = f"{folder}.lock"
        # Marks an environment that the program created and may remove.
        self.owner_mark = os.path.join(folder, "bloodbench.made")
        self._stamp = os.path.join(folder, "bloodbench.stamp")
        self._locks = locks

    def requirements_file(self, group: str) -> str:
        """Return the file with the pinned packages of a group: app, test or gpu."""
        return os.path.join(self._locks, f"{group}.txt")

    def qt_mark(self, screen: str) -> str:
        """Return the file that exists once Qt's libraries were found for a kind of screen."""
        return os.path.join(self.folder, f"bloodbench.qt-{screen}")

    def is_ready(self, groups: Collection[str]) -> bool:
        """Return whether the environment is complete, was not moved, and has these groups."""
        stamp = self.read_stamp()
        recorded = self.groups()
        try:
            return {APP, *groups} <= set(recorded) and stamp == self._stamp_of(recorded)
        except OSError:
            return False

    def is_unfinished(self) -> bool:
        """Return whether a setup began and did not finish."""
        return self.read_stamp().startswith(_UNFINISHED)

    def was_made_here(self) -> bool:
        """Return whether the environment was created in this folder with the Python that it still has."""
        return self.read_stamp().split("\n", 3)[:2] == [self.folder, self._interpreter()]

    def is_current(self) -> bool:
        """Return whether this process runs in the environment."""
        return os.path.realpath(sys.prefix) == os.path.realpath(self.folder)

    def groups(self) -> list[str]:
        """Return the groups that are installed or were being installed."""
        lines = self.read_stamp().split("\n", 3)
        return lines[2].split() if len(lines) > 2 else []

    def read_stamp(self) -> str:
        """Return the stamp's text, or "" without a stamp."""
        try:
            return _read(self._stamp)
        except OSError:
            return ""

    def write_stamp(self, text: str) -> None:
        """Replace the stamp atomically; empty text removes it."""
        temporary = f"{self._stamp}.new"
        with open(temporary, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(temporary, self._stamp)
        if not text:
            os.remove(self._stamp)

    def mark_begun(self, groups: Iterable[str]) -> None:
        """Record that a setup has begun; the environment is incomplete until `mark_done`."""
        self.write_stamp("\n".join([_UNFINISHED, "", " ".join(groups), ""]))

    def mark_done(self, groups: Iterable[str]) -> None:
        """Record that these groups are installed."""
        self.write_stamp(self._stamp_of(groups))

    def hand_over(self, arguments: Iterable[str], extra: Mapping[str, str]) -> int:
        """Continue in the environment's Python; on Windows, start it, wait and return its status."""
        command = [self.python, *arguments]
        # The packages of another Python must not be visible in this one.
        unwanted = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
        env = {name: value for name, value in os.environ.items() if name not in unwanted}
        env.update(extra)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        if os.name != "nt":
            os.execve(command[0], command, env)
        return _wait_for_exit(command, env)

    def _stamp_of(self, groups: Iterable[str]) -> str:
        names = list(groups)
        locks = [_read(self.requirements_file(name)) for name in names]
        return "\n".join([self.folder, self._interpreter(), " ".join(names), *locks])

    def _interpreter(self) -> str:
        # The target of the link, which changes if that Python is removed or replaced by another version.
        if not os.path.exists(self.python):
            return ""
        if os.name != "nt":
            return os.path.realpath(self.python)
        try:
            lines = _read(os.path.join(self.folder, "pyvenv.cfg")).splitlines()
        except OSError:
            return ""
        home = next(
            (line.partition("=")[2].strip() for line in lines if line.startswith("home")), ""
        )
        base = os.path.join(home, "python.exe")
        return base if os.path.exists(base) else ""


def candidate_environments() -> list[Environment]:
    """Return the possible environments, best first: beside `main.py`, then in the user's data folder."""
    folder = os.environ.get("BLOODBENCH_VENV")
    if folder:
        return [Environment(os.path.abspath(folder))]
    return [
        Environment(os.path.join(ROOT, ".venv")),
        Environment(os.path.join(_user_data_dir(), "venv")),
    ]


def find_environment(groups: Collection[str]) -> Environment | None:
    """Return the environment that is ready for these groups, or None."""
    candidates = candidate_environments()
    return next((environment for environment in candidates if environment.is_ready(groups)), None)


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as stream:
        return stream.read()


def _user_data_dir() -> str:
    # Like platformdirs, which is not installed yet.
    home = os.path.expanduser("~")
    if program_home := os.environ.get("BLOODBENCH_HOME"):
        return os.path.join(os.path.abspath(program_home), "data")
    if sys.platform == "win32":
        data = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        data = os.path.join(home, "Library", "Application Support")
    else:
        data = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    return os.path.join(data, "Bloodbench")


def _wait_for_exit(command: list[str], env: dict[str, str]) -> int:
    import subprocess

    process = subprocess.Popen(command, env=env)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the child receives it too
