"""`merge` command: merging two project files of the same images, previewed first."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import say
from engine.cli.project_input import check_can_change, login_name, project_file
from engine.messages import Message, Param, render


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "merge",
        help="merge another person's project of the same images into a project",
        description="Say what merging the decisions of OTHER into PROJECT would change, and list "
        "different decisions on standard output; with --apply, merge them as one edit that undo takes "
        "back, after a backup. Different decisions are kept as conflicts: the one of PROJECT holds "
        "until a person settles it. OTHER is not changed.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "project", metavar="PROJECT|FOLDER", type=Path, help="a .bloodbench file, or its images"
    )
    parser.add_argument("other", metavar="OTHER", type=Path, help="the file to merge into it")
    parser.add_argument("--apply", action="store_true", help="change PROJECT")
    parser.add_argument(
        "--who",
        metavar="NAME",
        default="",
        help="name of the reviewer, with --apply (default: your login)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Merge a project, or only say what would change."""
    from engine.project.merging import merge, plan_merge
    from engine.project.project_title import title_in_library
    from engine.project.recovery import opening_recovered
    from engine.text import to_printable

    project, recovery = opening_recovered(
        project_file(args.project), lambda opened: opened, for_reading=not args.apply
    )
    with project:
        if recovery:
            say(render(recovery.message))
        if args.apply:
            check_can_change(project)
        plan = plan_merge(project, args.other)
        counts: dict[str, Param] = {
            "file": title_in_library(args.other) or args.other.name,
            "taken": plan.taken,
            "same": plan.same,
            "conflicts": len({conflict.path for conflict in plan.conflicts}),
            "absent": plan.absent,
            "edits": plan.edits,
        }
        say(render(Message("merge.plan", counts)))
        print("path\tfield\town\tother\twho\ttime")
        for conflict in plan.conflicts:
            for other in conflict.others:
                values = (conflict.path, conflict.field, conflict.value, other.value, other.who)
                columns = (to_printable(str("" if value is None else value)) for value in values)
                print("\t".join((*columns, other.at)))
        if not args.apply:
            say(render(Message("merge.not_applied")))
            return 0
        name = (
            "merge.done"
            if merge(project, args.other, args.who or login_name())
            else "merge.nothing"
        )
        say(render(Message(name, counts)))
    return 0
