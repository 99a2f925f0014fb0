"""A sentence in the middle, wrapped at a width that can be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from gui.theme import Theme


def centred_row(label: QLabel, theme: Theme) -> QHBoxLayout:
    """Return a row that gives a wrapped sentence all the height that its width needs.

    Put into a column by an alignment, it would get the height of one line and be cut off.
    """
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setMaximumWidth(18 * theme.space("wide"))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row
