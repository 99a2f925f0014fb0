"""`compare`: several models on the same images, that none of them learned from."""

import argparse
from pathlib import Path
from typing import Any

from engine.cli.progress import progress_job, say
from engine.messages import Message, render
from engine.outputs import OutputFolder, table
from engine.writing import safe_path, safe_text

_COLUMNS = (
    "accuracy",
    "precision",
    "recall",
    "roc_auc",
    "balanced_accuracy",
    "ece",
    "robustness",
    "images_per_second",
    "megabytes",
)
_VERDICTS = ("model", "against", "verdict", "difference", "low", "high", "mcnemar_p")
_FILES = {
    "comparison.csv": table("model", *_COLUMNS),
    "verdicts.csv": table(*_VERDICTS),
    "kept_out.csv": table("path"),
}


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "compare",
        help="measure several models side by side",
        description="Write comparison.csv: one row a model. Images that any of the models learned from "
        "are kept out (kept_out.csv). With two models or more each is also held against the first "
        "(verdicts.csv).",
        allow_abbrev=False,
    )
    parser.add_argument("models", metavar="MODEL", nargs="+", help="names or paths of models")
    parser.add_argument("--data", metavar="FOLDER", required=True, help="labelled images")
    parser.add_argument("--out", metavar="DIR", required=True, type=Path)
    parser.add_argument(
        "--corrupted",
        metavar="N",
        type=int,
        default=0,
        help="images to spoil in eleven ways for the column robustness (0: none)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare; each verdict goes to standard error."""
    from engine.classify.models import find
    from engine.images.source import open_source
    from engine.train.comparing import compare_models

    models = [find(name) for name in args.models]
    out = OutputFolder(args.out, _FILES)
    with progress_job("image") as job:
        found = compare_models(job, models, open_source(args.data), corrupted=args.corrupted)
    names = [safe_text(model.card.name) for model in models]
    rows = [
        [name, *("" if (v := figures.get(key)) is None else f"{v:.6g}" for key in _COLUMNS)]
        for name, figures in zip(names, found.figures, strict=True)
    ]
    out["comparison.csv"].table(["model", *_COLUMNS], rows)
    verdicts = []
    for name, one in zip(names[1:], found.against_first, strict=True):
        low, high = one.interval
        numbers = [f"{value:.6g}" for value in (one.difference, low, high, one.p_value)]
        verdicts.append([name, names[0], one.verdict, *numbers])
        for reason in one.reasons:
            say(f"{name}: {render(reason)}")
    out["verdicts.csv"].table(_VERDICTS, verdicts)
    out["kept_out.csv"].table(["path"], ([safe_path(one)] for one in found.kept_out))
    for note in found.notes:
        say(render(note))
    told = {"models": len(models), "n": found.n, "kept_out": len(found.kept_out)}
    say(render(Message("compare.done", {**told, "folder": str(args.out)})))
    return 0
