"""Key sheet: an overlay over the window that lists all current keys."""

from collections.abc import Callable, Iterable
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from gui.deletion import delete_later
from gui.shortcuts.actions import KeyRow
from gui.theme import Theme

_SCROLLS = {
    Qt.Key.Key_Up: QScrollBar.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QScrollBar.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
}


class KeySheet(QWidget):
    """Covers its parent while shown; a click or any key that does not scroll hides it.

    `rows` is called each time it is shown.
    """

    def __init__(self, parent: QWidget, rows: Callable[[], Iterable[KeyRow]], theme: Theme) -> None:
        super().__init__(parent)
        self._parent = parent
        self._rows = rows
        self._theme = theme
        self._previous_focus: QWidget | None = None
        self.setAccessibleName(self.tr("All keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = QScrollArea(widgetResizable=True)
        self._card.setObjectName("overlay")
        self._card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        large = theme.space("large")
        whole.setContentsMargins(large, large, large, large)
        whole.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show or hide it."""
        if self.isVisible():
            self.put_away()
            return
        self._previous_focus = self.window().focusWidget()
        self.setGeometry(self._parent.rect())
        self._fill()
        self.show()
        self.raise_()
        self.setFocus()

    def put_away(self) -> None:
        """Hide it and restore the focus."""
        self.hide()
        if self._previous_focus is not None:
            self._previous_focus.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._parent.rect())
            self._fill()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._card.verticalScrollBar()
        if event.key() in _SCROLLS:
            bar.triggerAction(_SCROLLS[Qt.Key(event.key())])
        else:
            self.put_away()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.put_away()

    def _fill(self) -> None:
        theme = self._theme
        groups = [
            self._group(title, list(rows))
            for title, rows in groupby(
                sorted(self._rows(), key=_group_order()), key=lambda row: row.group
            )
        ]
        wide = theme.space("wide")
        room = self.width() - 4 * wide
        widest = max((group.sizeHint().width() for group in groups), default=1) + 2 * wide
        columns = [QVBoxLayout() for _ in range(max(1, min(3, room // widest)))]
        heights = [0] * len(columns)
        inside = QWidget()
        inside.setObjectName("card")
        across = QHBoxLayout()
        across.setSpacing(2 * wide)
        for column in columns:
            column.setSpacing(wide)
            across.addLayout(column)
        # Each group goes into the shortest column so far.
        for group in groups:
            place = heights.index(min(heights))
            heights[place] += group.sizeHint().height() + wide
            columns[place].addWidget(group)
        for column in columns:
            column.addStretch()
        title = QLabel(self.tr("Keys"))
        title.setFont(theme.font("title", strong=True))
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(wide, wide, wide, wide)
        rows.setSpacing(wide)
        rows.addWidget(title)
        rows.addLayout(across)
        rows.addStretch()
        old = self._card.takeWidget()
        if old is not None:
            delete_later(old)
        self._card.setWidget(inside)
        hint = inside.sizeHint()
        border = 2 * self._card.frameWidth()
        bar = self._card.verticalScrollBar().sizeHint().width()
        high = min(hint.height() + border, self.height() - 2 * theme.space("large"))
        over = bar if hint.height() + border > high else 0
        self._card.setFixedSize(min(hint.width() + border + over, self.width()), high)

    def _group(self, title: str, rows: list[KeyRow]) -> QWidget:
        theme = self._theme
        group = QWidget()
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("large"))
        grid.setVerticalSpacing(theme.space("tight"))
        grid.setColumnStretch(1, 1)
        if title:
            head = QLabel(title)
            head.setProperty("role", "muted")
            head.setFont(theme.font("small", strong=True))
            grid.addWidget(head, 0, 0, 1, 2)
        for place, row in enumerate(rows, 1):
            keys = QLabel(row.keys)
            keys.setFont(theme.font(strong=True))
            grid.addWidget(keys, place, 0)
            grid.addWidget(QLabel(row.text), place, 1)
        return group


def _group_order() -> Callable[[KeyRow], int]:
    # Groups in the order of their first row.
    positions: dict[str, int] = {}
    return lambda row: positions.setdefault(row.group, len(positions))
