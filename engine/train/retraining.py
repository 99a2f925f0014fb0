"""Retraining on reviewed labels: the head alone in seconds, or the whole network in a child process."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.calibration import fit_calibration, softmax, temperatures
from engine.classify.card import TrainingData
from engine.classify.reading import Float16
from engine.classify.training_images import TrainingImages
from engine.evaluate.metrics import compute_metrics
from engine.images.class_set import ClassSet
from engine.images.perceptual_hash import compute_hashes
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job, StepJob
from engine.messages import Message, Problem
from engine.train import training_manifest
from engine.train.head_fitting import fit_to_few, fit_to_many
from engine.train.head_replacement import replace_head
from engine.train.holdout import exclude_holdout, group_images
from engine.train.labelled_set import LabelledImage, LabelledSource, read_cached, read_labelled
from engine.train.recipe import Recipe
from engine.train.training import UNFINISHED_SUFFIX, train
from engine.train.training_manifest import TrainingManifest
from engine.train.turned_views import choose_views, read_turned_views

_SEED = 3
_MAX_UNLABELLED = 1000  # more would take minutes to read, and tell hardly more


def retrain_head(
    job: Job,
    source: Source,
    images: Sequence[LabelledImage],
    current: Bundle,
    locked: Collection[str],
    out: Path,
    unlabelled: Sequence[ImageRecord] = (),
) -> Bundle:
    """Write the current model with a head refitted to all images outside the holdout, to `out`.

    Classes may be new to the model. Of few images, turned views are learned from as well, and `unlabelled`
    images of the same folder by their likeness to them, unless they are in a group with a locked image;
    then the new model reads each image in several views, as many as suit the size of the folder. Raises
    `Problem` and `Cancelled`.
    """
    if out.exists():
        raise Problem("train.out_exists", folder=str(out))
    step = StepJob(job, Message("quick.reading"))
    readings = read_labelled(step, source, images, current.with_views(1))
    contents = [digest.tobytes().hex() for digest in readings.hashes]
    groups = group_images(readings.paths, contents)
    held_groups = {
        group for group, content in zip(groups, contents, strict=True) if content in locked
    }
    is_free = np.array([group not in held_groups for group in groups])
    classes = classes_with_images(
        current, [label for label, free in zip(readings.labels, is_free, strict=True) if free]
    )
    class_index = {name: index for index, name in enumerate(classes)}
    rows = np.flatnonzero(is_free)
    labels = np.array([class_index[readings.labels[row]] for row in rows], np.intp)
    free_groups = [groups[row] for row in rows]
    records = {record.path: record for record, _ in images}
    turned = read_turned_views(
        step, source, [records[readings.paths[row]] for row in rows], current
    )
    view_count = choose_views(len(images) + len(unlabelled)) if turned else 1
    if turned:
        views = np.stack([readings.embeddings[rows], *turned], axis=1)
        usable = _select_unlabelled(step, source, images, unlabelled, locked)
        others = _read_unlabelled(step, source, usable, current.with_views(view_count))
        job.progress(0, None, Message("quick.fitting"))
        fitted = fit_to_few(job, views, labels, free_groups, classes, others, view_count)
    else:
        job.progress(0, None, Message("quick.fitting"))
        fitted = fit_to_many(job, readings.embeddings[rows], labels, free_groups, classes)
    evidence = fitted.evidence
    # The backbone is the same, so distance affects its confidence in the same way.
    calibration = fit_calibration(evidence, None, current.card.calibration.distance_exponent)
    probabilities = softmax(evidence.logits, temperatures(calibration, evidence.distances))
    job.progress(0, None, Message("quick.building"))
    counts = np.bincount(labels, minlength=len(classes)).tolist()
    return replace_head(
        job,
        current,
        fitted.head,
        out,
        views=view_count,
        calibration=calibration,
        metrics={"validation": compute_metrics(evidence.labels, probabilities, classes).summary()},
        training_data=TrainingData(
            description=f"Head refitted; the network as in {current.card.name}.",
            images=len(rows),
            per_class=dict(zip(classes, counts, strict=True)),
            licence=current.card.training_data.licence,
            attribution=current.card.training_data.attribution,
        ),
        statistics=fitted.statistics,
        unknown_limits=fitted.unknown_limits,
        training_images=_training_images(
            job, source, images, [readings.paths[row] for row in rows], current
        ),
    )


def retrain_network(
    job: Job,
    source: Source,
    images: Sequence[LabelledImage],
    recipe: Recipe,
    locked: Collection[str],
    out: Path,
    *,
    parent: Bundle | None = None,
    classes: ClassSet | None = None,
    resume: bool = False,
    finish: bool = False,
) -> Bundle:
    """Train a network on all images outside the holdout, by `engine.train.training.train`.

    `classes` are the project's own. With `finish` an unfinished training ends with its best weights. A
    resumed training keeps the images and labels that it started with.
    """
    goes_on = (resume or finish) and is_unfinished(out)
    training_source = (
        source if goes_on else LabelledSource(source, exclude_holdout(job, source, images, locked))
    )
    return train(
        job,
        training_source,
        recipe,
        out,
        parent=parent,
        classes=classes,
        resume=resume,
        finish=finish,
    )


def is_unfinished(out: Path) -> bool:
    """Return whether an unfinished training to `out` can be resumed."""
    return load_unfinished(out) is not None


def load_unfinished(out: Path) -> TrainingManifest | None:
    """Return the manifest of the unfinished training to `out`; None if there is none to resume."""
    return training_manifest.load_manifest(out.with_name(out.name + UNFINISHED_SUFFIX))


def classes_with_images(model: Bundle, labels: Collection[str]) -> tuple[str, ...]:
    """Return the classes that have labels: those of the model in its order, then new ones by name."""
    present = set(labels)
    model_classes = [name for name in model.card.classes if name in present]
    return (*model_classes, *sorted(present - set(model_classes)))


def _select_unlabelled(
    job: Job,
    source: Source,
    images: Sequence[LabelledImage],
    unlabelled: Sequence[ImageRecord],
    locked: Collection[str],
) -> list[ImageRecord]:
    """Return up to `_MAX_UNLABELLED` images in no group with an image of the holdout."""
    order = np.random.default_rng(_SEED).permutation(len(unlabelled))[:_MAX_UNLABELLED]
    records = [unlabelled[row] for row in sorted(order)]
    free = exclude_holdout(job, source, [*images, *((record, "") for record in records)], locked)
    return [record for record, label in free if not label]


def _read_unlabelled(
    job: Job, source: Source, records: Sequence[ImageRecord], model: Bundle
) -> Float16 | None:
    """Return the embeddings (m, d) of images, None without any."""
    readings = read_cached(job, source, records, model)
    return np.stack([reading.embedding for reading in readings.values()]) if readings else None


def _training_images(
    job: Job,
    source: Source,
    images: Sequence[LabelledImage],
    paths: Collection[str],
    current: Bundle,
) -> TrainingImages:
    used = set(paths)
    keys = compute_hashes(job, source, [record for record, _ in images if record.path in used])
    training_images = TrainingImages(
        np.array([key for key in keys if key is not None], np.uint64), is_complete=True
    )
    # The training images of the network below the head count as well.
    return training_images.merged_with(TrainingImages.from_bundle(current))
