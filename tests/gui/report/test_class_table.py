"""Table of a report: as high as its rows, whenever it is filled."""

from gui_helpers import WAIT_MS
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.report.class_table import ClassTable, TableRow
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.theme import Theme


def test_table_filled_before_it_is_shown_clips_no_row(qapp, qtbot):
    theme = Theme(qapp)
    table = ClassTable(theme, ("Class", "n"))
    qtbot.addWidget(table)
    table.show_rows([TableRow(None, (str(n), "1"), is_total=False) for n in range(9)])
    # The style sheet gives it another font when it is shown.
    font = table.font()
    font.setPointSizeF(2 * font.pointSizeF())
    table.setFont(font)
    table.show()
    rows = sum(table.rowHeight(row) for row in range(9))
    needed = table.horizontalHeader().sizeHint().height() + rows
    qtbot.waitUntil(lambda: table.height() >= needed, timeout=WAIT_MS)


def test_table_filled_on_a_hidden_page_has_its_full_height_there(qapp, qtbot):
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    page = QWidget()
    table = ClassTable(Theme(qapp), ("Class", "n"))
    rows = QVBoxLayout(page)
    rows.addWidget(HorizontalScrollArea(table))
    rows.addStretch()
    pages.addWidget(page)
    pages.addWidget(QWidget())
    pages.resize(600, 600)
    with qtbot.waitExposed(pages):
        pages.show()
    table.show_rows([])
    qtbot.waitUntil(lambda: table.isVisible() and not table.rows, timeout=WAIT_MS)
    qtbot.wait(1)
    pages.setCurrentIndex(1)
    table.show_rows([TableRow(None, (str(n), "1"), is_total=False) for n in range(9)])
    pages.setCurrentIndex(0)
    qtbot.waitUntil(lambda: table.visibleRegion().boundingRect().height() > 0, timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: table.visibleRegion().boundingRect().height() == table.height(), timeout=WAIT_MS
    )


def test_column_without_any_text_is_hidden_until_it_has_one(qapp, qtbot):
    table = ClassTable(Theme(qapp), ("Class", "n", "Per 100 leukocytes"))
    qtbot.addWidget(table)
    table.show_rows([TableRow(None, ("All", "9", ""))])
    assert [table.isColumnHidden(column) for column in range(3)] == [False, False, True]
    table.show_rows([TableRow(None, ("All", "9", "")), TableRow(None, ("Platelet", "9", "4.5"))])
    assert not table.isColumnHidden(2)
