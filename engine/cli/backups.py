"""`backups` command: listing the earlier states of a project and restoring one of them."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.progress import say
from engine.cli.project_input import check_can_change, login_name, project_file
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.project.backups import Backup
    from engine.project.project import Project

_KINDS = ("labels", "removals", "notes", "tags", "boxes", "readings", "sign_off")
"""The kinds of decisions that have a column of their own."""


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "backups",
        help="list the earlier states of a project, or restore one",
        description="List the backups of a project, newest first: number, time, reason, size in "
        "bytes, and how many labels, removals, notes, tagged images, drawn boxes, images of second "
        "readings, sign-offs and other things differ from now. With "
        "--restore, the decisions of a backup are restored as one edit that undo takes back.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "project", metavar="PROJECT|FOLDER", type=Path, help="a .bloodbench file, or its images"
    )
    parser.add_argument("--restore", metavar="NUMBER", type=int, help="the backup to restore")
    parser.add_argument(
        "--who",
        metavar="NAME",
        default="",
        help="name of the reviewer, with --restore (default: your login)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the backups, or restore one; a damaged project is recovered first."""
    from engine.project.backups import list_backups
    from engine.project.project_title import project_title
    from engine.project.recovery import opening_recovered

    file = project_file(args.project)
    project, recovery = opening_recovered(file, _check, for_reading=args.restore is None)
    with project:
        if recovery:
            say(render(recovery.message))
        if args.restore is not None:
            check_can_change(project)
        listed = list_backups(file)
        if not listed:
            say(render(Message("backup.none", {"file": project_title(file)})))
            return 0 if args.restore is None else 1
        if args.restore is None:
            _print(project, listed)
        else:
            if not 1 <= args.restore <= len(listed):
                raise Problem("backup.no_such", number=args.restore, file=project_title(file))
            _restore(project, listed[args.restore - 1], args.who or login_name())
    return 0


def _check(project: "Project") -> "Project":
    project.decisions()  # Damage shows only where the file is read.
    return project


def _print(project: "Project", listed: "list[Backup]") -> None:
    from engine.project.earlier_state import compare_with_backup

    print("\t".join(("number", "time", "reason", "bytes", *_KINDS, "other")))
    for number, backup in enumerate(listed, 1):
        columns = [str(number), f"{backup.at.astimezone():%Y-%m-%d %H:%M}", backup.reason]
        columns.append(str(backup.size))
        try:
            difference = compare_with_backup(project, backup)
            counts = asdict(difference)
            columns += [str(counts.pop(kind)) for kind in _KINDS]
            columns.append(str(sum(counts.values())))
        except Problem as problem:
            say(render(problem.message))
        print("\t".join(columns))


def _restore(project: "Project", backup: "Backup", who: str) -> None:
    from engine.project.earlier_state import compare_with_backup, restore_backup

    difference = compare_with_backup(project, backup)
    when = f"{backup.at.astimezone():%Y-%m-%d %H:%M}"
    if restore_backup(project, backup, who) is None:
        say(render(Message("backup.nothing_to_restore", {"when": when})))
        return
    changed = ", ".join(map(render, difference.parts()))
    say(render(Message("backup.restored", {"when": when, "difference": changed})))
