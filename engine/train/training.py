"""Training of a model bundle from labelled images: decode, split, fit, convert, calibrate, evaluate."""

import datetime
import functools
import importlib.metadata
import os
import platform
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from engine.classify import bundle
from engine.classify.bundle import Bundle
from engine.classify.card import (
    FORMAT,
    PREPROCESSING,
    Calibration,
    Card,
    Preprocessing,
    TrainingData,
)
from engine.classify.training_images import TrainingImages
from engine.images.class_set import ClassSet, load_class_set
from engine.images.combined_source import CombinedSource
from engine.images.record import BadFile
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import delete_work_folder, make_work_folder
from engine.train import dataset, training_manifest
from engine.train.data_split import SPLIT_NAMES, check_held_out, split_images
from engine.train.dataset import Dataset
from engine.train.dataset_card import DatasetCard
from engine.train.distillation import check_teacher, teacher_request
from engine.train.draft_evaluation import evaluate_draft
from engine.train.holdout import group_images
from engine.train.network_fit import FitTask, convert_network, fit_network
from engine.train.recipe import Recipe
from engine.train.split_groups import SplitGroups

UNFINISHED_SUFFIX = "-unfinished"


def train(
    job: Job,
    source: Source,
    recipe: Recipe,
    out: Path,
    *,
    epochs: int | None = None,
    parent: Bundle | None = None,
    teacher: Bundle | None = None,
    dataset_card: DatasetCard | None = None,
    command: str = "",
    resume: bool = False,
    finish: bool = False,
    classes: ClassSet | None = None,
    exclude: Collection[str] = (),
    extra_sources: Sequence[tuple[Source, float]] = (),
    split_groups: SplitGroups | None = None,
    on_left_out: Callable[[tuple[BadFile, ...]], None] | None = None,
    fit: FitTask | None = None,
) -> Bundle:
    """Train on a labelled source and write a bundle to `out`, which must not exist yet.

    `epochs` overrides the recipe's number; `parent` gives the starting weights; the probabilities of
    `teacher` are mixed into the targets as the recipe's `distillation` says; `dataset_card` is merged into
    the model's card. With `resume` an unfinished training continues from its last checkpoint, with
    `finish` it ends with the weights saved so far; both use the images, labels and split that it started
    with. `classes` replaces the recipe's class set. Paths in `exclude` are skipped. `extra_sources` are
    further sources, each with its share of the training images; none of their images is held out, so that
    metrics and calibration rest on `source` alone. `split_groups` are images of `source` that the split
    keeps together; without them, those whose paths name one slide or patient stay together. `fit` replaces
    the child's task of that name.

    Partial results are the metrics of each epoch, predictions for some held-out images (`samples`), and a
    smaller `batch` after running out of memory. `on_left_out` gets the files that cannot be read or have
    no label. Until the bundle is complete everything lies in `<out>-unfinished`, which remains after a
    failure.
    """
    if os.path.lexists(out):
        raise Problem("train.out_exists", folder=str(out))
    if epochs:
        recipe = recipe.with_epochs(epochs)
    recipe = check_teacher(recipe, teacher)
    work = out.with_name(out.name + UNFINISHED_SUFFIX)
    is_new = not work.exists()
    work = make_work_folder(work)
    combined = (
        CombinedSource([source, *(other for other, _ in extra_sources)]) if extra_sources else None
    )
    if combined:
        first = next(iter(combined.roots))
        exclude = {f"{first}/{path}" for path in exclude}
        split_groups = split_groups.below(first) if split_groups else None
    all_images: Source = combined or source
    earlier = training_manifest.load_manifest(work) if resume or finish else None
    if finish and earlier is None:
        raise Problem("train.nothing_yet")
    if earlier is not None:
        all_images, classes, exclude = earlier.restore_source(all_images), earlier.class_set, ()
    try:
        data = dataset.build_dataset(
            job,
            all_images,
            classes or load_class_set(recipe.class_set),
            recipe.stored_size or recipe.size,
            work,
            exclude,
        )
        if on_left_out and data.left_out:
            on_left_out(data.left_out)
        extra_rows = _extra_rows(data, combined) if combined else []
        lessons = teacher_request(teacher, data.classes) if teacher else None
        parent_id = parent.card.model_id if parent else None
        teacher_id = teacher.card.model_id if teacher else None
        if earlier is not None:
            training_manifest.check_manifest(earlier, recipe, parent_id, teacher_id, data, work)
            parts = earlier.parts_of(data.paths)
        else:
            parts = _split_dataset(data, recipe, extra_rows, split_groups)
    except Problem:
        if is_new:  # nothing to resume
            delete_work_folder(work)
        raise
    manifest = earlier or training_manifest.create_manifest(
        recipe,
        parent_id,
        _images_learned_before(parent, teacher),
        data,
        parts,
        split_groups.origin if split_groups else "",
        teacher_id,
    )
    if not finish:
        job.progress(0, None, Message("train.starting"))
    shares = [(rows, share) for rows, (_, share) in zip(extra_rows, extra_sources, strict=True)]
    fitted = fit_network(
        job,
        data,
        parts,
        manifest,
        parent,
        lessons,
        work,
        "finish" if finish else earlier is not None,
        shares,
        fit,
    )
    converted = convert_network(job, data, recipe, work)
    card = Card(
        format=FORMAT,
        name=out.name,
        architecture=recipe.architecture,
        classes=data.classes,
        class_set=recipe.class_set,
        preprocessing=Preprocessing(recipe.size, PREPROCESSING),
        calibration=Calibration(),
        bias=tuple(converted["bias"]),
        embedding_size=converted["embedding_size"],
        map_size=tuple(converted["map_size"]),
        training_data=_describe_data(data, parts, dataset_card, manifest.grouped_by),
        recipe=msgspec.to_builtins(recipe),
        metrics={},
        software=_software_versions(fitted),
        files={},
        command=command,
        parent=manifest.parent,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    card = evaluate_draft(job, card, data, parts, work, manifest.parent_images)
    training_images = TrainingImages(data.keys[parts != 2], is_complete=True)
    training_images.merged_with(manifest.parent_images).save(work / bundle.TRAINING_FILE)
    files = (*bundle.BUNDLE_FILES, bundle.STATISTICS_FILE, bundle.TRAINING_FILE)
    finished = bundle.write_bundle(out, card, [work / name for name in files])
    delete_work_folder(work)
    return finished


def _images_learned_before(*models: Bundle | None) -> TrainingImages | None:
    """Return the training images of models together, None without a model."""
    training_images = [TrainingImages.from_bundle(model) for model in models if model]
    return (
        functools.reduce(TrainingImages.merged_with, training_images) if training_images else None
    )


def _extra_rows(data: Dataset, source: CombinedSource) -> list[npt.NDArray[np.intp]]:
    """Return the rows of each source except the first."""
    names = np.array([path.partition("/")[0] for path in data.paths])
    return [np.flatnonzero(names == name) for name in list(source.roots)[1:]]


def _split_dataset(
    data: Dataset,
    recipe: Recipe,
    extra_rows: Sequence[npt.NDArray[np.intp]],
    split_groups: SplitGroups | None,
) -> npt.NDArray[np.intp]:
    """Return the split (n,); groups that also occur in an extra source are for training.

    Raises `Problem` (`train.too_few`) if too few images can be held out.
    """
    is_own = np.ones(len(data.labels), np.bool_)
    for rows in extra_rows:
        is_own[rows] = False
    slides = split_groups.of_paths(data.paths) if split_groups else None
    groups = np.array(group_images(data.paths, data.groups, slides))
    parts = np.zeros(len(data.labels), np.intp)
    shares = (recipe.validation, recipe.test)
    parts[is_own] = split_images(data.labels[is_own], groups[is_own].tolist(), shares, recipe.seed)
    parts[np.isin(groups, groups[~is_own])] = 0
    check_held_out(parts, data.labels, groups.tolist(), (1, 2))
    return parts


def _describe_data(
    data: Dataset, parts: npt.NDArray[np.intp], dataset_card: DatasetCard | None, grouped_by: str
) -> TrainingData:
    shares = ", ".join(f"{name} {int((parts == n).sum())}" for n, name in enumerate(SPLIT_NAMES))
    description = dataset_card.description if dataset_card else ""
    text = f"{description} Stratified split, slides and duplicates together: {shares}."
    return TrainingData(
        description=text.strip(),
        images=len(data.labels),
        per_class=data.per_class,
        licence=dataset_card.licence if dataset_card else "",
        attribution=dataset_card.attribution if dataset_card else "",
        fingerprint=data.fingerprint,
        grouped_by=grouped_by,
    )


def _software_versions(fitted: dict[str, Any]) -> dict[str, str]:
    names = ("keras", "tensorflow", "openvino", "numpy")
    versions = {name: importlib.metadata.version(name) for name in names}
    return {
        "python": platform.python_version(),
        **versions,
        "backend": fitted["backend"],
        "trained on": fitted["device"],
    }
