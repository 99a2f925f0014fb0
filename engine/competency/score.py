"""Score of a competency test: overall and by class with 95% intervals, kappa, and the missed cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.competency.record import DrawnCell
from engine.evaluate.agreement import Agreement, measure_agreement
from engine.evaluate.intervals import wilson_interval

NOT_ANSWERED = ""
"""The answer to a cell that was left out, in `Score.confused`."""


@dataclass(frozen=True, slots=True)
class ClassScore:
    """The cells of one class: drawn, recognised, their share with its Wilson interval.

    `given` counts the cells that were called so, rightly or wrongly.
    """

    class_id: str
    drawn: int
    correct: int
    given: int
    share: float | None
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a test; a cell without an answer counts as missed, an absent one not at all.

    `overall.agreed` of `overall.n` cells are right; kappa compares truth and answers. `confused` counts
    (true class, answer), most frequent first.
    """

    overall: Agreement
    classes: tuple[ClassScore, ...]
    confused: tuple[tuple[str, str, int], ...]
    missed: tuple[DrawnCell, ...]
    unanswered: int
    absent: int


def score_cells(cells: Sequence[DrawnCell], class_order: Sequence[str] = ()) -> Score:
    """Score a test; classes are listed as in `class_order`, then by name."""
    scored = [cell for cell in cells if not cell.is_absent]
    pairs = [(cell.truth, cell.answer or NOT_ANSWERED) for cell in scored]
    places = {name: place for place, name in enumerate(class_order)}
    names = sorted(
        {name for pair in pairs for name in pair if name != NOT_ANSWERED},
        key=lambda name: (places.get(name, len(places)), name),
    )
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    confused = sorted(
        {(*pair, wrong.count(pair)) for pair in wrong}, key=lambda row: (-row[2], row)
    )
    return Score(
        measure_agreement(pairs),
        tuple(_score_class(name, pairs) for name in names),
        tuple(confused),
        tuple(cell for cell in scored if cell.answer != cell.truth),
        sum(cell.answer is None for cell in scored),
        len(cells) - len(scored),
    )


def _score_class(name: str, pairs: Sequence[tuple[str, str]]) -> ClassScore:
    drawn = sum(truth == name for truth, _ in pairs)
    correct = sum(pair == (name, name) for pair in pairs)
    given = sum(answer == name for _, answer in pairs)
    share = correct / drawn if drawn else None
    return ClassScore(name, drawn, correct, given, share, wilson_interval(correct, drawn))
