"""Field display: a field with the boxes of its cells in the colours of their classes, zoomed and panned."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.inspector.box_pens import BoxPens
from gui.inspector.field_boxes import FieldBox, FieldBoxes
from gui.inspector.field_loader import FieldLoader, ShownField
from gui.inspector.zoom_pan import ZoomPan
from gui.state.session import Session
from gui.theme import Theme

ZOOM_STEP = 1.25


class FieldDisplay(QWidget):
    """The field of the current cell, the box of that cell over the others; the wheel zooms.

    A subclass may leave boxes out and paint over them.
    """

    def __init__(self, session: Session, loader: FieldLoader, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._loader = loader
        self._theme = theme
        self._zoom_pan = ZoomPan()
        self._boxes = FieldBoxes(session, theme)
        self._field_path = ""
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
        current_path = self._current_path()
        for box in self._boxes.current_last(current_path):
            if not self._is_replaced(box):
                pens.draw_box(
                    self._zoom_pan.to_widget(box.rectangle),
                    box.colour,
                    removed=box.removed,
                    is_current=box.path == current_path,
                )
        self._paint_over(pens)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if steps := event.angleDelta().y() / 120:
            self._zoom_pan.zoom_by(ZOOM_STEP**steps, event.position())
            self.update()
        event.accept()

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

    def _is_replaced(self, box: FieldBox) -> bool:
        """Return whether something else is painted in the place of a box."""
        return False

    def _paint_over(self, pens: BoxPens) -> None:
        """Paint what is over the boxes."""

    def _box_at(self, position: QPointF) -> FieldBox | None:
        return self._boxes.smallest_at(self.to_field(position))

    def _current_path(self) -> str:
        current = self._session.current
        return current.path if current is not None else ""

    def _current_box(self) -> QRectF | None:
        box = self._boxes.find(self._current_path())
        return box.rectangle if box is not None else None

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
