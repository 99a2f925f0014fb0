"""Candidate evaluation: comparison of a candidate with the current model on the holdout."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.calibrator import Calibrator
from engine.classify.reading import Float32
from engine.classify.training_images import TrainingImages, trained_on_by_any
from engine.evaluate.gate import ModelComparison, compare_predictions
from engine.evaluate.robustness import measure_robustness
from engine.images.perceptual_hash import compute_hashes
from engine.images.source import Source
from engine.jobs import Job, StepJob
from engine.messages import Message, Problem
from engine.train.labelled_set import LabelledImage, LabelledReadings, hash_images, read_labelled

CORRUPTED_IMAGES = 40


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome of the gate: the comparison, robustness, and the images on which the models differ.

    `robustness` is the mean balanced accuracy of (current, candidate) over all corruptions, None if it
    was not measured. `won` are paths that only the candidate classifies correctly, `lost` those that only
    the current model does. `classes` is the class order of the metrics. `paths` are the images compared;
    `excluded_count` is the number of locked images left out because one model was trained on them.
    `training_images_known` tells for (current, candidate) whether all its training images are known.
    """

    comparison: ModelComparison
    classes: tuple[str, ...]
    robustness: tuple[float, float] | None
    won: tuple[str, ...]
    lost: tuple[str, ...]
    paths: tuple[str, ...]
    excluded_count: int
    training_images_known: tuple[bool, bool]


def evaluate_candidate(
    job: Job,
    source: Source,
    images: Sequence[LabelledImage],
    locked: Collection[str],
    current: Bundle,
    candidate: Bundle,
    corrupted_images: int = CORRUPTED_IMAGES,
    merged: Mapping[str, str] | None = None,
) -> Verdict:
    """Compare two models on the locked images, each content once.

    `locked` are content hashes (SHA-256, hex). Robustness is measured on `corrupted_images` of them (0:
    not at all). A class that a model lacks gets probability 0. `merged` maps merged classes to those they
    count as; their probabilities are added. Raises `Problem` (`gate.*`) without any image to compare on.
    """
    training_images = (TrainingImages.from_bundle(current), TrainingImages.from_bundle(candidate))
    unseen, excluded_count = select_unseen(job, source, images, locked, training_images)
    readings = [
        read_labelled(
            StepJob(job, Message("compare.reading", {"name": model.card.name})),
            source,
            unseen,
            model,
        )
        for model in (current, candidate)
    ]
    labels_present = set(readings[0].labels)
    merged_into = merged or {}
    both_classes = (*candidate.card.classes, *current.card.classes)
    known_classes = dict.fromkeys(merged_into.get(name, name) for name in both_classes)
    classes = (*known_classes, *sorted(labels_present - set(known_classes)))
    labels = np.array([classes.index(label) for label in readings[0].labels], np.intp)
    probabilities = [
        _class_probabilities(model, read, classes, merged_into)
        for model, read in zip((current, candidate), readings, strict=True)
    ]
    comparison = compare_predictions(labels, probabilities[0], probabilities[1], classes)
    robustness = None
    if corrupted_images:
        order = np.random.default_rng(0).permutation(len(unseen))[:corrupted_images]
        sample = [unseen[index] for index in order]
        robustness = (
            measure_robustness(job, current, source, sample, merged_into).mean,
            measure_robustness(job, candidate, source, sample, merged_into).mean,
        )
    paths = readings[0].paths
    return Verdict(
        comparison=comparison,
        classes=classes,
        robustness=robustness,
        won=tuple(paths[row] for row in comparison.won),
        lost=tuple(paths[row] for row in comparison.lost),
        paths=tuple(paths),
        excluded_count=excluded_count,
        training_images_known=(training_images[0].is_complete, training_images[1].is_complete),
    )


def check_comparable(
    job: Job,
    source: Source,
    images: Sequence[LabelledImage],
    locked: Collection[str],
    current: Bundle,
) -> None:
    """Raise `Problem` (`gate.seen`) if the current model was trained on every locked image."""
    try:
        select_unseen(job, source, images, locked, [TrainingImages.from_bundle(current)])
    except Problem as problem:
        if problem.message.id != "gate.nothing":
            raise
        raise Problem("gate.seen", **problem.message.params) from problem


def select_unseen(
    job: Job,
    source: Source,
    images: Sequence[LabelledImage],
    locked: Collection[str],
    training_images: Sequence[TrainingImages],
) -> tuple[list[LabelledImage], int]:
    """Return the locked images that no model was trained on, each content once, and the number of the others.

    Raises `Problem`: `gate.none_locked`, or `gate.nothing` if all are training images.
    """
    digests = hash_images(job, source, [record for record, _ in images])
    by_digest: dict[bytes, LabelledImage] = {}
    for image, digest in zip(images, digests, strict=True):
        if digest and digest.hex() in locked:
            by_digest.setdefault(digest, image)
    if not by_digest:
        raise Problem("gate.none_locked")
    is_seen = trained_on_by_any(
        training_images, compute_hashes(job, source, [record for record, _ in by_digest.values()])
    )
    unseen = [
        image for image, was_seen in zip(by_digest.values(), is_seen, strict=True) if not was_seen
    ]
    if not unseen:
        raise Problem("gate.nothing", n=len(by_digest))
    return unseen, int(is_seen.sum())


def _class_probabilities(
    model: Bundle, readings: LabelledReadings, classes: tuple[str, ...], merged: Mapping[str, str]
) -> Float32:
    probabilities = np.zeros((len(readings.paths), len(classes)), np.float32)
    shares = Calibrator.of_bundle(model).probabilities(readings.logits, readings.embeddings)
    for index, name in enumerate(model.card.classes):
        probabilities[:, classes.index(merged.get(name, name))] += shares[:, index]
    return probabilities
