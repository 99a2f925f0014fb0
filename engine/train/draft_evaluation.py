"""Evaluation of a draft: calibration, metrics, embedding statistics and map shift of a trained network."""

from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from engine.classify import bundle
from engine.classify.bundle import Bundle
from engine.classify.calibration import Evidence, fit_calibration, softmax, temperatures
from engine.classify.card import Card
from engine.classify.devices import choose_device
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.map_shift import measure_map_shift
from engine.classify.runtime import open_runtime
from engine.classify.training_images import TrainingImages
from engine.classify.unknown_score import UnknownScore, find_limits
from engine.evaluate.metrics import compute_metrics
from engine.images.resize import resize_to_square
from engine.jobs import Job
from engine.train import statistics_fitting
from engine.train.dataset import Dataset
from engine.train.image_store import open_images
from engine.train.shifted_images import shift_image

_MAX_CORRUPTED_COPIES = 1500
_MAX_MAP_SHIFT_IMAGES = 128
"""Number of images that the shift of the activation maps is measured on."""


def evaluate_draft(
    job: Job,
    card: Card,
    data: Dataset,
    parts: npt.NDArray[np.intp],
    work: Path,
    parent_images: TrainingImages | None,
) -> Card:
    """Calibrate on validation images, evaluate on test images and fit the embedding statistics.

    All with the runtime used for inference. Test images that the parent was trained on are left out; if
    that is all of them, they are counted as `learned_from` instead.
    """
    draft = bundle.write_bundle(
        work / "draft", card, [work / name for name in bundle.BUNDLE_FILES], replace=True
    )
    index = np.flatnonzero(parts > 0)
    labels, part_of = data.labels[index], parts[index]
    is_validation = part_of == 1
    logits, embeddings = statistics_fitting.infer_images(job, draft, data, index)
    statistics = statistics_fitting.measure_statistics(
        job, draft, data, parts, embeddings[is_validation]
    )
    statistics.save(work / bundle.STATISTICS_FILE)
    distance = EmbeddingDistance(statistics)
    distances = distance.measure(embeddings)
    clean = Evidence(logits[is_validation], labels[is_validation], distances[is_validation])
    calibration = fit_calibration(clean, _infer_shifted(job, draft, data, parts, distance))
    metrics: dict[str, dict[str, float]] = {}
    is_unseen = (
        np.ones(len(index), np.bool_)
        if parent_images is None
        else ~parent_images.contains(data.keys[index])
    )
    is_tested = (part_of == 2) & is_unseen
    all_seen = not is_tested.any() and bool((part_of == 2).any())
    for name, rows in (
        ("validation", is_validation),
        ("test", (part_of == 2) if all_seen else is_tested),
    ):
        probabilities = softmax(logits[rows], temperatures(calibration, distances[rows]))
        metrics[name] = compute_metrics(labels[rows], probabilities, data.classes).summary()
    if all_seen:
        metrics["test"]["learned_from"] = float((part_of == 2).sum())
    map_shift = _measure_map_shift(job, draft, data, index[is_validation])
    return msgspec.structs.replace(
        card,
        calibration=calibration,
        metrics=metrics,
        map_shift=map_shift,
        unknown_limits=find_limits(UnknownScore(statistics).measure(embeddings[is_validation])),
    )


def _measure_map_shift(
    job: Job, model: Bundle, data: Dataset, index: npt.NDArray[np.intp]
) -> float | None:
    rows = np.random.default_rng(0).permutation(index)[:_MAX_MAP_SHIFT_IMAGES]
    images, size = open_images(data.images), model.card.preprocessing.size
    runtime = open_runtime(model, choose_device("cpu"), job)
    try:
        pixels = np.stack([resize_to_square(images[row], size) for row in rows.tolist()])
        return measure_map_shift(job, runtime, pixels)
    finally:
        runtime.close()


def _infer_shifted(
    job: Job,
    model: Bundle,
    data: Dataset,
    parts: npt.NDArray[np.intp],
    distance: EmbeddingDistance,
) -> Evidence:
    """Return the model's outputs for changed copies of validation images."""
    rng = np.random.default_rng(0)
    validation = rng.permutation(np.flatnonzero(parts == 1))
    index = np.resize(validation, min(_MAX_CORRUPTED_COPIES, 3 * len(validation)))
    size = model.card.preprocessing.size
    logits, embeddings = statistics_fitting.infer_images(
        job, model, data, index, lambda image, number: shift_image(image, number, rng, size)
    )
    return Evidence(logits, data.labels[index], distance.measure(embeddings))
