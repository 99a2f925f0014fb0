"""Several models read the same images, and only those that none of them is known to have learned from."""

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import Bundle
from engine.classify.calibration import softmax
from engine.classify.devices import choose
from engine.classify.learned import Learned, by_any
from engine.classify.reading import Float32
from engine.classify.runtime import open_runtime
from engine.evaluate.gate import Comparison, compare
from engine.evaluate.metrics import evaluate
from engine.evaluate.scorecard import logits_of, pixels_of, scorecard
from engine.images.classes import load_class_set
from engine.images.record import BadFile, ImageRecord
from engine.images.shown import keys_of
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem

_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Compared:
    """`figures` a model, each of the others `against_first`, on `n` images.

    `kept_out` are the paths of the images that one of them learned from.
    """

    figures: tuple[dict[str, float | None], ...]
    against_first: tuple[Comparison, ...]
    n: int
    kept_out: tuple[str, ...]
    notes: tuple[Message, ...]


def compare_models(
    job: Job, models: list[Bundle], source: Source, *, corrupted: int = 0
) -> Compared:
    """Measure models of the same classes on a labelled source; raises `Problem` (`compare.*`)."""
    first = models[0].card
    for model in models[1:]:
        if model.card.classes != first.classes:
            names = {"name": model.card.name, "first": first.name}
            raise Problem("compare.other_classes", **names)
    past = [Learned.of(model) for model in models]
    notes = [
        Message("compare.unknown_past", {"name": model.card.name})
        for model, learned in zip(models, past, strict=True)
        if not learned.complete
    ]
    records, labels, kept_out = _usable(job, source, first.classes, first.class_set, past)
    said, figures = [], []
    for model in models:
        probabilities, speed = _read(job, model, source, records)
        metrics = evaluate(labels, probabilities, first.classes)
        said.append(probabilities)
        some = [(one, str(one.label)) for one in records[:corrupted]]
        harm = scorecard(job, model, source, some).mean if some else None
        figures.append(
            {
                **metrics.summary(),
                "precision": metrics.precision_weighted,
                "recall": metrics.recall_weighted,
                "robustness": harm,
                "images_per_second": speed,
                "megabytes": sum((model.folder / f).stat().st_size for f in model.card.files) / 1e6,
            }
        )
    return Compared(
        figures=tuple(figures),
        against_first=tuple(compare(labels, said[0], one, first.classes) for one in said[1:]),
        n=len(records),
        kept_out=kept_out,
        notes=tuple(notes),
    )


def _usable(
    job: Job,
    source: Source,
    classes: tuple[str, ...],
    class_set: str,
    past: list[Learned],
) -> tuple[list[ImageRecord], npt.NDArray[np.intp], tuple[str, ...]]:
    known = load_class_set(class_set)
    records, digests = [], []
    for found in source.scan(job):
        if isinstance(found, BadFile) or found.label is None or not known.find(found.label):
            continue
        if found.label not in classes:
            continue
        try:
            digests.append(source.digest(found))
        except Problem:
            continue
        records.append(found)
        job.check()
    # The same picture twice would count twice.
    once: dict[str, ImageRecord] = {}
    for digest, record in zip(digests, records, strict=True):
        once.setdefault(digest, record)
    keys = keys_of(job, source, list(once.values()))
    readable = [one for one, key in zip(once.values(), keys, strict=True) if key is not None]
    if not readable:
        raise Problem("compare.nothing")
    seen = by_any(past, [key for key in keys if key is not None])
    kept = [one for one, learned in zip(readable, seen, strict=True) if not learned]
    if not kept:
        raise Problem("compare.all_seen", n=len(readable))
    # In a seeded order, so that the first few are of all classes.
    order = np.random.default_rng(0).permutation(len(kept))
    kept = [kept[at] for at in order]
    labels = np.array([classes.index(str(one.label)) for one in kept], np.intp)
    learned_from = (one.path for one, learned in zip(readable, seen, strict=True) if learned)
    return kept, labels, tuple(learned_from)


def _read(
    job: Job, model: Bundle, source: Source, records: list[ImageRecord]
) -> tuple[Float32, float]:
    runtime = open_runtime(model, choose("cpu"), job)
    parts, spent = [], 0.0
    try:
        for start in range(0, len(records), _CHUNK):
            pixels = pixels_of(model, source, records[start : start + _CHUNK])
            began = time.monotonic()
            parts.append(logits_of(job, runtime, pixels))
            spent += time.monotonic() - began
            name = {"name": model.card.name}
            job.progress(start, len(records), Message("compare.reading", name))
    finally:
        runtime.close()
    logits = np.concatenate(parts)
    return softmax(logits, model.card.calibration.temperature), len(records) / max(spent, 1e-9)
