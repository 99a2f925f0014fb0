"""Table of a report: as high as its rows, whenever it is filled."""

from gui_helpers import WAIT_MS

from gui.report.class_table import ClassTable, TableRow
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
