"""Several models read the same images, and only those that none of them learned from."""

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import TRAINING, Bundle
from engine.classify.calibration import softmax
from engine.classify.devices import choose
from engine.classify.reading import Float32
from engine.classify.runtime import open_runtime
from engine.evaluate.gate import Comparison, allowed, compare
from engine.evaluate.metrics import evaluate
from engine.evaluate.scorecard import logits_of, pixels_of, scorecard
from engine.images.classes import load_class_set
from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem

_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Compared:
    """`figures` a model, each of the others `against_first`, on `n` images; `kept_out` were learned from."""

    figures: tuple[dict[str, float | None], ...]
    against_first: tuple[Comparison, ...]
    n: int
    kept_out: int
    notes: tuple[Message, ...]


def training_hashes(model: Bundle) -> npt.NDArray[np.uint8] | None:
    """Return the SHA-256 (n, 32) of all that a model learned from; None where it does not say."""
    if TRAINING not in model.card.files:
        return None
    model.verify([TRAINING])
    with np.load(model.folder / TRAINING, allow_pickle=False) as arrays:
        hashes: npt.NDArray[np.uint8] = arrays["hashes"]
    return hashes


def compare_models(
    job: Job, models: list[Bundle], source: Source, *, corrupted: int = 0
) -> Compared:
    """Measure models of the same classes on a labelled source; raises `Problem` (`compare.*`)."""
    first = models[0].card
    for model in models[1:]:
        if model.card.classes != first.classes:
            names = {"name": model.card.name, "first": first.name}
            raise Problem("compare.other_classes", **names)
    notes, past = [], []
    for model in models:
        hashes = training_hashes(model)
        if hashes is None:
            notes.append(Message("compare.unknown_past", {"name": model.card.name}))
        else:
            past.append(hashes)
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
    past: list[npt.NDArray[np.uint8]],
) -> tuple[list[ImageRecord], npt.NDArray[np.intp], int]:
    known = load_class_set(class_set)
    records, digests = [], []
    for found in source.scan(job):
        if isinstance(found, BadFile) or found.label is None or not known.find(found.label):
            continue
        if found.label not in classes:
            continue
        try:
            digests.append(bytes.fromhex(source.load(found).content_hash))
        except Problem:
            continue
        records.append(found)
        job.check()
    # The same picture twice would count twice.
    seen: dict[bytes, int] = {}
    for at, digest in enumerate(digests):
        seen.setdefault(digest, at)
    rows = list(seen.values())
    hashes = np.frombuffer(b"".join(digests[at] for at in rows), np.uint8).reshape(-1, 32)
    free = allowed(hashes, *past)
    kept = [records[at] for at, one in zip(rows, free, strict=True) if one]
    if not kept:
        raise Problem("compare.nothing")
    # In a seeded order, so that the first few are of all classes.
    order = np.random.default_rng(0).permutation(len(kept))
    kept = [kept[at] for at in order]
    labels = np.array([classes.index(str(one.label)) for one in kept], np.intp)
    return kept, labels, int((~free).sum())


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
