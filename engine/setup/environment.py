"""Where the program's own packages are, and whether they are all there: answered in a few milliseconds.

A stamp in the environment says for which place, which Python and which locks it was made; nothing is
imported to check it. The stamp holds the locks themselves rather than their hashes: comparing them
needs no import and leaves nothing to collide. Paths are strings here because importing pathlib takes
longer than all the rest.
"""

import os
import sys
from collections.abc import Collection, Iterable, Mapping

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
APP = "app"
_UNFINISHED = "unfinished"


class Environment:
    """A virtual environment in `folder` for the locks in the folder `locks`; it may not exist yet."""

    def __init__(self, folder: str, locks: str = os.path.join(ROOT, "requirements")) -> None:
        self.folder = folder
        self.python = os.path.join(
            folder, "Scripts/python.exe" if os.name == "nt" else "bin/python"
        )
        # What the installer said, for the details of an error.
        self.log = os.path.join(folder, "setup.log")
        # Locked while the environment is made or changed.
        self.guard = f"{folder}.lock"
        # The program made this environment, so it may remove it.
        self.mark = os.path.join(folder, "bloodbench.made")
        self._stamp = os.path.join(folder, "bloodbench.stamp")
        self._locks = locks

    def lock(self, group: str) -> str:
        """Return the file with the exact packages of a group: app, test or gpu."""
        return os.path.join(self._locks, f"{group}.txt")

    def qt_mark(self, screen: str) -> str:
        """Return the file whose being there says that Qt's libraries were found for a kind of screen."""
        return os.path.join(self.folder, f"bloodbench.qt-{screen}")

    def is_ready(self, groups: Collection[str]) -> bool:
        """Return whether the environment is whole, is where it was made, and has these groups."""
        stamp = self.read_stamp()
        recorded = self.groups()
        try:
            return {APP, *groups} <= set(recorded) and stamp == self._stamp_of(recorded)
        except OSError:
            return False

    def is_unfinished(self) -> bool:
        """Return whether a set-up began and did not end."""
        return self.read_stamp().startswith(_UNFINISHED)

    def was_made_here(self) -> bool:
        """Return whether the environment was made for this place, and its Python is still the same."""
        return self.read_stamp().split("\n", 3)[:2] == [self.folder, self._interpreter()]

    def is_current(self) -> bool:
        """Return whether this very process runs in the environment."""
        return os.path.realpath(sys.prefix) == os.path.realpath(self.folder)

    def groups(self) -> list[str]:
        """Return the groups that are, or were about to be, installed."""
        lines = self.read_stamp().split("\n", 3)
        return lines[2].split() if len(lines) > 2 else []

    def read_stamp(self) -> str:
        """Return the stamp's text, or nothing if there is none."""
        try:
            return _read(self._stamp)
        except OSError:
            return ""

    def write_stamp(self, text: str) -> None:
        """Replace the stamp in one step; no text, no stamp."""
        new = f"{self._stamp}.new"
        with open(new, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(new, self._stamp)
        if not text:
            os.remove(self._stamp)

    def begin(self, groups: Iterable[str]) -> None:
        """Note that a set-up has begun; until `end`, the environment does not count as whole."""
        self.write_stamp("\n".join([_UNFINISHED, "", " ".join(groups), ""]))

    def end(self, groups: Iterable[str]) -> None:
        """Note that these groups are installed."""
        self.write_stamp(self._stamp_of(groups))

    def hand_over(self, arguments: Iterable[str], extra: Mapping[str, str]) -> int:
        """Go on in the environment's Python; where a process can't be replaced, wait for its status."""
        command = [self.python, *arguments]
        # Another Python's packages must not be seen in this one.
        unwanted = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
        env = {name: value for name, value in os.environ.items() if name not in unwanted}
        env.update(extra)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        if os.name != "nt":
            os.execve(command[0], command, env)
        return _wait_for(command, env)

    def _stamp_of(self, groups: Iterable[str]) -> str:
        names = list(groups)
        locks = [_read(self.lock(name)) for name in names]
        return "\n".join([self.folder, self._interpreter(), " ".join(names), *locks])

    def _interpreter(self) -> str:
        # Behind the link: a Python that was removed or exchanged for another version shows here.
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


def places() -> list[Environment]:
    """Return where the environment may be, best first: beside `main.py`, else the user's own folder."""
    chosen = os.environ.get("BLOODBENCH_VENV")
    if chosen:
        return [Environment(os.path.abspath(chosen))]
    return [
        Environment(os.path.join(ROOT, ".venv")),
        Environment(os.path.join(_user_folder(), "venv")),
    ]


def find(groups: Collection[str]) -> Environment | None:
    """Return the environment that is ready for these groups, if there is one."""
    return next((place for place in places() if place.is_ready(groups)), None)


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as stream:
        return stream.read()


def _user_folder() -> str:
    # As platformdirs, which is not installed yet.
    home = os.path.expanduser("~")
    if own := os.environ.get("BLOODBENCH_HOME"):
        return os.path.join(os.path.abspath(own), "data")
    if sys.platform == "win32":
        data = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        data = os.path.join(home, "Library", "Application Support")
    else:
        data = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    return os.path.join(data, "Bloodbench")


def _wait_for(command: list[str], env: dict[str, str]) -> int:
    import subprocess

    process = subprocess.Popen(command, env=env)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the child heard it too, and decides
