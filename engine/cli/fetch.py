"""`fetch`: a public data set, with its licence said first."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, render


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "fetch",
        help="download a public data set",
        description="Download BloodMNIST or the PBC images, resuming an interrupted download; "
        "without a name, list the data sets. Licence and attribution are written "
        "beside the images, where `train --about` reads them.",
        allow_abbrev=False,
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="bloodmnist or pbc")
    parser.add_argument("--variant", metavar="V", help="such as 28, 64, 128 or 224 (pixels)")
    parser.add_argument("--out", metavar="DIR", type=Path, help="the folder to download into")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fetch, or list the data sets on standard output."""
    from engine.exchange.public_datasets import find_variant, get, public_sets

    if args.name is None:
        for name, known in public_sets().items():
            variants = ", ".join(known.variants)
            print(f"{name}\t{variants}\t{known.licence}\t{known.title}\t{known.page}")
        return 0
    known, variant = find_variant(args.name, args.variant)
    if args.out is None:
        say("--out DIR is needed; see “main.py fetch --help”.")
        return 2
    facts = {
        name: getattr(known, name)
        for name in ("title", "description", "licence", "attribution", "page")
    }
    say(render(Message("public.facts", facts)))
    room: dict[str, Param] = {"megabytes": variant.size // 1_000_000, "folder": str(args.out)}
    say(render(Message("public.size", room)))
    with progress_job("byte") as job:
        done = get(job, known, variant, args.out)
    says = {"path": str(done.images), "about": str(done.about)}
    say(render(Message("public.done", says)))
    return 0
