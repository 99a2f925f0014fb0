"""Box editor: adds a cell to the shown field, or moves and resizes the box of the current cell.

The mouse draws or drags at once; the keyboard changes a draft that Enter takes over and Esc drops.
"""

import enum

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal

from gui.inspector.box_draft import BoxDraft, Grip

_KEY_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


BOX_KEYS = (*_KEY_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
"""The keys that change, take over or drop a draft."""


class EditMode(enum.Enum):
    """Action of the mouse and the arrow keys in the field."""

    LOOK = enum.auto()
    ADD = enum.auto()
    MOVE = enum.auto()


class BoxEditor(QObject):
    """The mode and the draft of one field view; all places are in pixels of the field."""

    changed = Signal()
    """The mode or the draft changed."""
    placed = Signal(QPointF)
    """A cell is to be added at a point; its box is found there."""
    drawn = Signal(QRectF)
    """A cell with this box is to be added."""
    moved = Signal(QRectF)
    """The box of the current cell is to be this."""
    ended = Signal()
    """Editing ended, so that the images take the keyboard again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode = EditMode.LOOK
        self.draft: BoxDraft | None = None
        self.grip = Grip.NONE
        """The part of the box that the running drag moves."""
        self._start: QPointF | None = None
        self._last = QPointF()

    def start_adding(self, draft: QRectF, field: QSizeF) -> None:
        """Begin to add a cell; `draft` is the box that the arrow keys move."""
        self._begin(EditMode.ADD, draft, field)

    def start_moving(self, box: QRectF, field: QSizeF) -> None:
        """Begin to move the box of the current cell."""
        self._begin(EditMode.MOVE, box, field)

    def stop(self) -> None:
        """Drop the draft."""
        self.mode, self.draft, self._start, self.grip = EditMode.LOOK, None, None, Grip.NONE
        self.changed.emit()

    def end(self) -> None:
        """Drop the draft, and give the keyboard back to the images."""
        self.stop()
        self.ended.emit()

    def press(self, position: QPointF, tolerance: float) -> bool:
        """Begin a drag; return False if it does not concern the draft."""
        if self.draft is None:
            return False
        if self.mode is EditMode.MOVE:
            self.grip = self.draft.grip_at(position, tolerance)
            if self.grip == Grip.NONE:
                return False
        self._start = self._last = position
        return True

    def drag(self, position: QPointF) -> None:
        """Continue the drag."""
        if self.draft is None or self._start is None:
            return
        if self.mode is EditMode.ADD:
            self.draft.span(self._start, position)
        else:
            self.draft.drag(self.grip, position.x() - self._last.x(), position.y() - self._last.y())
        self._last = position
        self.changed.emit()

    def release(self, *, was_click: bool) -> None:
        """End the drag and take the box over."""
        start, self._start = self._start, None
        if start is None:
            return
        if self.mode is EditMode.ADD and was_click:
            self.end()
            self.placed.emit(start)
        elif not was_click:
            self.take_over()

    def take_over(self) -> None:
        """Take the draft over as the box."""
        if self.draft is None:
            return
        mode, draft = self.mode, self.draft
        # The mode ends first: what the signals start shows another cell.
        self.end()
        if mode is EditMode.MOVE and draft.is_changed:
            self.moved.emit(draft.rectangle)
        elif mode is EditMode.ADD and draft.is_resized:
            self.drawn.emit(draft.rectangle)
        elif mode is EditMode.ADD:
            self.placed.emit(draft.rectangle.center())

    def press_key(self, key: int, step: float, *, resizes: bool) -> bool:
        """Handle a key; return False if it means nothing here. Shift and an arrow key resize."""
        if self.draft is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_over()
        elif key == Qt.Key.Key_Escape:
            self.end()
        elif key in _KEY_STEPS:
            x, y = _KEY_STEPS[Qt.Key(key)]
            grip = Grip.RIGHT | Grip.BOTTOM if resizes else Grip.ALL
            self.draft.drag(grip, x * step, y * step)
            self.changed.emit()
        else:
            return False
        return True

    def _begin(self, mode: EditMode, draft: QRectF, field: QSizeF) -> None:
        self.mode, self.draft = mode, BoxDraft(draft, field)
        self._start = None
        self.changed.emit()
