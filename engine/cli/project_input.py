"""Project input of commands: a project file, or the folder of its images; and the person who acts."""

import argparse
import contextlib
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.progress import say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.project.project import Project


def add_decisions_argument(parser: argparse.ArgumentParser) -> None:
    """Add the argument by which a folder stands for its project."""
    parser.add_argument(
        "--decisions",
        action="store_true",
        help="use the decisions of the folder's project, as if its .bloodbench file were given",
    )


def project_file(path: Path) -> Path:
    """Return the project file that is given, or the one last opened with a folder; raises `Problem`."""
    from engine.project.library import Library
    from engine.project.project import SUFFIX

    is_folder = path.is_dir()
    file = Library().last_opened(path) if is_folder or path.suffix != SUFFIX else path
    if file is None:
        if not is_folder:
            return path
        raise Problem("backup.no_project", folder=str(path))
    return file


def given_project(path: str, *, decisions: bool) -> Path | None:
    """Return the project file that a command is given, None for images; raises `Problem`.

    `decisions`: a folder stands for its project.
    """
    from engine.project.project import SUFFIX

    file = project_file(Path(path)) if decisions else Path(path)
    return file if file.suffix == SUFFIX and file.is_file() else None


def adopted_model(path: str, *, decisions: bool) -> "Bundle | None":
    """Return the model that the given project adopted; None without one, or if it is missing.

    `decisions`: a folder stands for its project.
    """
    from engine.project.project import Project
    from engine.train.current_model import find_adopted_model

    file = given_project(path, decisions=decisions)
    if file is None:
        return None
    # A damaged project is recovered, with a message, when it is opened for its decisions.
    with contextlib.suppress(Problem), Project.open_to_read(file) as project:
        adopted = find_adopted_model(project)
        if adopted.problem:
            say(render(adopted.problem))
        return adopted.bundle
    return None


def check_can_change(project: "Project") -> None:
    """Raise `Problem` with the reason if a project cannot be changed, such as one that is open elsewhere."""
    from engine.project.project_title import project_title

    if reason := project.read_only:
        if reason.id == "project.in_use":
            raise Problem("cli.project_in_use", name=project_title(project.file))
        raise Problem(reason.id, **reason.params)


def login_name() -> str:
    """Return the name of the person who is logged in, `?` if it is unknown."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def say_unused_decisions(root: Path) -> None:
    """Say that the project of a folder has decisions, which a command on the folder itself leaves out."""
    from engine.project.library import Library
    from engine.project.project import Project

    file = Library().last_opened(root)
    if file is None:
        return
    # An unreadable project is no reason against a result without it.
    with contextlib.suppress(Problem, OSError), Project.open_to_read(file) as project:
        if count := len(project.decisions()):
            say(render(Message("cli.unused_decisions", {"count": count})))
