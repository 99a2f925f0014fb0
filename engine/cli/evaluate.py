"""`evaluate`: how good a model is on a labelled folder, as tables and a figure."""

import argparse
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.cli.model_run import Engine, Results, add_arguments, add_views
from engine.cli.progress import progress_job, say
from engine.messages import Message, Problem, render
from engine.outputs import (
    OutputFolder,
    json_recogniser,
    marked_recogniser,
    square_table_recogniser,
    table_recogniser,
)
from engine.writing import collapse_whitespace, formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.evaluate.evaluation_basis import Apart, Basis
    from engine.evaluate.metrics import Metrics
    from engine.images.record import BadFile, ImageRecord

_PNG_MARK = "Bloodbench confusion matrix"
_PER_CLASS_COLUMNS = ("class", "n", "precision", "recall", "f1", "auc")
_SEEN_COLUMNS = ("path", "label", "predicted")
_LEFT_OUT_COLUMNS = ("path", "label", "problem")
_FILES = {
    "metrics.json": json_recogniser("n", "accuracy", "accuracy_interval", "balanced_accuracy"),
    "confusion.png": marked_recogniser(b"\x89PNG\r\n\x1a\n", f"Software\0{_PNG_MARK}".encode()),
    "confusion.csv": square_table_recogniser("label"),
    "per_class.csv": table_recogniser(*_PER_CLASS_COLUMNS),
    "left_out.csv": table_recogniser(*_LEFT_OUT_COLUMNS),
    "seen.csv": table_recogniser(*_SEEN_COLUMNS),
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
    "basis": Message("definition.basis"),
    "seen": Message("definition.seen"),
}


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "evaluate",
        help="measure a model on a labelled folder",
        description="Write metrics.json, confusion.png, confusion.csv, per_class.csv, left_out.csv "
        "(unreadable files and labels unknown to the model) and seen.csv (images that "
        "the model was trained on, which are kept out of all other figures).",
        allow_abbrev=False,
    )
    add_arguments(parser)
    add_views(parser)
    parser.add_argument(
        "--out", metavar="DIR", required=True, type=Path, help="the folder for the results"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Evaluate; a folder without any usable label is a `Problem`."""
    import numpy as np

    from engine.classify.calibration import softmax
    from engine.evaluate.evaluation_basis import apart, standing_on
    from engine.evaluate.metrics import evaluate

    engine = Engine.open(args)
    card = engine.bundle.card
    known, left_out = _separate_usable(engine.scan(), card.classes)
    if not known:
        raise Problem("evaluate.nothing")
    # Before the reading, which may take an hour, rather than after it.
    out = OutputFolder(args.out, _FILES)

    read: list[ImageRecord] = []
    logits: list[Any] = []

    def take(results: Results) -> None:
        for record, result in results:
            if isinstance(result, Message):
                left_out.append(LeftOut(record.path, record.label or "", result))
            else:
                read.append(record)
                logits.append(result.logits)

    engine.read(known, take)
    if not read:
        raise Problem("evaluate.nothing")
    labels = np.array([card.classes.index(str(one.label)) for one in read], np.intp)
    probabilities = softmax(np.stack(logits), card.calibration.temperature)
    seen = _find_seen_images(engine, read)
    counts, basis = standing_on(seen)
    said = probabilities.argmax(1)
    found = Found(
        evaluate(labels[counts], probabilities[counts], card.classes),
        basis,
        apart((said == labels)[~counts]),
        [
            [
                formula_safe_path(one.path),
                formula_safe_text(str(one.label)),
                formula_safe_text(card.classes[at]),
            ]
            for one, at, learned in zip(read, said, seen, strict=True)
            if learned
        ],
    )
    _write_files(out, found, left_out)
    _say_summary(args.out, found, left_out)
    return 0


def _find_seen_images(engine: Engine, records: Sequence["ImageRecord"]) -> list[bool | None]:
    from engine.classify.training_images import Learned
    from engine.images.perceptual_hash import keys_of

    learned = Learned.of(engine.bundle)
    if not len(learned.keys):
        return learned.seen([None] * len(records))
    with progress_job("image") as job:
        return learned.seen(keys_of(job, engine.source, records))


class Found(NamedTuple):
    """The figures, which images they stand on, and those that the model learned from: as rows, and how many."""

    metrics: "Metrics"
    basis: "Basis"
    apart: "Apart | None"
    seen: list[list[str]]


class LeftOut(NamedTuple):
    """A file that is not evaluated: its path, its label (may be empty) and the reason."""

    path: str
    label: str
    reason: Message


def _separate_usable(
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


def _write_files(out: OutputFolder, found: Found, left_out: Sequence[LeftOut]) -> None:
    import msgspec

    from engine.evaluate.confusion_matrix import confusion_figure

    definitions = {name: render(text) for name, text in _DEFINITIONS.items()}
    metrics = found.metrics
    figures = {
        **msgspec.structs.asdict(metrics),
        "basis": found.basis,
        "seen": found.apart,
        "definitions": definitions,
    }
    out["metrics.json"].write(msgspec.json.format(msgspec.json.encode(figures), indent=2))

    picture = io.BytesIO()
    confusion_figure(metrics, basis=found.basis).savefig(
        picture, format="png", metadata={"Software": _PNG_MARK}
    )
    out["confusion.png"].write(picture.getvalue())

    names = [formula_safe_text(name) for name in metrics.classes]
    counts = zip(names, metrics.confusion, strict=True)
    out["confusion.csv"].write_table(
        ["label", *names],
        ([name, *map(str, row)] for name, row in counts),
    )
    out["per_class.csv"].write_table(
        _PER_CLASS_COLUMNS,
        (
            [
                name,
                str(one.n),
                *(_format_figure(getattr(one, column)) for column in _PER_CLASS_COLUMNS[2:]),
            ]
            for name, one in zip(names, metrics.per_class.values(), strict=True)
        ),
    )
    out["seen.csv"].write_table(_SEEN_COLUMNS, found.seen)
    out["left_out.csv"].write_table(
        _LEFT_OUT_COLUMNS,
        (
            [
                formula_safe_path(one.path),
                formula_safe_text(one.label),
                formula_safe_text(collapse_whitespace(render(one.reason))),
            ]
            for one in sorted(left_out, key=lambda one: one.path)
        ),
    )


def _format_figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def _say_summary(out: Path, found: Found, left_out: Sequence[LeftOut]) -> None:
    from engine.evaluate.evaluation_basis import says

    unknown = Counter(one.label for one in left_out if one.reason.id == "evaluate.unknown_label")
    if unknown:
        labels = ", ".join(f"{label} ({count})" for label, count in sorted(unknown.items()))
        count = unknown.total()
        say(
            collapse_whitespace(
                render(Message("evaluate.unknown_labels", {"count": count, "labels": labels}))
            )
        )
    if count := len(left_out) - unknown.total():
        say(render(Message("evaluate.left_out", {"count": count})))
    metrics = found.metrics
    low, high = metrics.accuracy_interval
    figures = {"n": metrics.n, "accuracy": metrics.accuracy, "low": low, "high": high}
    done = Message("evaluate.done", {**figures, "folder": str(out)})
    say(" ".join(render(one) for one in (done, *says(found.basis, found.apart))))
