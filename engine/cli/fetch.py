"""`fetch` command: download of a public data set, after showing its licence."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.output_options import OutputKind
from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, render


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
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
    parser.add_output(
        "--out",
        OutputKind.FOLDER,
        metavar="DIR",
        type=Path,
        help="the folder to download into",
    )
    parser.add_check(_check)
    parser.set_defaults(run=run)


def _check(args: argparse.Namespace) -> str | None:
    if args.name is None and (args.variant or args.out):
        return "NAME is needed for --variant and --out (without a name, the data sets are listed)"
    if args.name is not None and args.out is None:
        return "--out DIR is needed, the folder to download into"
    return None


def run(args: argparse.Namespace) -> int:
    """Fetch a data set, or list all of them on standard output."""
    from engine.exchange.public_datasets import download_dataset, find_variant, load_public_datasets

    if args.name is None:
        for name, data_set in load_public_datasets().items():
            variants = ", ".join(data_set.variants)
            print(f"{name}\t{variants}\t{data_set.licence}\t{data_set.title}\t{data_set.page}")
        return 0
    data_set, variant = find_variant(args.name, args.variant)
    facts = {
        name: getattr(data_set, name)
        for name in ("title", "description", "licence", "attribution", "page")
    }
    say(render(Message("public.facts", facts)))
    size: dict[str, Param] = {"megabytes": variant.size // 1_000_000, "folder": str(args.out)}
    say(render(Message("public.size", size)))
    with progress_job("byte") as job:
        done = download_dataset(job, data_set, variant, args.out)
    params = {"path": str(done.images), "about": str(done.about)}
    say(render(Message("public.done", params)))
    return 0
