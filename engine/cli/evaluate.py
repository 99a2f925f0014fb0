"""`evaluate` command: metrics of a model on a labelled folder, as tables and a figure."""

import argparse
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.cli.folder_classes import add_folder_class_argument, say_unknown_folders
from engine.cli.model_run import ModelRun, Results, add_model_arguments, add_views_argument
from engine.cli.progress import progress_job, say
from engine.cli.slices import PROPERTY_COLUMNS, SLICE_COLUMNS, SPURIOUS_COLUMNS, write_slices
from engine.csv_files import message_cell
from engine.messages import Message, Problem, render
from engine.outputs import (
    OutputFolder,
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


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "evaluate",
        help="measure a model on a labelled folder",
        description="Write metrics.json, confusion.png, confusion.csv, per_class.csv, left_out.csv "
        "(unreadable files and labels unknown to the model) and seen.csv (images that "
        "the model was trained on, which are kept out of all other figures), slices.csv "
        "(accuracy by folder, slide and image property, the worst first), spurious.csv (properties that "
        "tell a class by themselves) and properties.csv.",
        allow_abbrev=False,
    )
    add_model_arguments(parser)
    add_views_argument(parser)
    add_folder_class_argument(parser)
    parser.add_argument(
        "--out", metavar="DIR", required=True, type=Path, help="the folder for the results"
    )
    parser.add_argument(
        "--group-by",
        metavar="folder|TABLE=COLUMN",
        help="what a slide is in slices.csv: a subfolder (slide_3/…), or the value in "
        "this column of a table with a column “path”; without it, "
        "subfolders where there are any, and slides that paths name (slide_07, patient3)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Evaluate a model; raises `Problem` if no image has a usable label."""
    import numpy as np

    from engine.classify.calibrator import Calibrator
    from engine.classify.reading import Reading
    from engine.classify.unknown_score import UnknownScore
    from engine.evaluate.evaluation_basis import score_seen_images, select_unseen
    from engine.evaluate.metrics import compute_metrics
    from engine.images.class_set import load_class_set

    model_run = ModelRun.open(args)
    card = model_run.bundle.card
    files = model_run.scan()
    if not files:
        raise Problem("classify.empty", folder=args.folder)
    say_unknown_folders(model_run.source.root, files, load_class_set(card.class_set))
    usable, left_out = _separate_usable(files, card.classes)
    if not usable:
        raise Problem("evaluate.nothing")
    # Checked before the inference, which may take an hour.
    out = OutputFolder(args.out, _FILES)
    slide_by_path = _find_slides(args.group_by, model_run, files)

    read: list[ImageRecord] = []
    readings: list[Reading] = []

    def take(results: Results) -> None:
        for record, result in results:
            if isinstance(result, Message):
                left_out.append(LeftOutFile(record.path, record.label or "", result))
            else:
                read.append(record)
                readings.append(result)

    model_run.read(usable, take)
    if not read:
        raise Problem("evaluate.nothing")
    labels = np.array([card.classes.index(str(record.label)) for record in read], np.intp)
    embeddings = np.stack([reading.embedding for reading in readings])
    probabilities = Calibrator.of_bundle(model_run.bundle).probabilities(
        np.stack([reading.logits for reading in readings]), embeddings
    )
    unknown_score = UnknownScore.of_bundle(model_run.bundle)
    is_unknown = unknown_score.measure_relative(embeddings) > 1 if unknown_score else None
    seen = _find_seen_images(model_run, read)
    counts, basis = select_unseen(seen)
    predicted = probabilities.argmax(1)
    evaluation = Evaluation(
        compute_metrics(labels[counts], probabilities[counts], card.classes),
        basis,
        score_seen_images((predicted == labels)[~counts]),
        [
            [
                formula_safe_path(record.path),
                formula_safe_text(str(record.label)),
                formula_safe_text(card.classes[index]),
            ]
            for record, index, is_seen in zip(read, predicted, seen, strict=True)
            if is_seen
        ],
    )
    _write_files(out, evaluation, left_out)
    _say_summary(args.out, evaluation, left_out)
    write_slices(
        out,
        model_run,
        [record for record, counted in zip(read, counts, strict=True) if counted],
        labels[counts],
        probabilities[counts],
        None if is_unknown is None else is_unknown[counts],
        [
            slide_by_path[record.path]
            for record, counted in zip(read, counts, strict=True)
            if counted
        ],
    )
    return 0


def _find_slides(
    group_by: str | None, model_run: ModelRun, files: Sequence["ImageRecord | BadFile"]
) -> dict[str, str | None]:
    """Return the slide of each image by its path; raises `Problem` if `group_by` fits no image."""
    from engine.cli.training_tables import read_groups, say_groups
    from engine.images.class_set import load_class_set
    from engine.project.folder_names import folder_names_of
    from engine.train.split_groups import find_slides

    paths, root = [file.path for file in files], model_run.source.root
    classes = load_class_set(model_run.bundle.card.class_set)
    if group_by is not None:
        try:
            groups = read_groups(group_by, root, files, classes)
        except Problem as problem:
            if problem.message.id != "train.no_subfolders":
                raise
            say(render(Message("evaluate.one_slide")))
            return dict.fromkeys(paths, root.name)
        say_groups("evaluate.slides", groups, len(files))
        return dict(zip(paths, groups.of_paths(paths), strict=True))
    names = folder_names_of(root)
    mapped = [name for name, class_id in names.items() if class_id]
    return dict(zip(paths, find_slides(paths, classes, mapped), strict=True))


def _find_seen_images(model_run: ModelRun, records: Sequence["ImageRecord"]) -> list[bool | None]:
    from engine.classify.training_images import TrainingImages
    from engine.images.perceptual_hash import compute_hashes

    learned = TrainingImages.from_bundle(model_run.bundle)
    if not len(learned.keys):
        return learned.is_training_image([None] * len(records))
    with progress_job("image") as job:
        return learned.is_training_image(compute_hashes(job, model_run.source, records))


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


def _separate_usable(
    files: Sequence["ImageRecord | BadFile"], classes: Sequence[str]
) -> tuple[list["ImageRecord"], list[LeftOutFile]]:
    from engine.images.record import BadFile

    usable: list[ImageRecord] = []
    left_out: list[LeftOutFile] = []
    for file in files:
        if isinstance(file, BadFile):
            left_out.append(LeftOutFile(file.path, "", file.reason))
        elif file.label is None:
            left_out.append(LeftOutFile(file.path, "", Message("evaluate.no_label")))
        elif file.label not in classes:
            reason = Message("evaluate.unknown_label", {"label": file.label})
            left_out.append(LeftOutFile(file.path, file.label, reason))
        else:
            usable.append(file)
    return usable, left_out


def _write_files(
    out: OutputFolder, evaluation: Evaluation, left_out: Sequence[LeftOutFile]
) -> None:
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


def _say_summary(out: Path, evaluation: Evaluation, left_out: Sequence[LeftOutFile]) -> None:
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
