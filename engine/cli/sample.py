"""`sample` command: a folder of drawn cells for trying the program."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, render


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "sample",
        help="write a small sample folder of drawn cells",
        description="Write a labelled folder of about a hundred drawn cells with planted faults "
        "(copies, blur, a blank image, off-topic images, a wrong label).",
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a new or empty folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the sample into a new or empty folder; raises `Problem` for any other."""
    from engine.images.sample.writer import write_sample
    from engine.outputs import check_is_free

    check_is_free(args.folder)
    with progress_job("image") as job:
        write_sample(args.folder, job)
    say(render(Message("cli.sample_done", {"folder": str(args.folder)})))
    return 0
