"""`restore`: what was moved to quarantine goes back to where it was."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, render


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "restore",
        help="put back what was moved to a quarantine folder",
        description="Move every file of the manifest back to where it was. Nothing is overwritten: a "
        "file whose place is taken stays in quarantine.",
        allow_abbrev=False,
    )
    parser.add_argument("manifest", metavar="MANIFEST", help="the manifest, or its folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Restore; 1 where a file had to stay."""
    from engine.curate.quarantine import restore

    with progress_job("file") as job:
        back = restore(job, Path(args.manifest))
    say(render(Message("quarantine.restored", {"count": back.done})))
    for path, why in back.stayed:
        say(render(Message("quarantine.stayed", {"path": path, "reason": why})))
    return 1 if back.stayed else 0
