"""The large image with its heat: fits by itself, zooms at the pointer, pans by dragging."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.inspector.heat import Heat
from gui.pictures import Pictures
from gui.theme import Theme
from gui.words import say

_MOST = 32.0
_STEP = 1.25


class ImageView(QWidget):
    """Shows the current picture; `zoom` 1 fits it into the widget."""

    zoomed = Signal()

    def __init__(self, pictures: Pictures, heat: Heat, theme: Theme) -> None:
        super().__init__()
        self._pictures = pictures
        self._heat = heat
        self._theme = theme
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)
        self._held: QPointF | None = None
        self._ratio = 0.0
        self.setAccessibleName(self.tr("Image"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(8 * theme.space("wide"))
        pictures.changed.connect(self._renew)
        heat.changed.connect(self.update)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    @property
    def zoom(self) -> float:
        """How many times larger than fitting."""
        return self._zoom

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, keeping what lies at a point of the widget where it is."""
        frame = self._frame()
        if frame is None:
            return
        at = at or QPointF(self.rect().center())
        under = QPointF((at.x() - frame.x()) / frame.width(), (at.y() - frame.y()) / frame.height())
        self._zoom = max(1.0, min(_MOST, self._zoom * factor))
        size = self._fitted() * self._zoom
        middle = QPointF(self.width() / 2, self.height() / 2)
        self._centre = QPointF(
            under.x() - (at.x() - middle.x()) / size.width(),
            under.y() - (at.y() - middle.y()) / size.height(),
        )
        self._settle()

    def fit(self) -> None:
        """Show the whole image."""
        self._zoom = 1.0
        self._settle()

    def one_to_one(self) -> None:
        """Show one pixel of the image as one pixel of the screen."""
        image = self._pictures.image
        if image is not None:
            natural = image.width() / self.devicePixelRatioF()
            self.zoom_by(natural / self._fitted().width() / self._zoom)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surround"))
        image, frame = self._pictures.image, self._frame()
        if image is None or frame is None:
            self._paint_words(painter)
            return
        large = frame.width() * self.devicePixelRatioF() > 4 * image.width()
        # Far in, pixels are shown as they are.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not large)
        painter.drawImage(frame, image, QRectF(image.rect()))
        layer: QImage | None = self._heat.image
        if layer is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(self._heat.opacity)
            painter.drawImage(frame, layer, QRectF(layer.rect()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if steps := event.angleDelta().y() / 120:
            self.zoom_by(_STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._zoom > 1:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._pan(self._held - event.position())
            self._held = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self._settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zoom > 1:
            self.fit()
        else:
            self.zoom_by(3.0, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0.1 * min(self.width(), self.height())
        pans = {
            Qt.Key.Key_Left: QPointF(-step, 0),
            Qt.Key.Key_Right: QPointF(step, 0),
            Qt.Key.Key_Up: QPointF(0, -step),
            Qt.Key.Key_Down: QPointF(0, step),
        }
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        elif event.key() in pans and self._zoom > 1:
            self._pan(pans[Qt.Key(event.key())])
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()

    def _paint_words(self, painter: QPainter) -> None:
        if self._pictures.problem is None:
            return
        inset = self._theme.space("wide")
        painter.setPen(self._theme.colour("text"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(
            self.rect().adjusted(inset, inset, -inset, -inset), flags, say(self._pictures.problem)
        )

    def _renew(self) -> None:
        # The thumbnail and the whole picture are the same image; another aspect is another image.
        if self._pictures.size is None:
            self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self._settle()

    def _pan(self, pixels: QPointF) -> None:
        size = self._fitted() * self._zoom
        self._centre += QPointF(pixels.x() / size.width(), pixels.y() / size.height())
        self._settle()

    def _settle(self) -> None:
        # No further than to the image's edges.
        size = self._fitted() * self._zoom
        for axis, whole, room in (
            ("X", size.width(), self.width()),
            ("Y", size.height(), self.height()),
        ):
            half = room / 2 / whole if whole > room else 0.5
            value = getattr(self._centre, axis.lower())()
            getattr(self._centre, f"set{axis}")(max(half, min(1 - half, value)))
        if self._held is None:
            open_hand = (
                Qt.CursorShape.OpenHandCursor if self._zoom > 1 else Qt.CursorShape.ArrowCursor
            )
            self.setCursor(open_hand)
        self.update()
        self.zoomed.emit()

    def _fitted(self) -> QSize:
        image = self._pictures.image
        room = self.size()
        if image is None or room.isEmpty():
            return QSize(1, 1)
        return image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def _frame(self) -> QRectF | None:
        if self._pictures.image is None:
            return None
        size = self._fitted() * self._zoom
        return QRectF(
            self.width() / 2 - self._centre.x() * size.width(),
            self.height() / 2 - self._centre.y() * size.height(),
            size.width(),
            size.height(),
        )
