"""`evaluate`: how good a model is on a labelled folder, as tables and a figure."""

import argparse
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.cli.engine import Engine, Results, add_arguments, add_views
from engine.cli.progress import say
from engine.messages import Message, Problem, render
from engine.outputs import OutputFolder, json_object, marked, square_table, table
from engine.writing import one_line, safe_path, safe_text

if TYPE_CHECKING:
    from engine.evaluate.metrics import Metrics
    from engine.images.record import BadFile, ImageRecord

_MARK = "Bloodbench confusion matrix"
_PER_CLASS = ("class", "n", "precision", "recall", "f1", "auc")
_LEFT_OUT = ("path", "label", "problem")
_FILES = {
    "metrics.json": json_object("n", "accuracy", "accuracy_interval", "balanced_accuracy"),
    "confusion.png": marked(b"\x89PNG\r\n\x1a\n", f"Software\0{_MARK}".encode()),
    "confusion.csv": square_table("label"),
    "per_class.csv": table(*_PER_CLASS),
    "left_out.csv": table(*_LEFT_OUT),
}

_DEFINITIONS = {
    "accuracy": Message("definition.accuracy"),
    "balanced_accuracy": Message("definition.balanced_accuracy"),
    "precision_weighted": Message("definition.precision_weighted"),
    "recall_weighted": Message("definition.recall_weighted"),
    "f1_macro": Message("definition.f1_macro"),
    "roc_auc": Message("definition.roc_auc"),
    "ece": Message("definition.ece"),
    "per_class": Message("definition.per_class"),
    "confusion": Message("definition.confusion"),
}


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "evaluate",
        help="measure a model on a labelled folder",
        description="Write metrics.json, confusion.png, confusion.csv, per_class.csv and "
        "left_out.csv (files that could not be read or whose label the model does not know).",
        allow_abbrev=False,
    )
    add_arguments(parser)
    add_views(parser)
    parser.add_argument(
        "--out", metavar="DIR", required=True, type=Path, help="the folder of the results"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Evaluate; a folder without any usable label is a `Problem`."""
    import numpy as np

    from engine.classify.calibration import softmax
    from engine.evaluate.metrics import evaluate

    engine = Engine.open(args)
    card = engine.bundle.card
    known, left_out = _sort_out(engine.scan(), card.classes)
    if not known:
        raise Problem("evaluate.nothing")
    # Before the reading, which may take an hour, rather than after it.
    out = OutputFolder(args.out, _FILES)

    labels: list[int] = []
    logits: list[Any] = []

    def take(results: Results) -> None:
        for record, result in results:
            if isinstance(result, Message):
                left_out.append(LeftOut(record.path, record.label or "", result))
            else:
                labels.append(card.classes.index(str(record.label)))
                logits.append(result.logits)

    engine.read(known, take)
    if not labels:
        raise Problem("evaluate.nothing")
    probabilities = softmax(np.stack(logits), card.calibration.temperature)
    metrics = evaluate(np.array(labels, np.intp), probabilities, card.classes)
    _write(out, metrics, left_out)
    _report(args.out, metrics, left_out)
    return 0


class LeftOut(NamedTuple):
    """A file that is not evaluated: its path, its label (may be empty) and the reason."""

    path: str
    label: str
    reason: Message


def _sort_out(
    found: Sequence["ImageRecord | BadFile"], classes: Sequence[str]
) -> tuple[list["ImageRecord"], list[LeftOut]]:
    from engine.images.record import BadFile

    known: list[ImageRecord] = []
    left_out: list[LeftOut] = []
    for one in found:
        if isinstance(one, BadFile):
            left_out.append(LeftOut(one.path, "", one.reason))
        elif one.label is None:
            left_out.append(LeftOut(one.path, "", Message("evaluate.no_label")))
        elif one.label not in classes:
            reason = Message("evaluate.unknown_label", {"label": one.label})
            left_out.append(LeftOut(one.path, one.label, reason))
        else:
            known.append(one)
    return known, left_out


def _write(out: OutputFolder, metrics: "Metrics", left_out: Sequence[LeftOut]) -> None:
    import msgspec

    from engine.evaluate.figures import confusion_figure

    definitions = {name: render(text) for name, text in _DEFINITIONS.items()}
    figures = {**msgspec.structs.asdict(metrics), "definitions": definitions}
    out["metrics.json"].write(msgspec.json.format(msgspec.json.encode(figures), indent=2))

    picture = io.BytesIO()
    confusion_figure(metrics).savefig(picture, format="png", metadata={"Software": _MARK})
    out["confusion.png"].write(picture.getvalue())

    names = [safe_text(name) for name in metrics.classes]
    counts = zip(names, metrics.confusion, strict=True)
    out["confusion.csv"].table(
        ["label", *names],
        ([name, *map(str, row)] for name, row in counts),
    )
    out["per_class.csv"].table(
        _PER_CLASS,
        (
            [name, str(one.n), *(_figure(getattr(one, column)) for column in _PER_CLASS[2:])]
            for name, one in zip(names, metrics.per_class.values(), strict=True)
        ),
    )
    out["left_out.csv"].table(
        _LEFT_OUT,
        (
            [safe_path(one.path), safe_text(one.label), safe_text(one_line(render(one.reason)))]
            for one in sorted(left_out, key=lambda one: one.path)
        ),
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def _report(out: Path, metrics: "Metrics", left_out: Sequence[LeftOut]) -> None:
    unknown = Counter(one.label for one in left_out if one.reason.id == "evaluate.unknown_label")
    if unknown:
        labels = ", ".join(f"{label} ({count})" for label, count in sorted(unknown.items()))
        count = unknown.total()
        say(
            one_line(render(Message("evaluate.unknown_labels", {"count": count, "labels": labels})))
        )
    if count := len(left_out) - unknown.total():
        say(render(Message("evaluate.left_out", {"count": count})))
    low, high = metrics.accuracy_interval
    figures = {"n": metrics.n, "accuracy": metrics.accuracy, "low": low, "high": high}
    say(render(Message("evaluate.done", {**figures, "folder": str(out)})))
