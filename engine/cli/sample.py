"""`sample`: the drawn cells, as a folder to try things on."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, Problem, render


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "sample",
        help="write a small folder of drawn cells to try things on",
        description="Write a labelled folder of about 64 cells that the program draws itself, with "
        "planted faults (copies, blur, blank, off-topic, a wrong label).",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--out", metavar="DIR", required=True, type=Path, help="a new or empty folder"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the sample; a folder that holds anything is left alone."""
    from engine.images.sample import write_sample

    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        raise Problem("cli.sample_not_empty", folder=str(args.out))
    with progress_job("image") as job:
        write_sample(args.out, job)
    say(render(Message("cli.sample_done", {"folder": str(args.out)})))
    return 0
