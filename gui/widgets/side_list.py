"""Side list: the panel with a heading on the left of a workspace, such as queues or pages."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.theme import Theme


def compose_side_list(panel: QWidget, title: str, theme: Theme) -> QVBoxLayout:
    """Give a panel the look and width of a side list; return its rows, which begin with the heading."""
    panel.setObjectName("facets")
    panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    panel.setMinimumWidth(7 * theme.space("wide"))
    panel.setMaximumWidth(12 * theme.space("wide"))
    small = theme.space("small")
    heading = QLabel(title)
    heading.setProperty("role", "muted")
    heading.setFont(theme.font("small", strong=True))
    heading.setContentsMargins(small, small, 0, 0)
    rows = QVBoxLayout(panel)
    rows.setContentsMargins(small, small, small, small)
    rows.setSpacing(0)
    rows.addWidget(heading)
    return rows


def add_side_note(rows: QVBoxLayout, theme: Theme) -> QLabel:
    """Add a wrapped, muted label for a note to a side list, and return it."""
    small = theme.space("small")
    note = QLabel(wordWrap=True)
    note.setProperty("role", "muted")
    note.setContentsMargins(small, 0, small, small)
    rows.addWidget(note)
    return note
