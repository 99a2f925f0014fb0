"""Fitting the embedding statistics of a bundle, when it is trained or later."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify import bundle
from engine.classify.bundle import STATISTICS, Bundle
from engine.classify.card import Card
from engine.classify.devices import choose
from engine.classify.reading import Float16, Float32
from engine.classify.runtime import open_runtime
from engine.classify.statistics import Statistics
from engine.explore.familiar import distances, raw_distances
from engine.images.classes import load_class_set
from engine.images.resize import square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem
from engine.train import dataset
from engine.train.dataset import Dataset
from engine.train.locked import together
from engine.train.pictures import open_pictures
from engine.train.split import split

PER_CLASS = 1000
"""How many training images of a class are read for it; more tell no more."""

_COMPONENTS = 64
_HELD_LEAST = 50
_SHRINK = 1e-3
_LEAST = 1e-6
_NOTHING = 1e-5
_HALF_MAX = float(np.finfo(np.float16).max)


def fit(
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    held_out: Float16 | Float32,
    classes: int,
) -> Statistics:
    """Fit to training embeddings (n, d) with labels (n,); `held_out` (m, d) gives the quantiles."""
    known = embeddings.astype(np.float64)
    mean = known.mean(0)
    centred = known - mean
    # Fewer images than numbers to fit would make all others look far away.
    size = max(1, min(_COMPONENTS, known.shape[1], len(known) // 8))
    _, vectors = np.linalg.eigh(centred.T @ centred / len(known))
    # As they are saved: rounded components are no longer quite those that were found.
    components = vectors[:, ::-1][:, :size].astype(np.float16)
    inside = centred @ components.astype(np.float64)
    class_means = np.stack([inside[labels == one].mean(0) for one in range(classes)])
    spread = inside - class_means[labels]
    covariance = spread.T @ spread / len(known)
    floor = _SHRINK * float(np.trace(covariance)) / size + _LEAST**2
    lengths = (centred**2).sum(1)
    # Where the components span all there is, what is left is rounding and should weigh nothing.
    outside = max(float((lengths - (inside**2).sum(1)).mean()), _NOTHING * lengths.mean(), _LEAST)
    plain = Statistics(
        mean=mean.astype(np.float32),
        components=components,
        class_means=class_means.astype(np.float32),
        covariance=(covariance + floor * np.eye(size)).astype(np.float32),
        variance=inside.var(0).astype(np.float32),
        residual=np.array(outside, np.float32),
        scale=np.ones(classes, np.float32),
        quantiles=np.zeros(101, np.float32),
    )
    raw, _ = raw_distances(embeddings, plain)
    medians = [np.median(raw[labels == one]) for one in range(classes)]
    scaled = replace(plain, scale=np.maximum(medians, _LEAST).astype(np.float32))
    quantiles = np.quantile(distances(held_out, scaled), np.linspace(0, 1, 101))
    return replace(scaled, quantiles=quantiles.astype(np.float32))


def fit_parts(
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    held: npt.NDArray[np.bool_],
    classes: int,
) -> Statistics:
    """Fit to embeddings (n, d) of all classes, of which the `held` (n,) were not learned from.

    Where these are too few to tell quantiles from, each half is measured by a fit to the other one.
    """
    if held.sum() >= _HELD_LEAST:
        return fit(embeddings[~held], labels[~held], embeddings[held], classes)
    half = np.zeros(len(labels), np.intp)
    for one in range(classes):
        rows = np.flatnonzero(labels == one)
        # The only image of a class is on both sides.
        half[rows] = np.arange(len(rows)) % 2 if len(rows) > 1 else 2
    away = [
        distances(
            embeddings[half == side],
            fit(embeddings[half != side], labels[half != side], embeddings[half != side], classes),
        )
        for side in (0, 1)
        if (half == side).any()
    ]
    whole = fit(embeddings, labels, embeddings, classes)
    if not away:
        return whole
    quantiles = np.quantile(np.concatenate(away), np.linspace(0, 1, 101)).astype(np.float32)
    return replace(whole, quantiles=quantiles)


def add(job: Job, model: Bundle, source: Source) -> Bundle:
    """Write the statistics into a bundle that has none, from the images that it was trained on.

    Network and weights stay as they are. Raises `Problem` if the images are others.
    """
    card = model.card
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        data = dataset.build(
            job,
            source,
            load_class_set(card.class_set),
            card.preprocessing.size,
            work,
        )
        of_model(job, model, data, split_of(card, data)).save(work / STATISTICS)
        kept = [model.folder / file for file in card.files if file != STATISTICS]
        files = [*kept, work / STATISTICS]
        return bundle.write(model.folder, card, files, renew=True)


def split_of(card: Card, data: Dataset) -> npt.NDArray[np.intp]:
    """Return the split (n,) of the images that a model was trained on, made again from its recipe.

    Raises `Problem` (`train.other_images`) where the images are others.
    """
    if data.fingerprint != card.training_data.fingerprint:
        raise Problem("train.other_images", name=card.name)
    recipe = card.recipe
    shares = (float(str(recipe["validation"])), float(str(recipe["test"])))
    groups = together(data.paths, data.groups)
    return split(data.labels, groups, shares, int(str(recipe["seed"])))


def of_model(job: Job, model: Bundle, data: Dataset, parts: npt.NDArray[np.intp]) -> Statistics:
    """Read training and validation images with a model, and fit."""
    rng = np.random.default_rng(0)
    train = np.flatnonzero(parts == 0)
    known = np.sort(
        np.concatenate(
            [
                rng.permutation(train[data.labels[train] == one])[:PER_CLASS]
                for one in range(len(data.classes))
            ]
        )
    )
    held_out = np.flatnonzero(parts == 1)
    _, embeddings = read(job, model, data, np.concatenate([known, held_out]))
    return fit(
        embeddings[: len(known)], data.labels[known], embeddings[len(known) :], len(data.classes)
    )


def read(
    job: Job, model: Bundle, data: Dataset, index: npt.NDArray[np.intp]
) -> tuple[Float32, Float16]:
    """Return logits and embeddings of the images at `index`, in its order."""
    images = open_pictures(data.images)
    card, size = model.card, model.card.preprocessing.size
    logits = np.empty((len(index), len(card.classes)), np.float32)
    embeddings = np.empty((len(index), card.embedding_size), np.float16)
    runtime = open_runtime(model, choose("cpu"), job)
    try:
        places = np.array_split(np.arange(len(index)), max(1, -(-len(index) // runtime.batch_size)))
        batches = (
            (place, np.stack([square(image, size) for image in images[index[place]]]))
            for place in places
        )
        for place, outputs in runtime.stream(batches):
            logits[place] = outputs.logits
            embeddings[place] = outputs.embedding.clip(-_HALF_MAX, _HALF_MAX)
            job.check()
        return logits, embeddings
    finally:
        runtime.close()
