"""Model comparison: metrics of several models on the same images, none of them training images."""

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import Bundle
from engine.classify.calibrator import Calibrator
from engine.classify.devices import choose_device
from engine.classify.inference import infer_batches, split_batches
from engine.classify.reading import Float32
from engine.classify.runtime import open_runtime
from engine.classify.training_images import TrainingImages, trained_on_by_any
from engine.evaluate.gate import ModelComparison, compare_predictions
from engine.evaluate.metrics import compute_metrics
from engine.evaluate.robustness import load_model_inputs, measure_robustness
from engine.images.class_set import load_class_set
from engine.images.perceptual_hash import compute_hashes
from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem

_CHUNK_IMAGES = 64


@dataclass(frozen=True, slots=True)
class ComparedModels:
    """Metrics of several models on the same `n` images.

    `figures` are the metrics of each model; `against_first` compares each other model with the first.
    `excluded_paths` are the images that one of the models was trained on.
    """

    figures: tuple[dict[str, float | None], ...]
    against_first: tuple[ModelComparison, ...]
    n: int
    excluded_paths: tuple[str, ...]
    notes: tuple[Message, ...]


def compare_models(
    job: Job, models: list[Bundle], source: Source, *, corrupted_images: int = 0
) -> ComparedModels:
    """Evaluate models with the same classes on a labelled source; raises `Problem` (`compare.*`)."""
    first = models[0].card
    for model in models[1:]:
        if model.card.classes != first.classes:
            names = {"name": model.card.name, "first": first.name}
            raise Problem("compare.other_classes", **names)
    training_images = [TrainingImages.from_bundle(model) for model in models]
    notes = [
        Message("compare.unknown_past", {"name": model.card.name})
        for model, known_images in zip(models, training_images, strict=True)
        if not known_images.is_complete
    ]
    records, labels, excluded_paths = _select_images(
        job, source, first.classes, first.class_set, training_images
    )
    all_probabilities, figures = [], []
    for model in models:
        probabilities, speed = _infer_timed(job, model, source, records)
        metrics = compute_metrics(labels, probabilities, first.classes)
        all_probabilities.append(probabilities)
        sample = [(record, str(record.label)) for record in records[:corrupted_images]]
        robustness = measure_robustness(job, model, source, sample).mean if sample else None
        figures.append(
            {
                **metrics.summary(),
                "precision": metrics.precision_weighted,
                "recall": metrics.recall_weighted,
                "robustness": robustness,
                "images_per_second": speed,
                "megabytes": sum((model.folder / name).stat().st_size for name in model.card.files)
                / 1e6,
            }
        )
    return ComparedModels(
        figures=tuple(figures),
        against_first=tuple(
            compare_predictions(labels, all_probabilities[0], record, first.classes)
            for record in all_probabilities[1:]
        ),
        n=len(records),
        excluded_paths=excluded_paths,
        notes=tuple(notes),
    )


def _select_images(
    job: Job,
    source: Source,
    classes: tuple[str, ...],
    class_set: str,
    training_images: list[TrainingImages],
) -> tuple[list[ImageRecord], npt.NDArray[np.intp], tuple[str, ...]]:
    known_classes = load_class_set(class_set)
    records, digests = [], []
    for entry in source.scan(job):
        if isinstance(entry, BadFile) or entry.label is None or not known_classes.find(entry.label):
            continue
        if entry.label not in classes:
            continue
        try:
            digests.append(source.digest(entry))
        except Problem:
            continue
        records.append(entry)
        job.check()
    # Identical files count once.
    by_digest: dict[str, ImageRecord] = {}
    for digest, record in zip(digests, records, strict=True):
        by_digest.setdefault(digest, record)
    keys = compute_hashes(job, source, list(by_digest.values()))
    readable = [
        image for image, key in zip(by_digest.values(), keys, strict=True) if key is not None
    ]
    if not readable:
        raise Problem("compare.nothing")
    is_seen = trained_on_by_any(training_images, [key for key in keys if key is not None])
    unseen = [image for image, was_seen in zip(readable, is_seen, strict=True) if not was_seen]
    if not unseen:
        raise Problem("compare.all_seen", n=len(readable))
    # Shuffled with a fixed seed, so that a prefix contains all classes.
    order = np.random.default_rng(0).permutation(len(unseen))
    unseen = [unseen[index] for index in order]
    labels = np.array([classes.index(str(image.label)) for image in unseen], np.intp)
    excluded = (image.path for image, was_seen in zip(readable, is_seen, strict=True) if was_seen)
    return unseen, labels, tuple(excluded)


def _infer_timed(
    job: Job, model: Bundle, source: Source, records: list[ImageRecord]
) -> tuple[Float32, float]:
    runtime = open_runtime(model, choose_device("cpu"), job)
    chunks, seconds = [], 0.0
    calibrator = Calibrator.of_bundle(model)
    try:
        for start in range(0, len(records), _CHUNK_IMAGES):
            pixels = load_model_inputs(model, source, records[start : start + _CHUNK_IMAGES])
            started = time.monotonic()
            outputs = infer_batches(job, runtime, split_batches(pixels, runtime.batch_size))
            chunks.append(calibrator.probabilities(*outputs))
            seconds += time.monotonic() - started
            name = {"name": model.card.name}
            job.progress(start, len(records), Message("compare.reading", name))
    finally:
        runtime.close()
    return np.concatenate(chunks), len(records) / max(seconds, 1e-9)
