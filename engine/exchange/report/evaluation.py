"""What the model's word is held against: the labelled images, and the figures that stand on them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.classify.reading import Float32
from engine.evaluate import curves
from engine.evaluate.evaluation_basis import Basis, apart, standing_on
from engine.evaluate.metrics import evaluate
from engine.exchange.report.context import Context, Item, shown
from engine.exchange.report.report_data import TARGETS, Evaluation, Mistake
from engine.project.classes import effective_label


def output_classes(context: Context) -> tuple[str, ...]:
    """Return the classes that probabilities of `rows` are in the order of."""
    return merge(context)[0]


def merge(context: Context) -> tuple[tuple[str, ...], Float32]:
    """Return the classes after merging, and the 0/1 matrix (c, m) that adds their probabilities."""
    into = [context.merged.get(name, name) for name in context.card.classes]
    names = tuple(dict.fromkeys(into))
    matrix = np.zeros((len(into), len(names)), np.float32)
    matrix[np.arange(len(into)), [names.index(name) for name in into]] = 1
    return names, matrix


def sample(items: Sequence[Item], context: Context, n: int) -> list[tuple[str, str]]:
    """Return paths and classes of up to `n` labelled images that the model can read, always the same."""
    known = [
        (item.path, truth)
        for item, *_ in evaluated(items, context).counted
        if (truth := truth_of(item, context)) is not None
    ]
    order = np.random.default_rng(0).permutation(len(known))[:n]
    return [known[at] for at in order]


def alone(path: str, context: Context) -> bool:
    """Return whether an image was decided on its own; so it is where the journal does not say."""
    given = context.given.get(path)
    return given is None or given.is_single


def truth_of(item: Item, context: Context) -> str | None:
    """Return the class that the model's word can be held against, or None.

    What was taken over from the model for several images at once says nothing of the model: then it is the
    folder's, if that has one.
    """
    given = context.given.get(item.path)
    label = label_of(item, context)
    if label and given and given.is_bulk_confirmed:
        return effective_label(None, item.label, context.merged)
    return label


def label_of(item: Item, context: Context) -> str | None:
    """Return the class an image has, whoever gave it, or None; nothing for a removed one."""
    if item.decision.removed is not None:
        return None
    return effective_label(item.decision.label, item.label, context.merged)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The images that an evaluation is of: each with the place of its label and its probabilities (c,).

    `counted` are those that figures stand on, `apart` the others. Places are those of `output_classes`.
    """

    counted: list[tuple[Item, int, Float32]]
    apart: list[tuple[Item, int, Float32]]
    basis: Basis


def evaluated(items: Sequence[Item], context: Context) -> Evaluated:
    """Return the labelled images, in their order, with those apart that the model learned from."""
    names, reading = merge(context)
    known = [
        (item, names.index(truth), item.probabilities @ reading)
        for item in items
        if item.probabilities is not None and (truth := truth_of(item, context)) in names
    ]
    counts, basis = standing_on([item.seen for item, *_ in known])
    counted = [one for one, counting in zip(known, counts, strict=True) if counting]
    return Evaluated(
        counted, [one for one, counting in zip(known, counts, strict=True) if not counting], basis
    )


def evaluation(items: Sequence[Item], context: Context) -> Evaluation | None:
    """Return the figures of the labelled images, None where there is none."""
    found = evaluated(items, context)
    if not found.counted:
        return None
    names = output_classes(context)
    labels = np.array([label for _, label, _ in found.counted], np.intp)
    probabilities: Float32 = np.stack([values for *_, values in found.counted])
    accepted = curves.acceptance(labels, probabilities)
    predicted = probabilities.argmax(axis=1)
    right = [int(values.argmax()) == label for _, label, values in found.apart]
    return Evaluation(
        metrics=evaluate(labels, probabilities, names),
        roc=curves.roc(labels, probabilities, names),
        precision_recall=curves.precision_recall(labels, probabilities, names),
        reliability=curves.reliability(labels, probabilities),
        acceptance=accepted,
        needs=tuple(accepted.needs(target) for target in TARGETS),
        mistakes=tuple(
            Mistake(
                shown(found.counted[index][0], context.paths),
                names[labels[index]],
                names[predicted[index]],
                float(probabilities[index].max()),
            )
            for index in curves.worst_mistakes(labels, probabilities)
        ),
        robustness=context.robustness,
        basis=found.basis,
        apart=apart(np.array(right, np.bool_)),
        together=sum(
            label_of(item, context) is not None and truth_of(item, context) is None
            for item in items
        ),
    )
