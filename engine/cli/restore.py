"""`restore`: what was moved to quarantine goes back to where it was."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, render


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "restore",
        help="restore files from a quarantine folder",
        description="Move every file of the manifest back to its original place. Nothing is "
        "overwritten: a file whose place is taken stays in quarantine. The folder must "
        "be the one that the files were moved from.",
        allow_abbrev=False,
    )
    parser.add_argument("manifest", metavar="MANIFEST", help="the manifest or its folder")
    parser.add_argument(
        "--to",
        metavar="FOLDER",
        type=Path,
        help="the original folder, if it or the quarantine has been moved or renamed since",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Restore; 1 where a file had to stay."""
    from engine.curate.manifest import read_manifest
    from engine.curate.quarantine import reason_text, restore_files

    found = read_manifest(Path(args.manifest), args.to)
    says: dict[str, Param] = {"count": found.remaining_count, "root": str(found.root)}
    say(render(Message("quarantine.going_back", says)))
    with progress_job("file") as job:
        back = restore_files(job, found.file, args.to)
    say(render(Message("quarantine.restored", {"count": back.moved_count})))
    for path, why in back.stayed:
        say(render(Message("quarantine.stayed", {"path": path, "reason": reason_text(why)})))
    return 1 if back.stayed else 0
