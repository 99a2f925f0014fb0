"""`compare` command: several models on the same images, none of which they were trained on."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.cli.folder_classes import add_folder_class_argument, say_unknown_folders
from engine.cli.image_input import open_labelled_source
from engine.cli.parser import image_count
from engine.cli.progress import progress_job, say
from engine.cli.source_files import scan_images
from engine.messages import Message, render
from engine.output_folder import OutputFolder
from engine.output_recognisers import table_recogniser
from engine.result_source import ResultSource
from engine.text import formula_safe_path, formula_safe_text

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
_VERDICT_COLUMNS = ("model", "against", "verdict", "difference", "low", "high", "mcnemar_p")
_FILES = {
    "comparison.csv": table_recogniser("model", *_COLUMNS),
    "verdicts.csv": table_recogniser(*_VERDICT_COLUMNS),
    "kept_out.csv": table_recogniser("path"),
}


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "compare",
        help="measure several models side by side",
        description="Write comparison.csv with one row per model. Images that any of the models "
        "was trained on are left out (kept_out.csv); the most accurate model comes first. Every further "
        "model is compared with the first one given (verdicts.csv).",
        allow_abbrev=False,
    )
    parser.add_argument("models", metavar="MODEL", nargs="+", help="names or paths of models")
    parser.add_argument("--data", metavar="FOLDER", required=True, help="labelled images")
    add_folder_class_argument(parser)
    parser.add_result_folder("the folder for the tables")
    parser.add_argument(
        "--corrupted",
        metavar="N",
        type=image_count,
        default=0,
        help="number of images to degrade in eleven ways for the column robustness (0: none)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare the models; each verdict goes to standard error."""
    from engine.classify.models import open_model
    from engine.images.class_set import load_class_set
    from engine.images.listed_source import ListedSource
    from engine.train.model_comparison import compare_models

    models = [open_model(name) for name in args.models]
    classes = load_class_set()
    source = ListedSource(
        open_labelled_source(args.data, classes, folder_classes=args.folder_classes)
    )
    files = scan_images(source, args.data)
    out = OutputFolder(args.out, _FILES, source=ResultSource.of(Path(args.data)))
    say_unknown_folders(source.root, files, classes)
    with progress_job("image") as job:
        result = compare_models(job, models, source, corrupted_images=args.corrupted)
    names = [formula_safe_text(model.card.name) for model in models]
    rows = [
        [name, *("" if (v := figures.get(key)) is None else f"{v:.6g}" for key in _COLUMNS)]
        for name, figures in zip(names, result.figures, strict=True)
    ]
    best_first = sorted(range(len(models)), key=lambda index: _errors(result.figures[index]))
    out["comparison.csv"].write_table(["model", *_COLUMNS], (rows[index] for index in best_first))
    verdicts = []
    for index in best_first:
        if index == 0:
            continue
        name, comparison = names[index], result.against_first[index - 1]
        low, high = comparison.interval
        numbers = [
            f"{value:.6g}" for value in (comparison.difference, low, high, comparison.p_value)
        ]
        verdicts.append([name, names[0], comparison.verdict, *numbers])
        for reason in comparison.reasons:
            say(f"{name}: {render(reason)}")
    out["verdicts.csv"].write_table(_VERDICT_COLUMNS, verdicts)
    out["kept_out.csv"].write_table(
        ["path"], ([formula_safe_path(path)] for path in result.excluded_paths)
    )
    for note in result.notes:
        say(render(note))
    params = {"models": len(models), "n": result.n, "kept_out": len(result.excluded_paths)}
    say(render(Message("compare.done", {**params, "folder": str(args.out)})))
    return 0


def _errors(figures: Mapping[str, float | None]) -> tuple[float, float]:
    """Return what sorts the best model first: accuracy, then balanced accuracy."""
    return -(figures["accuracy"] or 0), -(figures["balanced_accuracy"] or 0)
