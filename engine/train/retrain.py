"""Retraining on what a person decided: a new head in seconds, or the whole network in the child process."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.calibration import fit_temperature, softmax
from engine.classify.card import TrainingData
from engine.classify.learned import Learned
from engine.evaluate.metrics import evaluate
from engine.images.classes import ClassSet
from engine.images.shown import keys_of
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem
from engine.train import begun
from engine.train.begun import Begun
from engine.train.decided import Chosen, Decided, gather
from engine.train.headed import with_head
from engine.train.locked import together, unlocked
from engine.train.quick import refit
from engine.train.recipe import Recipe
from engine.train.split import check_held_out, split
from engine.train.statistics import fit_parts
from engine.train.train import UNFINISHED, train

_HELD = 0.1
_SEED = 3


def quick(
    job: Job,
    source: Source,
    chosen: Sequence[Chosen],
    current: Bundle,
    locked: Collection[str],
    out: Path,
) -> Bundle:
    """Write the current model with a head refitted to all that is not locked; new classes included.

    A tenth is held out to calibrate. Raises `Problem` and `Cancelled`.
    """
    if out.exists():
        raise Problem("train.out_exists", folder=str(out))
    cells = gather(job, source, chosen, current)
    contents = [one.tobytes().hex() for one in cells.hashes]
    groups = together(cells.paths, contents)
    held = {group for group, content in zip(groups, contents, strict=True) if content in locked}
    free = np.array([group not in held for group in groups])
    classes = classes_of(
        current, [label for label, one in zip(cells.labels, free, strict=True) if one]
    )
    number = {name: at for at, name in enumerate(classes)}
    rows = np.flatnonzero(free)
    labels = np.array([number[cells.labels[row]] for row in rows], np.intp)
    parts = split(labels, [groups[row] for row in rows], (_HELD, 0.0), _SEED)
    check_held_out(parts, labels, [groups[row] for row in rows], (1,))
    learn, check = parts != 1, parts == 1
    head = refit(job, cells.embeddings[rows[learn]], labels[learn], classes)
    logits = head.logits(cells.embeddings[rows[check]])
    fitted = fit_temperature(logits, labels[check])
    said = softmax(logits, fitted.temperature)
    counts = np.bincount(labels, minlength=len(classes)).tolist()
    return with_head(
        job,
        current,
        head,
        out,
        calibration=fitted,
        metrics={"validation": evaluate(labels[check], said, classes).summary()},
        training_data=TrainingData(
            description=f"Head refitted; the network as in {current.card.name}.",
            images=len(rows),
            per_class=dict(zip(classes, counts, strict=True)),
            licence=current.card.training_data.licence,
            attribution=current.card.training_data.attribution,
        ),
        statistics=fit_parts(cells.embeddings[rows], labels, check, len(classes)),
        learned=_learned(job, source, chosen, [cells.paths[row] for row in rows], current),
    )


def deep(
    job: Job,
    source: Source,
    chosen: Sequence[Chosen],
    recipe: Recipe,
    locked: Collection[str],
    out: Path,
    *,
    parent: Bundle | None = None,
    classes: ClassSet | None = None,
    resume: bool = False,
    finish: bool = False,
) -> Bundle:
    """Train a network on all that is not locked, as `engine.train.train.train` does.

    `classes` are the project's own; with `finish` an unfinished training ends with its best weights. One
    that goes on learns from what it began with, whatever was decided since.
    """
    on = (resume or finish) and unfinished(out)
    free = source if on else Decided(source, unlocked(job, source, chosen, locked))
    return train(
        job, free, recipe, out, parent=parent, classes=classes, resume=resume, finish=finish
    )


def unfinished(out: Path) -> bool:
    """Return whether a training to `out` was begun that can go on."""
    return begun_at(out) is not None


def begun_at(out: Path) -> Begun | None:
    """Return how the unfinished training to `out` was begun, None without one that can go on."""
    return begun.read(out.with_name(out.name + UNFINISHED))


def classes_of(model: Bundle, labels: Collection[str]) -> tuple[str, ...]:
    """Return the classes that have images: the model's in their order, then new ones by name."""
    there = set(labels)
    known = [name for name in model.card.classes if name in there]
    return (*known, *sorted(there - set(known)))


def _learned(
    job: Job, source: Source, chosen: Sequence[Chosen], paths: Collection[str], current: Bundle
) -> Learned:
    used = set(paths)
    found = keys_of(job, source, [record for record, _ in chosen if record.path in used])
    mine = Learned(np.array([key for key in found if key is not None], np.uint64), complete=True)
    # What the network below the head learned from counts as well.
    return mine.and_of(Learned.of(current))
