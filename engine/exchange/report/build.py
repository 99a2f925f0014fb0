"""From images, readings and decisions to a report."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from engine.classify.card import Card
from engine.classify.reading import Float32
from engine.evaluate import curves
from engine.evaluate.agreement import agreement
from engine.evaluate.differential import Cell, Differential, differential
from engine.evaluate.metrics import evaluate
from engine.exchange.report.context import Context, Item, shown, software
from engine.exchange.report.model import (
    TARGETS,
    Check,
    ClassName,
    DataFacts,
    Evaluation,
    Mistake,
    ModelFacts,
    Report,
)
from engine.exchange.rows import Row, Status, fingerprint
from engine.images.classes import Group
from engine.project.classes import label_that_holds
from engine.project.values import NOT_CLASSED

_UNKNOWN_COLOUR = "#8f8f8f"


def build(items: Sequence[Item], context: Context) -> Report:
    """Return the report on images in their order; the count goes through them in that order."""
    names, reading = _merge(context)
    groups: dict[str, Group] = {one.id: one.group for one in context.classes}
    cells = [_cell(item, names, reading, context) for item in items]
    count = differential(cells, _listed(names, context), groups, context.target)
    if context.paths == "ids":
        count = _without_names(count, items)
    both = [
        (cell.predicted, cell.reviewed)
        for cell in cells
        if cell.predicted and cell.reviewed and not cell.removed
    ]
    evaluation = _evaluate(items, names, reading, context)
    return Report(
        title=context.title,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        software=software(),
        session={name: text for name, text in context.session.items() if text},
        model=_model(context.card),
        data=DataFacts(
            name=context.folder if context.paths == "relative" else "",
            images=len(items),
            unreadable=sum(item.probabilities is None for item in items),
            labelled=sum(_truth(item, context) is not None for item in items),
            fingerprint=fingerprint(item.sha256 for item in items if item.sha256),
        ),
        classes=_looks(cells, names, context),
        differential=count,
        agreement=agreement(both),
        reviewers=tuple(context.reviewers),
        checks=_checks(cells, count),
        sign_off=context.sign_off,
        evaluation=evaluation,
    )


def rows(items: Sequence[Item], context: Context) -> list[Row]:
    """Return the images as rows of a table; with `paths` "ids" they are known by content alone."""
    names, reading = _merge(context)
    found = []
    for item in items:
        cell = _cell(item, names, reading, context)
        values = (
            () if item.probabilities is None else tuple(map(float, item.probabilities @ reading))
        )
        decided = item.decision.label is not None or item.decision.removed is not None
        who, at = context.decided.get(item.path, ("", "")) if decided else ("", "")
        found.append(
            Row(
                path=item.path if context.paths == "relative" else "",
                sha256=item.sha256,
                label=label_that_holds(item.decision.label, item.label, context.merged),
                original=item.label,
                predicted=cell.predicted,
                confidence=cell.confidence,
                probabilities=values,
                status=_status(item, cell),
                reason=item.decision.removed or "",
                split=item.split,
                reviewer=who,
                time=at,
                model=context.card.model_id if cell.predicted else "",
            )
        )
    return found


def sample(items: Sequence[Item], context: Context, n: int) -> list[tuple[str, str]]:
    """Return paths and classes of up to `n` labelled images that the model can read, always the same."""
    names = _merge(context)[0]
    known = [
        (item.path, truth)
        for item in items
        if item.probabilities is not None and (truth := _truth(item, context)) in names
    ]
    order = np.random.default_rng(0).permutation(len(known))[:n]
    return [known[at] for at in order]


def output_classes(context: Context) -> tuple[str, ...]:
    """Return the classes that probabilities of `rows` are in the order of."""
    return _merge(context)[0]


def _merge(context: Context) -> tuple[tuple[str, ...], Float32]:
    """Return the classes after merging, and the 0/1 matrix (c, m) that adds their probabilities."""
    into = [context.merged.get(name, name) for name in context.card.classes]
    names = tuple(dict.fromkeys(into))
    matrix = np.zeros((len(into), len(names)), np.float32)
    matrix[np.arange(len(into)), [names.index(name) for name in into]] = 1
    return names, matrix


def _cell(item: Item, names: tuple[str, ...], reading: Float32, context: Context) -> Cell:
    label, removed = item.decision.label, item.decision.removed is not None
    predicted = confidence = None
    if item.probabilities is not None:
        values = item.probabilities @ reading
        best = int(values.argmax())
        predicted, confidence = names[best], float(values[best])
    known = label_that_holds(label, None, context.merged)
    return Cell(item.path, predicted, confidence, known, label == NOT_CLASSED, removed)


def _truth(item: Item, context: Context) -> str | None:
    """Return the class an image has, whoever gave it, or None; nothing for a removed one."""
    if item.decision.removed is not None:
        return None
    return label_that_holds(item.decision.label, item.label, context.merged)


def _listed(names: tuple[str, ...], context: Context) -> list[str]:
    # In the order that people know.
    known = [one.id for one in context.classes]
    return known + [name for name in names if name not in known]


def _looks(cells: Sequence[Cell], names: tuple[str, ...], context: Context) -> dict[str, ClassName]:
    own = {one.id: ClassName(one.name, one.colour) for one in context.classes}
    met = sorted({name for cell in cells for name in (cell.predicted, cell.reviewed) if name})
    every = dict.fromkeys([*_listed(names, context), *met])
    return {name: own.get(name) or ClassName(name, _UNKNOWN_COLOUR) for name in every}


def _without_names(count: Differential, items: Sequence[Item]) -> Differential:
    import msgspec

    ids = {item.path: item.sha256[:12] for item in items}
    return msgspec.structs.replace(count, cells=tuple(ids[path] for path in count.cells))


def _checks(cells: Sequence[Cell], count: Differential) -> tuple[Check, ...]:
    waiting = [cell for cell in cells if cell.counted_as and not cell.reviewed]
    unread = [cell for cell in cells if cell.predicted is None and cell.counted_as is None]
    short = 0 if count.target is None else max(0, count.target - count.leukocytes)
    return (
        Check("check_reviewed", len(waiting)),
        Check("check_identified", count.unidentified),
        Check("check_read", sum(not (one.removed or one.not_classed) for one in unread)),
        Check("check_target", short),
    )


def _evaluate(
    items: Sequence[Item], names: tuple[str, ...], reading: Float32, context: Context
) -> Evaluation | None:
    known = [
        (item, names.index(truth), item.probabilities)
        for item in items
        if item.probabilities is not None and (truth := _truth(item, context)) in names
    ]
    if not known:
        return None
    labels = np.array([label for _, label, _ in known], np.intp)
    probabilities: Float32 = np.stack([values for *_, values in known]) @ reading
    accepted = curves.acceptance(labels, probabilities)
    predicted = probabilities.argmax(axis=1)
    return Evaluation(
        metrics=evaluate(labels, probabilities, names),
        roc=curves.roc(labels, probabilities, names),
        precision_recall=curves.precision_recall(labels, probabilities, names),
        reliability=curves.reliability(labels, probabilities),
        acceptance=accepted,
        needs=tuple(accepted.needs(target) for target in TARGETS),
        mistakes=tuple(
            Mistake(
                shown(known[index][0], context.paths),
                names[labels[index]],
                names[predicted[index]],
                float(probabilities[index].max()),
            )
            for index in curves.worst_mistakes(labels, probabilities)
        ),
        robustness=context.robustness,
    )


def _model(card: Card) -> ModelFacts:
    about = card.training_data
    return ModelFacts(
        card.name, card.architecture, card.model_id, card.created, about.licence, about.attribution
    )


def _status(item: Item, cell: Cell) -> Status:
    if cell.removed:
        return "removed"
    if cell.not_classed:
        return "not_classed"
    if cell.reviewed:
        return "reviewed"
    if item.label is not None:
        return "labelled"
    return "predicted" if cell.predicted else "unread"
