"""Count table: a differential count as table rows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.report.class_table import TableRow
from gui.state.class_styles import ClassStyles
from gui.words import decimal, number, percent

if TYPE_CHECKING:
    from engine.evaluate.differential import Differential, DifferentialRow

BAR_COLUMN = 2
"""Index of the column with bars."""


def column_titles() -> tuple[str, ...]:
    """Return the titles of the columns."""
    return (
        _tr("Class"),
        _tr("Cells"),
        _tr("Of the leukocytes"),
        _tr("95% interval"),
        _tr("Per 100 leukocytes"),
        _tr("Model alone"),
    )


def build_rows(count: "Differential", class_styles: ClassStyles) -> list[TableRow]:
    """Return the rows: leukocytes, their sum, and other classes that have cells.

    Bars are relative to the upper end of the widest interval.
    """
    leukocytes = [row for row in count.rows if row.group == "leukocyte"]
    other_rows = [
        row for row in count.rows if row.group != "leukocyte" and (row.n or row.predicted)
    ]
    maximum = max((row.interval[1] for row in leukocytes if row.interval), default=1.0)
    total = TableRow(
        None,
        (
            _tr("All leukocytes"),
            number(count.leukocytes),
            percent(1.0) if count.leukocytes else "",
            "",
            "",
            number(sum(row.predicted for row in leukocytes)),
        ),
    )
    return [
        *(_leukocyte(row, class_styles, maximum) for row in leukocytes),
        total,
        *(_other(row, class_styles) for row in other_rows),
    ]


def _leukocyte(row: "DifferentialRow", class_styles: ClassStyles, maximum: float) -> TableRow:
    style = class_styles.find(row.id)
    if row.share is None or row.interval is None:
        return TableRow(style, (style.name, number(row.n), "", "", "", number(row.predicted)))
    low, high = row.interval
    interval_text = f"{percent(low).rstrip('%')}–{percent(high)}"
    texts = (
        style.name,
        number(row.n),
        percent(row.share),
        interval_text,
        "",
        number(row.predicted),
    )
    return TableRow(style, texts, row.share / maximum, low / maximum, high / maximum)


def _other(row: "DifferentialRow", class_styles: ClassStyles) -> TableRow:
    style = class_styles.find(row.id)
    rate = "" if row.per_100 is None else decimal(row.per_100, 1)
    return TableRow(style, (style.name, number(row.n), "", "", rate, number(row.predicted)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("counts", text)
