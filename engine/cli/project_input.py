"""Project input of commands: a project file, or the folder of its images; and the person who acts."""

import getpass
from pathlib import Path

from engine.messages import Problem


def project_file(path: Path) -> Path:
    """Return the project file that is given, or the one last opened with a folder; raises `Problem`."""
    from engine.project.library import Library

    if not path.is_dir():
        return path
    file = Library().last_opened(path)
    if file is None:
        raise Problem("backup.no_project", folder=str(path))
    return file


def login_name() -> str:
    """Return the name of the person who is logged in, `?` if it is unknown."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
