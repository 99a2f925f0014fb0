"""The gate at work: both models read the locked images, without those that one of them learned from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.calibration import softmax
from engine.classify.learned import Learned, by_any
from engine.classify.reading import Float32
from engine.evaluate.gate import Comparison, compare
from engine.evaluate.scorecard import scorecard
from engine.images.shown import keys_of
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem
from engine.train.decided import Cells, Chosen, gather, hashes_of

CORRUPTED = 40


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says: the comparison, both models' robustness, and where they disagree.

    `robustness` is the mean balanced accuracy of (current, candidate) over all corruptions, None where
    it was not asked for; `won` and `lost` are paths that the candidate alone, or the current model
    alone, reads rightly; `classes` are in the order of the figures. `paths` are the images compared on;
    `seen` more were locked that one of them learned from. `known` says of (current, candidate) whether
    the model tells all that it learned from.
    """

    comparison: Comparison
    classes: tuple[str, ...]
    robustness: tuple[float, float] | None
    won: tuple[str, ...]
    lost: tuple[str, ...]
    paths: tuple[str, ...]
    seen: int
    known: tuple[bool, bool]


def judge(
    job: Job,
    source: Source,
    chosen: Sequence[Chosen],
    locked: Collection[str],
    current: Bundle,
    candidate: Bundle,
    corrupted: int = CORRUPTED,
    merged: Mapping[str, str] | None = None,
) -> Verdict:
    """Compare on the locked images, each content once; raises `Problem` (`gate.*`) without any.

    `corrupted` images are spoiled in eleven ways (0: none). A class that one model lacks counts as
    never said by it. `merged` says which classes count as others: what a model says of them adds up.
    """
    past = (Learned.of(current), Learned.of(candidate))
    kept, seen = unlearned(job, source, chosen, locked, past)
    both = [gather(job, source, kept, model) for model in (current, candidate)]
    there = set(both[0].labels)
    into = merged or {}
    both_classes = (*candidate.card.classes, *current.card.classes)
    known = dict.fromkeys(into.get(name, name) for name in both_classes)
    classes = (*known, *sorted(there - set(known)))
    labels = np.array([classes.index(label) for label in both[0].labels], np.intp)
    said = [
        _said(model, cells, classes, into)
        for model, cells in zip((current, candidate), both, strict=True)
    ]
    found = compare(labels, said[0], said[1], classes)
    spoiled = None
    if corrupted:
        order = np.random.default_rng(0).permutation(len(kept))[:corrupted]
        some = [kept[at] for at in order]
        spoiled = (
            scorecard(job, current, source, some, into).mean,
            scorecard(job, candidate, source, some, into).mean,
        )
    paths = both[0].paths
    return Verdict(
        comparison=found,
        classes=classes,
        robustness=spoiled,
        won=tuple(paths[row] for row in found.won),
        lost=tuple(paths[row] for row in found.lost),
        paths=tuple(paths),
        seen=seen,
        known=(past[0].complete, past[1].complete),
    )


def unlearned(
    job: Job,
    source: Source,
    chosen: Sequence[Chosen],
    locked: Collection[str],
    past: Sequence[Learned],
) -> tuple[list[Chosen], int]:
    """Return the locked images that no model learned from, each content once, and how many others there are.

    Raises `Problem`: `gate.none_locked`, or `gate.nothing` where all were learned from.
    """
    digests = hashes_of(job, source, [record for record, _ in chosen])
    once: dict[bytes, Chosen] = {}
    for one, digest in zip(chosen, digests, strict=True):
        if digest and digest.hex() in locked:
            once.setdefault(digest, one)
    if not once:
        raise Problem("gate.none_locked")
    seen = by_any(past, keys_of(job, source, [record for record, _ in once.values()]))
    kept = [one for one, learned in zip(once.values(), seen, strict=True) if not learned]
    if not kept:
        raise Problem("gate.nothing", n=len(once))
    return kept, int(seen.sum())


def _said(
    model: Bundle, cells: Cells, classes: tuple[str, ...], merged: Mapping[str, str]
) -> Float32:
    said = np.zeros((len(cells.paths), len(classes)), np.float32)
    shares = softmax(cells.logits, model.card.calibration.temperature)
    for at, name in enumerate(model.card.classes):
        said[:, classes.index(merged.get(name, name))] += shares[:, at]
    return said
