"""Centred text: a wrapped label of readable width in the middle of its row."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from gui.theme import Theme


def centred_row(label: QLabel, theme: Theme) -> QHBoxLayout:
    """Return a row with the label wrapped and centred, at its full height.

    Added to a column with an alignment, the label would get the height of one line and be cut off.
    """
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setMaximumWidth(18 * theme.space("wide"))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row
