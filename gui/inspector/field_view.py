"""Field view: the field of the current cell with the boxes of its cells, in the colours of their classes."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.inspector.box_draft import cursor_of
from gui.inspector.box_editor import BOX_KEYS, BoxEditor, EditMode
from gui.inspector.box_pens import BoxPens
from gui.inspector.field_boxes import FieldBox, FieldBoxes
from gui.inspector.field_loader import FieldLoader, ShownField
from gui.inspector.zoom_pan import ZoomPan
from gui.state.session import Session
from gui.theme import Theme

_ZOOM_STEP = 1.25
_DRAG_DISTANCE = 4.0  # pixels; a shorter movement is a click
_GRIP = 6.0  # pixels at the edge of a box by which it is resized
_KEY_STEP = 2.0  # pixels
_DRAFT_SHARE = 1 / 7  # of the shorter edge: a box where there is none to take the size from
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class FieldView(QWidget):
    """Zoomable view of a field: the wheel zooms, dragging pans, a double click fits or enlarges.

    Its `editor` adds a cell, or moves the box of the current one.
    """

    picked = Signal(object)
    """The path of a cell whose box was clicked."""

    def __init__(self, session: Session, loader: FieldLoader, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._loader = loader
        self._theme = theme
        self._zoom_pan = ZoomPan()
        self._boxes = FieldBoxes(session, theme)
        self._field_path = ""
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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for signal in (
            loader.changed,
            session.current_changed,
            session.updated,
            session.decided,
            session.classes_changed,
            session.model_changed,
            theme.changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        field = self._loader.field
        if field is None or field.image.isNull():
            return round(0.75 * width)
        size: QSize = field.image.size()
        return min(width, round(width * size.height() / size.width()))

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    @property
    def field(self) -> ShownField | None:
        """The field that is shown."""
        return self._loader.field

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

    @property
    def box_paths(self) -> list[str]:
        """The paths of the cells whose boxes are shown."""
        return self._boxes.paths

    def box_centre(self, path: str) -> QPointF:
        """Return the centre of a cell's box, in the widget."""
        box = self._boxes.find(path)
        return self._zoom_pan.to_widget(box.rectangle).center() if box else QPointF()

    def to_widget(self, position: QPointF) -> QPointF:
        """Return where a point of the field is in the widget."""
        return self._zoom_pan.to_widget(QRectF(position, QSizeF(0, 0))).topLeft()

    def to_field(self, position: QPointF) -> QPointF:
        """Return the point of the field at a position of the widget."""
        return self._zoom_pan.to_image(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surround"))
        field = self._loader.field
        if field is None or self._zoom_pan.is_empty:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._zoom_pan.frame, field.image, QRectF(field.image.rect()))
        pens = BoxPens(painter, self._theme)
        current = self._session.current
        current_path = current.path if current is not None else ""
        is_moving = self.editor.mode is EditMode.MOVE
        # While the current cell's box is moved, the draft is in its place.
        for box in self._boxes.current_last(current_path):
            is_current = box.path == current_path
            if not (is_current and is_moving):
                rectangle = self._zoom_pan.to_widget(box.rectangle)
                pens.draw_box(rectangle, box.colour, removed=box.removed, is_current=is_current)
        if self.editor.draft is not None:
            pens.draw_draft(
                self._zoom_pan.to_widget(self.editor.draft.rectangle), has_handles=is_moving
            )

    def wheelEvent(self, event: QWheelEvent) -> None:
        if steps := event.angleDelta().y() / 120:
            self._zoom_pan.zoom_by(_ZOOM_STEP**steps, event.position())
            self.update()
        event.accept()

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
            self._zoom_pan.zoom_by(_ZOOM_STEP ** _ZOOM_KEYS[Qt.Key(event.key())], anchor)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._zoom_pan.widget_size = QSizeF(self.size())
        self._zoom_pan.ratio = self.devicePixelRatioF()
        self._zoom_pan.clamp()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self._box_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), box.name if box else "", self)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and self.editor.mode is not EditMode.LOOK
            and isinstance(event, QKeyEvent)
            and event.key() in (*BOX_KEYS, *_ZOOM_KEYS)
        ):
            event.accept()  # Claimed before the shortcuts of the window, such as Esc.
            return True
        return super().event(event)

    def _box_at(self, position: QPointF) -> FieldBox | None:
        return self._boxes.smallest_at(self.to_field(position))

    @property
    def _grip(self) -> float:
        return _GRIP / self._zoom_pan.pixel_size

    def _current_box(self) -> QRectF | None:
        current = self._session.current
        if current is None:
            return None
        box = self._boxes.find(current.path)
        return box.rectangle if box is not None else None

    def _start_editing(self) -> None:
        current = self._session.current
        self._edited_path = current.path if current is not None else ""
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

    def _refresh(self) -> None:
        field = self._loader.field
        self._boxes.update(field.path if field is not None else None)
        if field is None or self._session.table is None:
            self.update()
            return
        if field.path != self._field_path:
            self._field_path = field.path
            self._zoom_pan.image_size = field.image.size()
            self._zoom_pan.fit()
            self.updateGeometry()
        self.update()
