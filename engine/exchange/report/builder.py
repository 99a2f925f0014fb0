"""From images, readings and decisions to a report."""

from collections.abc import Sequence
from datetime import UTC, datetime

from engine.classify.card import Card
from engine.classify.reading import Float32
from engine.evaluate.agreement import agreement
from engine.evaluate.differential import Cell, Differential, differential
from engine.exchange.export_row import Row, Status, fingerprint
from engine.exchange.report.context import Context, Item, software
from engine.exchange.report.evaluation import alone, evaluation, label_of, merge
from engine.exchange.report.report_data import (
    Check,
    ClassName,
    DataFacts,
    ModelFacts,
    Report,
    Together,
)
from engine.images.class_set import DifferentialGroup
from engine.project.classes import effective_label
from engine.project.decisions import NOT_CLASSED

_UNKNOWN_COLOUR = "#8f8f8f"


def build(items: Sequence[Item], context: Context) -> Report:
    """Return the report on images in their order; the count goes through them in that order."""
    names, reading = merge(context)
    groups: dict[str, DifferentialGroup] = {one.id: one.group for one in context.classes}
    cells = [_cell(item, names, reading, context) for item in items]
    count = differential(cells, _listed(names, context), groups, context.target)
    if context.paths == "ids":
        count = _without_names(count, items)
    both = [
        (item.path, (cell.predicted, cell.reviewed))
        for item, cell in zip(items, cells, strict=True)
        if cell.predicted and cell.reviewed and not cell.removed
    ]
    together = [pair for path, pair in both if not alone(path, context)]
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
            labelled=sum(label_of(item, context) is not None for item in items),
            fingerprint=fingerprint(item.sha256 for item in items if item.sha256),
        ),
        classes=_looks(cells, names, context),
        differential=count,
        agreement=agreement(pair for path, pair in both if alone(path, context)),
        together=Together(len(together), sum(said == decided for said, decided in together)),
        reviewers=tuple(context.reviewers),
        checks=_checks(cells, count),
        sign_off=context.sign_off,
        evaluation=evaluation(items, context),
    )


def rows(items: Sequence[Item], context: Context) -> list[Row]:
    """Return the images as rows of a table; with `paths` "ids" they are known by content alone."""
    names, reading = merge(context)
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
                label=effective_label(item.decision.label, item.label, context.merged),
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
                note=item.decision.note if context.paths == "relative" else "",
                seen=item.seen,
            )
        )
    return found


def _cell(item: Item, names: tuple[str, ...], reading: Float32, context: Context) -> Cell:
    label, removed = item.decision.label, item.decision.removed is not None
    predicted = confidence = None
    if item.probabilities is not None:
        values = item.probabilities @ reading
        best = int(values.argmax())
        predicted, confidence = names[best], float(values[best])
    known = effective_label(label, None, context.merged)
    return Cell(item.path, predicted, confidence, known, label == NOT_CLASSED, removed)


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
