"""`evaluate` command: metrics of a model on a labelled folder, as tables and a figure."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.evaluation_files import FILES, Evaluation, LeftOutFile, say_summary, write_files
from engine.cli.folder_classes import add_folder_class_argument, say_unknown_folders
from engine.cli.model_run import ModelRun, Results, add_model_arguments, add_views_argument
from engine.cli.progress import progress_job, say
from engine.cli.slices import write_slices
from engine.messages import Message, Problem, render
from engine.output_folder import OutputFolder
from engine.output_places import check_images_outside
from engine.result_source import ResultSource
from engine.text import formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.images.record import BadFile, ImageRecord


_FILE_CONTENTS = {
    "metrics.json": "all figures, with their definitions",
    "confusion.png": "the confusion matrix",
    "confusion.csv": "the same as a table",
    "per_class.csv": "the figures of each class",
    "left_out.csv": "unreadable files, and images whose label the model does not know",
    "seen.csv": "images that the model was trained on, kept out of all other figures",
    "slices.csv": "accuracy by folder, slide and image property, the worst first",
    "spurious.csv": "image properties that tell a class by themselves",
    "properties.csv": "the properties of each image",
}


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "evaluate",
        help="measure a model on a labelled folder",
        description="Measure how often a model is right on images whose folders name their class. DIR "
        "must be outside FOLDER, where the figure would count as an image of a cell; results on the same "
        "FOLDER are replaced.",
        allow_abbrev=False,
    )
    add_model_arguments(parser)
    add_views_argument(parser)
    add_folder_class_argument(parser)
    parser.add_result_folder("the folder for the results")
    parser.add_argument(
        "--group-by",
        metavar="folder|TABLE=COLUMN",
        help="what a slide is in slices.csv: a subfolder (slide_3/…), or the value in "
        "this column of a table with a column “path”; without it, "
        "subfolders where there are any, and slides that paths name (slide_07, patient3)",
    )
    parser.list_files(_FILE_CONTENTS)
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
    files = model_run.scan(args.folder)
    say_unknown_folders(model_run.source.root, files, load_class_set(card.class_set))
    usable, left_out = _separate_usable(files, card.classes)
    if not usable:
        raise Problem("evaluate.nothing")
    # Checked before the inference, which may take an hour.
    check_images_outside(args.out, model_run.source.folders)
    out = OutputFolder(args.out, FILES, source=ResultSource.of(Path(args.folder)))
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
    is_unknown = unknown_score.measure_ratios(embeddings) > 1 if unknown_score else None
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
    write_files(out, evaluation, left_out)
    say_summary(args.out, evaluation, left_out)
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

    training_images = TrainingImages.from_bundle(model_run.bundle)
    if not len(training_images.keys):
        return training_images.is_training_image([None] * len(records))
    with progress_job("image") as job:
        return training_images.is_training_image(compute_hashes(job, model_run.source, records))


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
