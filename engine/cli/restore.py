"""`restore` command: return of quarantined files to their places."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, render


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
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
    """Restore the files of a manifest; returns 1 if a file had to stay in quarantine."""
    from engine.curate.manifest import read_manifest
    from engine.curate.quarantine import reason_text, restore_files

    manifest = read_manifest(Path(args.manifest), args.to)
    params: dict[str, Param] = {"count": manifest.remaining_count, "root": str(manifest.root)}
    say(render(Message("quarantine.going_back", params)))
    with progress_job("file") as job:
        restored = restore_files(job, manifest.file, args.to)
    say(render(Message("quarantine.restored", {"count": restored.moved_count})))
    for path, error in restored.not_moved:
        say(render(Message("quarantine.stayed", {"path": path, "reason": reason_text(error)})))
    return 1 if restored.not_moved else 0
