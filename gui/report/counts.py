"""A differential count as lines of a table: the leukocytes, their sum, and what stands beside them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.classes import ClassLooks
from gui.report.table import Line
from gui.words import decimal, number, percent

if TYPE_CHECKING:
    from engine.evaluate.differential import Counted, Differential

BARS = 2
"""The column that has bars."""


def head() -> tuple[str, ...]:
    """Return what stands above the columns."""
    return (
        _tr("Class"),
        _tr("Cells"),
        _tr("Of the leukocytes"),
        _tr("95% interval"),
        _tr("Per 100 leukocytes"),
        _tr("Model alone"),
    )


def lines(count: "Differential", looks: ClassLooks) -> list[Line]:
    """Return the lines; classes beside the leukocytes only where there is a cell of them.

    Bars are as long as the share is of the largest share's upper end.
    """
    own = [row for row in count.rows if row.group == "leukocyte"]
    beside = [row for row in count.rows if row.group != "leukocyte" and (row.n or row.predicted)]
    most = max((row.interval[1] for row in own if row.interval), default=1.0)
    whole = Line(
        None,
        (
            _tr("All leukocytes"),
            number(count.leukocytes),
            percent(1.0) if count.leukocytes else "",
            "",
            "",
            number(sum(row.predicted for row in own)),
        ),
    )
    return [
        *(_leukocyte(row, looks, most) for row in own),
        whole,
        *(_other(row, looks) for row in beside),
    ]


def _leukocyte(row: "Counted", looks: ClassLooks, most: float) -> Line:
    look = looks.find(row.id)
    if row.share is None or row.interval is None:
        return Line(look, (look.name, number(row.n), "", "", "", number(row.predicted)))
    low, high = row.interval
    said = f"{percent(low).rstrip('%')}–{percent(high)}"
    texts = (look.name, number(row.n), percent(row.share), said, "", number(row.predicted))
    return Line(look, texts, row.share / most, low / most, high / most)


def _other(row: "Counted", looks: ClassLooks) -> Line:
    look = looks.find(row.id)
    rate = "" if row.per_100 is None else decimal(row.per_100, 1)
    return Line(look, (look.name, number(row.n), "", "", rate, number(row.predicted)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("counts", text)
