"""Field view: the field of the current cell, in which cells are picked, added, moved and resized."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent

from gui.inspector.box_draft import cursor_of
from gui.inspector.box_editor import BOX_KEYS, BoxEditor, EditMode
from gui.inspector.box_pens import BoxPens
from gui.inspector.field_boxes import FieldBox
from gui.inspector.field_display import ZOOM_STEP, FieldDisplay
from gui.inspector.field_loader import FieldLoader
from gui.state.session import Session
from gui.theme import Theme

_DRAG_DISTANCE = 4.0  # pixels; a shorter movement is a click
_GRIP = 6.0  # pixels at the edge of a box by which it is resized
_KEY_STEP = 2.0  # pixels
_DRAFT_SHARE = 1 / 7  # of the shorter edge: a box where there is none to take the size from
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class FieldView(FieldDisplay):
    """Field display with mouse and keyboard: dragging pans, a double click fits or enlarges.

    Its `editor` adds a cell, or moves the box of the current one.
    """

    picked = Signal(object)
    """The path of a cell whose box was clicked."""

    def __init__(self, session: Session, loader: FieldLoader, theme: Theme) -> None:
        super().__init__(session, loader, theme)
        self._press: QPointF | None = None
        self._is_dragging = False
        self.is_editable = True
        """False while no box can be stored."""
        self._is_editing = False
        """True while a drag draws or moves a box."""
        self.editor = BoxEditor(self)
        self.editor.changed.connect(self._show_draft)
        session.current_changed.connect(self._stop_editing)
        session.opened.connect(self.editor.stop)
        self._edited_path = ""
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Field"))

    def start_adding(self) -> None:
        """Let the person add a cell: by a click, a drag, or the keyboard."""
        field = self.field
        if field is None or field.image.isNull() or not self.is_editable:
            return
        size = QSizeF(field.image.size())
        box = self._current_box()
        edge = _DRAFT_SHARE * min(size.width(), size.height())
        draft = QRectF(QPointF(), box.size() if box else QSizeF(edge, edge))
        draft.moveCenter(self.to_field(QRectF(self.rect()).center()))
        self._start_editing()
        self.editor.start_adding(draft, size)

    def start_moving(self) -> None:
        """Let the person move or resize the box of the current cell."""
        box, field = self._current_box(), self.field
        if box is not None and field is not None and self.is_editable:
            self._start_editing()
            self.editor.start_moving(box, QSizeF(field.image.size()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._press, self._is_dragging = event.position(), False
        is_looking = self.editor.mode is EditMode.LOOK
        if is_looking and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.start_adding()
        self._is_editing = self.editor.press(self.to_field(event.position()), self._grip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            self._show_cursor(event.position())
            return
        offset = self._press - event.position()
        if self._is_dragging or offset.manhattanLength() > _DRAG_DISTANCE:
            self._is_dragging = True
            if self._is_editing:
                self.editor.drag(self.to_field(event.position()))
                return
            self._zoom_pan.pan(offset)
            self._press = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        was_click = self._press is not None and not self._is_dragging
        self._press, self._is_dragging = None, False
        is_editing, self._is_editing = self._is_editing, False
        box = self._box_at(event.position()) if was_click else None
        # A click on a cell that is there already goes to it, so that none is added twice.
        if is_editing and (box is None or self.editor.mode is EditMode.MOVE):
            self.editor.release(was_click=was_click)
        elif box is not None:
            if is_editing:
                self.editor.end()
            self.picked.emit(box.path)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self.editor.mode is not EditMode.LOOK:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._zoom_pan.toggle(event.position())
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = max(1.0, round(_KEY_STEP / self._zoom_pan.pixel_size))
        resizes = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ZOOM_KEYS:
            draft = self.editor.draft
            anchor = self._zoom_pan.to_widget(draft.rectangle).center() if draft else None
            self._zoom_pan.zoom_by(ZOOM_STEP ** _ZOOM_KEYS[Qt.Key(event.key())], anchor)
            self.update()
        elif not self.editor.press_key(event.key(), step, resizes=resizes):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.editor.stop()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and self.editor.mode is not EditMode.LOOK
            and isinstance(event, QKeyEvent)
            and event.key() in (*BOX_KEYS, *_ZOOM_KEYS)
        ):
            event.accept()  # Claimed before the shortcuts of the window, such as Esc.
            return True
        return super().event(event)

    def _is_replaced(self, box: FieldBox) -> bool:
        # While the current cell's box is moved, the draft is in its place.
        return self.editor.mode is EditMode.MOVE and box.path == self._current_path()

    def _paint_over(self, pens: BoxPens) -> None:
        if self.editor.draft is not None:
            rectangle = self._zoom_pan.to_widget(self.editor.draft.rectangle)
            pens.draw_draft(rectangle, has_handles=self.editor.mode is EditMode.MOVE)

    @property
    def _grip(self) -> float:
        return _GRIP / self._zoom_pan.pixel_size

    def _start_editing(self) -> None:
        self._edited_path = self._current_path()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _stop_editing(self) -> None:
        # Also emitted when only the state of the current cell changed.
        current = self._session.current
        if self.editor.draft and (current is None or current.path != self._edited_path):
            self.editor.stop()

    def _show_draft(self) -> None:
        self._show_cursor(QPointF(self.mapFromGlobal(QCursor.pos())))
        self.update()

    def _show_cursor(self, position: QPointF) -> None:
        draft = self.editor.draft
        if self.editor.mode is EditMode.ADD:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif draft is not None:
            grip = self.editor.grip or draft.grip_at(self.to_field(position), self._grip)
            self.setCursor(cursor_of(grip))
        else:
            self.unsetCursor()
