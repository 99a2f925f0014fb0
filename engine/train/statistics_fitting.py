"""Fitting of the embedding statistics of a bundle, during training or later."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.classify import bundle
from engine.classify.bundle import STATISTICS_FILE, Bundle
from engine.classify.card import Card
from engine.classify.devices import choose_device
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.embedding_statistics import EmbeddingStatistics
from engine.classify.inference import infer_batches
from engine.classify.reading import Float16, Float32
from engine.classify.runtime import open_runtime
from engine.images.class_set import load_class_set
from engine.images.record import Pixels
from engine.images.resize import resize_to_square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem
from engine.temporaries import temporary_folder
from engine.train import dataset
from engine.train.data_split import split_images
from engine.train.dataset import Dataset
from engine.train.holdout import group_images
from engine.train.image_store import open_images

MAX_IMAGES_PER_CLASS = 1000
"""Limit of training images per class; more do not change the statistics."""

_MAX_COMPONENTS = 64
_MIN_HELD_OUT = 50
_COVARIANCE_SHRINKAGE = 1e-3
_EPSILON = 1e-6
_MIN_RESIDUAL_SHARE = 1e-5


def fit_statistics(
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    held_out: Float16 | Float32,
    classes: int,
) -> EmbeddingStatistics:
    """Fit to training embeddings (n, d) with labels (n,); the quantiles come from `held_out` (m, d)."""
    values = embeddings.astype(np.float64)
    mean = values.mean(0)
    centred = values - mean
    # With fewer images than parameters all other images would look far away.
    size = max(1, min(_MAX_COMPONENTS, values.shape[1], len(values) // 8))
    _, vectors = np.linalg.eigh(centred.T @ centred / len(values))
    # Rounded as they are stored, so that the covariance belongs to the rounded components.
    components = vectors[:, ::-1][:, :size].astype(np.float16)
    projected = centred @ components.astype(np.float64)
    class_means = np.stack([projected[labels == label].mean(0) for label in range(classes)])
    within_class = projected - class_means[labels]
    covariance = within_class.T @ within_class / len(values)
    floor = _COVARIANCE_SHRINKAGE * float(np.trace(covariance)) / size + _EPSILON**2
    lengths = (centred**2).sum(1)
    # If the components span the whole space, the residual is rounding error: bounded below.
    residual = max(
        float((lengths - (projected**2).sum(1)).mean()),
        _MIN_RESIDUAL_SHARE * lengths.mean(),
        _EPSILON,
    )
    unscaled = EmbeddingStatistics(
        mean=mean.astype(np.float32),
        components=components,
        class_means=class_means.astype(np.float32),
        covariance=(covariance + floor * np.eye(size)).astype(np.float32),
        variance=projected.var(0).astype(np.float32),
        residual=np.array(residual, np.float32),
        scale=np.ones(classes, np.float32),
        quantiles=np.zeros(101, np.float32),
    )
    raw, _ = EmbeddingDistance(unscaled).measure_raw(embeddings)
    medians = [np.median(raw[labels == label]) for label in range(classes)]
    scaled = replace(unscaled, scale=np.maximum(medians, _EPSILON).astype(np.float32))
    quantiles = np.quantile(EmbeddingDistance(scaled).measure(held_out), np.linspace(0, 1, 101))
    return replace(scaled, quantiles=quantiles.astype(np.float32))


def fit_with_holdout(
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    is_held_out: npt.NDArray[np.bool_],
    classes: int,
) -> EmbeddingStatistics:
    """Fit to embeddings (n, d), of which those with `is_held_out` (n,) were not trained on.

    With fewer than 50 held-out images the quantiles come from two-fold cross-validation.
    """
    if is_held_out.sum() >= _MIN_HELD_OUT:
        return fit_statistics(
            embeddings[~is_held_out], labels[~is_held_out], embeddings[is_held_out], classes
        )
    half = np.zeros(len(labels), np.intp)
    for label in range(classes):
        rows = np.flatnonzero(labels == label)
        # A class with one image takes part in both folds.
        half[rows] = np.arange(len(rows)) % 2 if len(rows) > 1 else 2
    held_out_distances = [
        EmbeddingDistance(
            fit_statistics(
                embeddings[half != side], labels[half != side], embeddings[half != side], classes
            )
        ).measure(embeddings[half == side])
        for side in (0, 1)
        if (half == side).any()
    ]
    statistics = fit_statistics(embeddings, labels, embeddings, classes)
    if not held_out_distances:
        return statistics
    quantiles = np.quantile(np.concatenate(held_out_distances), np.linspace(0, 1, 101)).astype(
        np.float32
    )
    return replace(statistics, quantiles=quantiles)


def add_statistics(job: Job, model: Bundle, source: Source) -> Bundle:
    """Add statistics to a bundle that has none, from the images that it was trained on.

    Network and weights stay unchanged. Raises `Problem` (`train.other_images`) for other images.
    """
    card = model.card
    with temporary_folder("statistics") as work:
        data = dataset.build_dataset(
            job,
            source,
            load_class_set(card.class_set),
            card.preprocessing.size,
            work,
        )
        measure_statistics(job, model, data, reproduce_split(card, data)).save(
            work / STATISTICS_FILE
        )
        unchanged = [model.folder / file for file in card.files if file != STATISTICS_FILE]
        files = [*unchanged, work / STATISTICS_FILE]
        return bundle.write_bundle(model.folder, card, files, replace=True)


def reproduce_split(card: Card, data: Dataset) -> npt.NDArray[np.intp]:
    """Return the split (n,) of a model's training images, computed again from its recipe.

    Raises `Problem`: `train.other_images` for other images, `train.grouped_split` if groups were named that
    the card does not contain.
    """
    if data.fingerprint != card.training_data.fingerprint:
        raise Problem("train.other_images", name=card.name)
    recipe = card.recipe
    shares = (float(str(recipe["validation"])), float(str(recipe["test"])))
    if card.training_data.grouped_by:
        raise Problem("train.grouped_split", name=card.name, origin=card.training_data.grouped_by)
    groups = group_images(data.paths, data.groups)
    return split_images(data.labels, groups, shares, int(str(recipe["seed"])))


def measure_statistics(
    job: Job,
    model: Bundle,
    data: Dataset,
    parts: npt.NDArray[np.intp],
    held_out: Float16 | None = None,
) -> EmbeddingStatistics:
    """Fit the statistics to a model's embeddings of training and validation images.

    `held_out` are the embeddings of the validation images where they were computed before.
    """
    rng = np.random.default_rng(0)
    train_part = np.flatnonzero(parts == 0)
    train_rows = np.sort(
        np.concatenate(
            [
                rng.permutation(train_part[data.labels[train_part] == label])[:MAX_IMAGES_PER_CLASS]
                for label in range(len(data.classes))
            ]
        )
    )
    if held_out is None:
        _, held_out = infer_images(job, model, data, np.flatnonzero(parts == 1))
    _, embeddings = infer_images(job, model, data, train_rows)
    return fit_statistics(embeddings, data.labels[train_rows], held_out, len(data.classes))


def infer_images(
    job: Job,
    model: Bundle,
    data: Dataset,
    index: npt.NDArray[np.intp],
    change: Callable[[Pixels, int], Pixels] | None = None,
) -> tuple[Float32, Float16]:
    """Return logits (n, c) and embeddings (n, d) of the images at `index`, in its order.

    `change` makes another image of each one and its position in `index`.
    """
    images = open_images(data.images)
    size = model.card.preprocessing.size
    runtime = open_runtime(model, choose_device("cpu"), job)
    try:
        positions = np.arange(len(index))
        chunks = np.array_split(positions, max(1, -(-len(index) // runtime.batch_size)))
        batches = (
            np.stack(
                [
                    resize_to_square(change(image, int(position)) if change else image, size)
                    for image, position in zip(images[index[chunk]], chunk, strict=True)
                ]
            )
            for chunk in chunks
        )
        return infer_batches(job, runtime, batches)
    finally:
        runtime.close()
