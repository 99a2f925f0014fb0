"""Field view: the field of the current cell with the boxes of its cells, in the colours of their classes."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.fields.cell_path import split_cell_path
from gui.inspector.field_loader import FieldLoader
from gui.inspector.zoom_pan import ZoomPan
from gui.state.session import Session
from gui.theme import Theme

_ZOOM_STEP = 1.25
_DRAG_DISTANCE = 4.0  # pixels; a shorter movement is a click


class _Box(NamedTuple):
    path: str
    rectangle: QRectF
    colour: QColor
    name: str
    removed: bool


class FieldView(QWidget):
    """Zoomable view of a field: the wheel zooms, dragging pans, a double click fits or enlarges."""

    picked = Signal(object)
    """The path of a cell whose box was clicked."""

    def __init__(self, session: Session, loader: FieldLoader, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._loader = loader
        self._theme = theme
        self._zoom_pan = ZoomPan()
        self._boxes: list[_Box] = []
        self._field_path = ""
        self._press: QPointF | None = None
        self._is_dragging = False
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
    def box_paths(self) -> list[str]:
        """The paths of the cells whose boxes are shown."""
        return [box.path for box in self._boxes]

    def box_centre(self, path: str) -> QPointF:
        """Return the centre of a cell's box, in the widget."""
        box = next(box for box in self._boxes if box.path == path)
        return self._to_widget(box.rectangle).center()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surround"))
        field = self._loader.field
        if field is None or self._zoom_pan.is_empty:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._zoom_pan.frame, field.image, QRectF(field.image.rect()))
        current = self._session.current
        line = self._theme.space("hair")
        current_path = current.path if current is not None else ""
        # The current cell's box last, over the others.
        for box in sorted(self._boxes, key=lambda box: box.path == current_path):
            is_current = box.path == current_path
            rectangle = self._to_widget(box.rectangle)
            pen = QPen(self._theme.colour("raised"), (4 if is_current else 2) * line)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            if is_current:
                painter.setPen(pen)
                painter.drawRect(rectangle)
            pen.setColor(box.colour)
            pen.setWidthF(2 * line)
            pen.setStyle(Qt.PenStyle.DotLine if box.removed else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawRect(rectangle)
            if is_current:
                gap = 3 * line
                painter.setPen(QPen(self._theme.colour("accent"), 2 * line))
                painter.drawRect(rectangle.adjusted(-gap, -gap, gap, gap))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if steps := event.angleDelta().y() / 120:
            self._zoom_pan.zoom_by(_ZOOM_STEP**steps, event.position())
            self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press, self._is_dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        offset = self._press - event.position()
        if self._is_dragging or offset.manhattanLength() > _DRAG_DISTANCE:
            self._is_dragging = True
            self._zoom_pan.pan(offset)
            self._press = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._press is not None and not self._is_dragging
        self._press, self._is_dragging = None, False
        box = self._box_at(event.position()) if was_click else None
        if box is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(box.path)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if event.button() == Qt.MouseButton.LeftButton:
            self._zoom_pan.toggle(event.position())
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._zoom_pan.widget_size = QSizeF(self.size())
        self._zoom_pan.ratio = self.devicePixelRatioF()
        self._zoom_pan.clamp()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self._box_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), box.name if box else "", self)
            return True
        return super().event(event)

    def _box_at(self, position: QPointF) -> _Box | None:
        """Return the smallest box at a position, so that a platelet on a cell can be clicked."""
        hit = [box for box in self._boxes if self._to_widget(box.rectangle).contains(position)]
        return min(
            hit, key=lambda box: box.rectangle.width() * box.rectangle.height(), default=None
        )

    def _to_widget(self, rectangle: QRectF) -> QRectF:
        frame, scale = self._zoom_pan.frame, self._zoom_pan.scale / self._zoom_pan.ratio
        return QRectF(
            frame.x() + rectangle.x() * scale,
            frame.y() + rectangle.y() * scale,
            rectangle.width() * scale,
            rectangle.height() * scale,
        )

    def _refresh(self) -> None:
        field = self._loader.field
        self._boxes = []
        if field is None:
            self.update()
            return
        for path in field.cell_paths:
            item, parts = self._session.item(path), split_cell_path(path)
            if item is None or parts is None:
                continue
            class_id = item.effective_class
            style = self._session.class_styles.find(class_id) if class_id else None
            colour = QColor(style.colour) if style else self._theme.colour("muted")
            name = style.name if style else ""
            self._boxes.append(_Box(path, QRectF(*parts[1]), colour, name, item.removed))
        if field.path != self._field_path:
            self._field_path = field.path
            self._zoom_pan.image_size = field.image.size()
            self._zoom_pan.fit()
            self.updateGeometry()
        self.update()
