"""Files and summary of `evaluate`: metrics, confusion matrix, classes, and images that are left out."""

import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.cli.progress import say
from engine.cli.slices import PROPERTY_COLUMNS, SLICE_COLUMNS, SPURIOUS_COLUMNS
from engine.csv_files import message_cell
from engine.messages import Message, render
from engine.output_folder import OutputFolder
from engine.output_recognisers import (
    json_recogniser,
    marked_recogniser,
    square_table_recogniser,
    table_prefix_recogniser,
    table_recogniser,
)
from engine.text import collapse_whitespace, formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.evaluate.evaluation_basis import EvaluationBasis, SeenImages
    from engine.evaluate.metrics import Metrics

_PNG_MARK = "Bloodbench confusion matrix"
_PER_CLASS_COLUMNS = ("class", "n", "precision", "recall", "f1", "auc")
_SEEN_COLUMNS = ("path", "label", "predicted")
_LEFT_OUT_COLUMNS = ("path", "label", "problem")
FILES = {
    "metrics.json": json_recogniser("n", "accuracy", "accuracy_interval", "balanced_accuracy"),
    "confusion.png": marked_recogniser(b"\x89PNG\r\n\x1a\n", f"Software\0{_PNG_MARK}".encode()),
    "confusion.csv": square_table_recogniser("label"),
    "per_class.csv": table_recogniser(*_PER_CLASS_COLUMNS),
    "left_out.csv": table_recogniser(*_LEFT_OUT_COLUMNS),
    "seen.csv": table_recogniser(*_SEEN_COLUMNS),
    "slices.csv": table_recogniser(*SLICE_COLUMNS),
    "spurious.csv": table_recogniser(*SPURIOUS_COLUMNS),
    "properties.csv": table_prefix_recogniser(*PROPERTY_COLUMNS),
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


class Evaluation(NamedTuple):
    """Metrics, the images that they are based on, and the images that the model was trained on."""

    metrics: "Metrics"
    basis: "EvaluationBasis"
    seen: "SeenImages | None"
    seen_rows: list[list[str]]


class LeftOutFile(NamedTuple):
    """A file that is not evaluated: its path, its label (or "") and the reason."""

    path: str
    label: str
    reason: Message


def write_files(out: OutputFolder, evaluation: Evaluation, left_out: Sequence[LeftOutFile]) -> None:
    """Write the files on the whole folder; those on slices follow."""
    import msgspec

    from engine.evaluate.confusion_matrix import confusion_figure

    definitions = {name: render(text) for name, text in _DEFINITIONS.items()}
    metrics = evaluation.metrics
    figures = {
        **msgspec.structs.asdict(metrics),
        "basis": evaluation.basis,
        "seen": evaluation.seen,
        "definitions": definitions,
    }
    out["metrics.json"].write(msgspec.json.format(msgspec.json.encode(figures), indent=2))

    image = io.BytesIO()
    confusion_figure(metrics, basis=evaluation.basis).savefig(
        image, format="png", metadata={"Software": _PNG_MARK}
    )
    out["confusion.png"].write(image.getvalue())

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
                str(row.n),
                *(_format_figure(getattr(row, column)) for column in _PER_CLASS_COLUMNS[2:]),
            ]
            for name, row in zip(names, metrics.per_class.values(), strict=True)
        ),
    )
    out["seen.csv"].write_table(_SEEN_COLUMNS, evaluation.seen_rows)
    out["left_out.csv"].write_table(
        _LEFT_OUT_COLUMNS,
        (
            [
                formula_safe_path(file.path),
                formula_safe_text(file.label),
                message_cell(file.reason),
            ]
            for file in sorted(left_out, key=lambda file: file.path)
        ),
    )


def _format_figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def say_summary(out: Path, evaluation: Evaluation, left_out: Sequence[LeftOutFile]) -> None:
    """Say the accuracy, what it is based on, and how many files are left out."""
    from engine.evaluate.evaluation_basis import basis_messages

    unknown = Counter(file.label for file in left_out if file.reason.id == "evaluate.unknown_label")
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
    metrics = evaluation.metrics
    low, high = metrics.accuracy_interval
    figures = {"n": metrics.n, "accuracy": metrics.accuracy, "low": low, "high": high}
    done = Message("evaluate.done", {**figures, "folder": str(out)})
    say(
        " ".join(
            render(message)
            for message in (done, *basis_messages(evaluation.basis, evaluation.seen))
        )
    )
