"""From a labelled folder to a model bundle: decode, split, fit, convert, calibrate, report."""

import datetime
import importlib.metadata
import json
import os
import platform
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from engine.classify import bundle, calibration
from engine.classify.bundle import Bundle
from engine.classify.card import FORMAT, Calibration, Card, Preprocessing, TrainingData
from engine.classify.learned import Learned
from engine.evaluate.metrics import evaluate
from engine.images.classes import ClassSet, load_class_set
from engine.images.record import BadFile
from engine.images.resize import square
from engine.images.several import Several
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem
from engine.outputs import delete_work_folder, work_folder
from engine.processes import run_child
from engine.train import begun, dataset, statistics
from engine.train.about import About
from engine.train.begun import Begun
from engine.train.dataset import Dataset
from engine.train.locked import together
from engine.train.pictures import open_pictures
from engine.train.recipe import Recipe
from engine.train.split import SPLITS, check_held_out, split
from engine.train.starting import start_of

UNFINISHED = "-unfinished"
_WATCHED = 12

Fit = Callable[[Job, dict[str, Any]], dict[str, Any]]
"""What fits a network: `engine.train.child.fit` says what it is given and what it gives."""


def train(
    job: Job,
    source: Source,
    recipe: Recipe,
    out: Path,
    *,
    epochs: int | None = None,
    parent: Bundle | None = None,
    about: About | None = None,
    command: str = "",
    resume: bool = False,
    finish: bool = False,
    classes: ClassSet | None = None,
    exclude: Collection[str] = (),
    beside: Sequence[tuple[Source, float]] = (),
    on_left_out: Callable[[tuple[BadFile, ...]], None] | None = None,
    fit: Fit | None = None,
) -> Bundle:
    """Train on a labelled source and write a bundle to `out`, which must not exist yet.

    `epochs` overrides the recipe's number; `parent` gives the weights to start from; `about` says
    where the images come from, for the card. With `resume` an unfinished training goes on from its last
    checkpoint, with `finish` it ends with the weights kept so far: both with the images, labels and split
    that it began with, whatever changed since. `classes` stands in for the recipe's class set. Paths in
    `exclude` are not learned from. `beside` are other folders, each with the share that its images make up
    of what is learned: none of them is held out, and figures and calibration stand on `source` alone. `fit`
    stands in for the child process's task of that name.
    Partial results are the figures of each epoch, what it says of some held-out images (`samples`), and
    a smaller `batch` where memory did not suffice; `on_left_out` hears of files that could not be read
    or have no label. Until the bundle is whole everything lies in `<out>-unfinished`, which a failure
    leaves behind.
    """
    if os.path.lexists(out):
        raise Problem("train.out_exists", folder=str(out))
    if epochs:
        recipe = recipe.with_epochs(epochs)
    work = out.with_name(out.name + UNFINISHED)
    new = not work.exists()
    work = work_folder(work)
    together_source = Several([source, *(other for other, _ in beside)]) if beside else None
    if together_source:
        first = next(iter(together_source.roots))
        exclude = {f"{first}/{path}" for path in exclude}
    everything: Source = together_source or source
    kept = begun.read(work) if resume or finish else None
    if finish and kept is None:
        raise Problem("train.nothing_yet")
    if kept is not None:
        everything, classes, exclude = kept.source(everything), kept.class_set, ()
    try:
        data = dataset.build(
            job,
            everything,
            classes or load_class_set(recipe.class_set),
            recipe.stored_size or recipe.size,
            work,
            exclude,
        )
        if on_left_out and data.left_out:
            on_left_out(data.left_out)
        others = _others(data, together_source) if together_source else []
        parent_id = parent.card.model_id if parent else None
        if kept is not None:
            begun.check(kept, recipe, parent_id, data, work)
            parts = kept.parts(data.paths)
        else:
            parts = _parts(data, recipe, others)
    except Problem:
        if new:  # nothing was begun that could go on
            delete_work_folder(work)
        raise
    past = Learned.of(parent) if parent else None
    began = kept or begun.begin(recipe, parent_id, past, data, parts)
    shares = [(rows, share) for rows, (_, share) in zip(others, beside, strict=True)]
    fitted = _fit(
        job, data, parts, began, parent, work, "finish" if finish else kept is not None, shares, fit
    )
    converted = _convert(job, data, recipe, work)
    card = Card(
        format=FORMAT,
        name=out.name,
        architecture=recipe.architecture,
        classes=data.classes,
        class_set=recipe.class_set,
        preprocessing=Preprocessing(size=recipe.size),
        calibration=Calibration(),
        bias=tuple(converted["bias"]),
        embedding_size=converted["embedding_size"],
        map_size=tuple(converted["map_size"]),
        training_data=_describe(data, parts, about),
        recipe=msgspec.to_builtins(recipe),
        metrics={},
        software=_software(fitted),
        files={},
        command=command,
        parent=began.parent,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    card = _measured(job, card, data, parts, work, began.parent_learned)
    own = Learned(data.keys[parts != 2], complete=True)
    own.and_of(began.parent_learned).save(work / bundle.TRAINING)
    files = (*bundle.FILES, bundle.STATISTICS, bundle.TRAINING)
    finished = bundle.write(out, card, [work / name for name in files])
    delete_work_folder(work)
    return finished


def _others(data: Dataset, source: Several) -> list[npt.NDArray[np.intp]]:
    """Return the rows of each folder but the first."""
    names = np.array([path.partition("/")[0] for path in data.paths])
    return [np.flatnonzero(names == name) for name in list(source.roots)[1:]]


def _parts(
    data: Dataset, recipe: Recipe, others: Sequence[npt.NDArray[np.intp]]
) -> npt.NDArray[np.intp]:
    """Return the split (n,): what shows the same on both sides of two folders is learned from.

    Raises `Problem` (`train.too_few`) where too few images can be held out.
    """
    own = np.ones(len(data.labels), np.bool_)
    for rows in others:
        own[rows] = False
    groups = np.array(together(data.paths, data.groups))
    parts = np.zeros(len(data.labels), np.intp)
    shares = (recipe.validation, recipe.test)
    parts[own] = split(data.labels[own], groups[own].tolist(), shares, recipe.seed)
    parts[np.isin(groups, groups[~own])] = 0
    check_held_out(parts, data.labels, groups.tolist(), (1, 2))
    return parts


def _fit(
    job: Job,
    data: Dataset,
    parts: npt.NDArray[np.intp],
    began: Begun,
    parent: Bundle | None,
    work: Path,
    resume: bool | Literal["finish"],
    beside: Sequence[tuple[npt.NDArray[np.intp], float]],
    fit: Fit | None,
) -> dict[str, Any]:
    # A failure after training (a full disk, say) must not cost the training: the same work is not
    # done twice.
    told = work / "fitted.json"
    what = {
        "recipe": msgspec.to_builtins(began.recipe),
        "fingerprint": data.fingerprint,
        "parent": began.parent,
        "shares": [share for _, share in beside],
    }
    if told.exists():
        earlier: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        if {name: earlier.get(name) for name in what} == json.loads(json.dumps(what)):
            return earlier
    began.save(work)
    start = start_of(began.recipe, parent, work)
    held = np.random.default_rng(0).permutation(np.flatnonzero(parts == 1))[:_WATCHED]
    request = {
        "resume": bool(resume),
        "finish": resume == "finish",
        "names": data.classes,
        "watched": [(int(row), data.paths[row]) for row in held],
        "recipe": what["recipe"],
        "classes": len(data.classes),
        "images": str(data.images),
        "labels": data.labels,
        "split": parts,
        "beside": beside,
        "out": str(work / "weights.npz"),
        "start": str(start.file) if start.file else None,
        # Only a grown network begins with another one's activations.
        "morph": began.recipe.morph if start.grown else 0.0,
        "skip_head": parent is None or parent.card.classes != data.classes,
    }
    fitted = {**(fit(job, request) if fit else run_child(job, "fit", request)), **what}
    told.write_text(json.dumps(fitted), encoding="utf-8")
    return fitted


def _convert(job: Job, data: Dataset, recipe: Recipe, work: Path) -> dict[str, Any]:
    images = open_pictures(data.images)
    some = images[:: max(1, len(images) // 16)]
    request = {
        "architecture": recipe.architecture,
        "size": recipe.size,
        "classes": len(data.classes),
        "weights": str(work / "weights.npz"),
        "out": str(work),
        "images": np.stack([square(image, recipe.size) for image in some]),
    }
    return run_child(job, "convert", request)


def _measured(
    job: Job,
    card: Card,
    data: Dataset,
    parts: npt.NDArray[np.intp],
    work: Path,
    past: Learned | None,
) -> Card:
    """Calibrate on the validation part, report on the test part, fit the embedding statistics: all
    through the reading runtime.

    Test images that the model it began with had learned from are left out (`past`), or, where that are
    all of them, counted as `learned_from`.
    """
    draft = bundle.write(work / "draft", card, [work / name for name in bundle.FILES], renew=True)
    index = np.flatnonzero(parts > 0)
    logits, _ = statistics.read(job, draft, data, index)
    labels, which = data.labels[index], parts[index]
    fitted = calibration.fit_temperature(logits[which == 1], labels[which == 1])
    metrics: dict[str, dict[str, float]] = {}
    fresh = np.ones(len(index), np.bool_) if past is None else ~past.has(data.keys[index])
    tested = (which == 2) & fresh
    seen = not tested.any() and bool((which == 2).any())
    for name, rows in (("validation", which == 1), ("test", (which == 2) if seen else tested)):
        probabilities = calibration.softmax(logits[rows], fitted.temperature)
        metrics[name] = evaluate(labels[rows], probabilities, data.classes).summary()
    if seen:
        metrics["test"]["learned_from"] = float((which == 2).sum())
    statistics.of_model(job, draft, data, parts).save(work / bundle.STATISTICS)
    return msgspec.structs.replace(card, calibration=fitted, metrics=metrics)


def _describe(data: Dataset, parts: npt.NDArray[np.intp], about: About | None) -> TrainingData:
    shares = ", ".join(f"{name} {int((parts == n).sum())}" for n, name in enumerate(SPLITS))
    text = f"{about.description if about else ''} Stratified split, slides and duplicates together: {shares}."
    return TrainingData(
        description=text.strip(),
        images=len(data.labels),
        per_class=data.per_class,
        licence=about.licence if about else "",
        attribution=about.attribution if about else "",
        fingerprint=data.fingerprint,
    )


def _software(fitted: dict[str, Any]) -> dict[str, str]:
    names = ("keras", "tensorflow", "openvino", "numpy")
    versions = {name: importlib.metadata.version(name) for name in names}
    return {
        "python": platform.python_version(),
        **versions,
        "backend": fitted["backend"],
        "trained on": fitted["device"],
    }
