"""Recent folders: a list for the start page and a menu."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from gui.deletion import delete_later
from gui.state.session import Session
from gui.theme import Theme
from gui.words import moment, number, without_mnemonic

_VISIBLE_ROWS = 6


@dataclass(frozen=True, slots=True)
class RecentFolder:
    """A folder that was opened before, with its date and review progress."""

    name: str
    path: Path
    when: datetime
    images: int
    reviewed: int
    exists: bool = True


class RecentFolderButton(QAbstractButton):
    """A folder: name and path on the left, date and review progress on the right."""

    def __init__(self, recent: RecentFolder, theme: Theme) -> None:
        super().__init__()
        self.recent = recent
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.place = _displayed(recent.path)
        self.when = moment(recent.when, datetime.now().astimezone())
        self.count = (
            self.tr("{reviewed} of {images} reviewed").format(
                reviewed=number(recent.reviewed), images=number(recent.images)
            )
            if recent.exists
            else self.tr("not found")
        )
        self.setToolTip(self.place)
        parts = (_displayed(recent.name), self.place, self.when, self.count)
        self.setAccessibleName(", ".join(parts))

    def sizeHint(self) -> QSize:
        theme = self._theme
        lines = QFontMetrics(theme.font(strong=True)).height()
        lines += QFontMetrics(theme.font("small")).height()
        return QSize(22 * theme.space("wide"), lines + 2 * theme.space("small"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        radius = theme.space("tight")
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, radius, radius)
        small = theme.space("small")
        inside = self.rect().adjusted(small, small, -small, -small)
        name_colour = "text" if self.recent.exists else "muted"
        strong, little = theme.font(strong=True), theme.font("small")
        high = QFontMetrics(strong).height()
        first = QRect(inside.left(), inside.top(), inside.width(), high)
        second = QRect(inside.left(), first.bottom() + 1, inside.width(), inside.height() - high)
        count_colour = "muted" if self.recent.exists else "warning"
        for line, font, left, right, colours in (
            (first, strong, _displayed(self.recent.name), self.when, (name_colour, "muted")),
            (second, little, self.place, self.count, ("muted", count_colour)),
        ):
            painter.setFont(little)
            painter.setPen(theme.colour(colours[1]))
            painter.drawText(line, _RIGHT, right)
            taken = QFontMetrics(little).horizontalAdvance(right) + theme.space("large")
            painter.setFont(font)
            painter.setPen(theme.colour(colours[0]))
            room = max(0, line.width() - taken)
            text = QFontMetrics(font).elidedText(left, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(line.adjusted(0, 0, -taken, 0), _LEFT, text)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Scroll(QScrollArea):
    # As high as the first rows where there is space for them.

    _height = 0

    def set_rows(self, row_height: int, count: int) -> None:
        self._height = row_height * min(_VISIBLE_ROWS, count)
        self.setMaximumHeight(self._height)
        self.setMinimumHeight(row_height * min(2, count))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)


class RecentFolderList(QWidget):
    """The folders under a heading; hidden when there are none."""

    chosen = Signal(object)
    """The path of a folder to open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.buttons: list[RecentFolderButton] = []
        head = QLabel(self.tr("Recent"))
        head.setProperty("role", "muted")
        head.setFont(theme.font("small", strong=True))
        head.setContentsMargins(theme.space("small"), 0, 0, 0)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._scroll = _Scroll(widgetResizable=True)
        self._scroll.setWidget(inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        rows.addWidget(head)
        rows.addWidget(self._scroll)
        self.setMaximumWidth(28 * theme.space("wide"))
        theme.changed.connect(self.update)
        self.hide()

    def set_recent(self, recents: Sequence[RecentFolder]) -> None:
        """Show these folders, in this order."""
        for button in self.buttons:
            self._rows.removeWidget(button)
            delete_later(button)
        self.buttons = []
        for recent in recents:
            button = RecentFolderButton(recent, self._theme)
            button.clicked.connect(partial(self._choose, recent.path))
            self._rows.addWidget(button)
            self.buttons.append(button)
        if self.buttons:
            self._scroll.set_rows(self.buttons[0].sizeHint().height(), len(self.buttons))
        self.setVisible(bool(self.buttons))

    def _choose(self, path: Path, *_: object) -> None:
        self.chosen.emit(path)


class RecentFolderMenu(QMenu):
    """The recent folders except the open one; hidden when there are none."""

    chosen = Signal(object)
    """The path of a folder."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._recents: Sequence[RecentFolder] = ()
        self.setTitle(self.tr("Recent folders"))
        self.menuAction().setVisible(False)
        # Another folder is open before its project is, or without one.
        session.opened.connect(self._fill)

    def set_recent(self, recents: Sequence[RecentFolder]) -> None:
        """Show those of the folders that still exist, in this order."""
        self._recents = recents
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for recent in self._recents:
            if recent.exists and recent.path != self._session.root:
                action = self.addAction(without_mnemonic(_displayed(recent.name)))
                action.setToolTip(_displayed(recent.path))
                action.triggered.connect(partial(self._choose, recent.path))
        self.menuAction().setVisible(not self.isEmpty())

    def _choose(self, path: Path, *_: object) -> None:
        self.chosen.emit(path)


def _displayed(name: Path | str) -> str:
    # Bytes that are not UTF-8 are shown as question marks.
    return str(name).encode("utf-8", "replace").decode()
