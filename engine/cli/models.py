"""`models`: what is installed."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "models",
        help="list the installed models",
        description="List the installed models, the default one marked with *.",
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the models on standard output."""
    raise NotImplementedError
