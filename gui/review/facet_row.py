"""Facet row: one filter with its class badge, text and number of images."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton

from engine.project.decisions import NOT_CLASSED
from gui.gallery.bands import UNKNOWN_KEY
from gui.gallery.delegate import paint_class_letter
from gui.gallery.drag_data import IMAGES_MIME_TYPE, paths_from_mime_data
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.click_focus import leave_keyboard_on_click
from gui.words import number

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FacetRow(QAbstractButton):
    """A facet: class badge, text and number of images."""

    isolated = Signal()
    """Only this facet is to be shown."""
    stepped = Signal(int)
    dropped = Signal(object)
    """Paths of images dropped on a class."""

    def __init__(self, group: str, key: str, theme: Theme, session: Session) -> None:
        super().__init__()
        self.facet_group, self.key = group, key
        self._theme = theme
        self._session = session
        self._count = 0
        self._is_drop_target = False
        self.setCheckable(True)
        self._has_class = bool(key) and key not in (NOT_CLASSED, UNKNOWN_KEY)
        self.setAcceptDrops(group == "class" and key not in ("", UNKNOWN_KEY))
        leave_keyboard_on_click(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumWidth(6 * theme.space("wide"))

    def show_count(self, text: str, count: int, explanation: str = "") -> None:
        """Set the text, the count, and what the tooltip says of them."""
        self._count = count
        self.setText(text)
        self.setToolTip("\n".join(filter(None, (text, explanation))))
        self.setAccessibleName(f"{text}: {number(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._theme.font()).height()
        return QSize(8 * self._theme.space("wide"), line + 2 * self._theme.space("tight"))

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        background = "accent_soft" if self.isChecked() or self._is_drop_target else "hover"
        if self.isChecked() or self._is_drop_target or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(background))
            painter.drawRoundedRect(box, theme.space("tight"), theme.space("tight"))
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.space("tight"), theme.space("tight"))
        left = theme.space("small")
        if self.facet_group in ("class", "folder") and self._has_class:
            edge = QFontMetrics(theme.font("small")).height()
            chip = QRect(left, (self.height() - edge) // 2, edge, edge)
            paint_class_letter(painter, theme, self._session.class_styles.find(self.key), chip)
            left = chip.right() + theme.space("small")
        painter.setFont(theme.font(strong=self.isChecked()))
        metrics, right = painter.fontMetrics(), self.width() - theme.space("small")
        count = number(self._count)
        room = QRect(left, 0, right - left, self.height())
        painter.setPen(theme.colour("muted" if not self.isChecked() else "text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room.setRight(right - metrics.horizontalAdvance(count) - theme.space("small"))
        painter.setPen(theme.colour("text" if self._count else "muted"))
        elided = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.isolated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.isolated.emit()
        elif event.key() in _STEPS:
            # By default a button moves the focus only within its group.
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(IMAGES_MIME_TYPE):
            event.acceptProposedAction()
            self._set_drop_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_drop_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_drop_target(False)
        event.acceptProposedAction()
        self.dropped.emit(paths_from_mime_data(event.mimeData()))

    def _set_drop_target(self, target: bool) -> None:
        self._is_drop_target = target
        self.update()
