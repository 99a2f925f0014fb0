"""The large image with its heat: fits by itself, zooms at the pointer, pans by dragging."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
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

from gui.inspector.framing import Framing
from gui.inspector.heat import Heat
from gui.pictures import Pictures
from gui.theme import Theme
from gui.words import say

_PIXELS_SHOW = 2.0
_STEP = 1.25


class ImageView(QWidget):
    """Shows the current picture; `zoom` 1 fits it into the widget.

    The keyboard zooms with + and −, and pans with Shift and the arrows; all other keys go on.
    """

    zoomed = Signal()
    """What is seen of the image, or the image, has changed."""

    def __init__(self, pictures: Pictures, heat: Heat, theme: Theme) -> None:
        super().__init__()
        self._pictures = pictures
        self._heat = heat
        self._theme = theme
        self._framing = Framing()
        self._held: QPointF | None = None
        self._path: str | None = None
        self._reduced: tuple[int, int, QImage] | None = None
        self.keeps_zoom = False
        """Whether the next image is seen as closely as this one; else it fits."""
        self.setAccessibleName(self.tr("Image"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(6 * theme.space("wide"))
        pictures.changed.connect(self._renew)
        heat.changed.connect(self.update)
        theme.changed.connect(self.update)
        self._renew()

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    @property
    def zoom(self) -> float:
        """How many times larger than fitting."""
        return self._framing.zoom

    @property
    def scale(self) -> float:
        """How many pixels of the screen a pixel of the image takes."""
        return self._framing.scale

    @property
    def natural(self) -> QSize:
        """The image's size in its own pixels, empty without an image."""
        return self._framing.natural

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, keeping what lies at a point of the widget where it is."""
        self._framing.zoom_by(factor, at)
        self._settled()

    def closer(self) -> None:
        """Zoom in by one step."""
        self.zoom_by(_STEP)

    def farther(self) -> None:
        """Zoom out by one step."""
        self.zoom_by(1 / _STEP)

    def fit(self) -> None:
        """Show the whole image."""
        self._framing.fit()
        self._settled()

    def one_to_one(self) -> None:
        """Show one pixel of the image as one pixel of the screen."""
        self.zoom_by(1 / self.scale)

    def toggle(self, at: QPointF | None = None) -> None:
        """Go from fitting to 100%, or to as much closer as makes a difference; else to fitting."""
        self._framing.toggle(at)
        self._settled()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surround"))
        image = self._pictures.image
        if image is None or self._framing.empty:
            self._paint_words(painter)
            return
        frame = self._framing.frame
        # Close up, pixels are shown as they are; a thumbnail's are nobody's.
        close = self.scale > _PIXELS_SHOW and self.zoom != 1 and self._pictures.size is not None
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not close)
        image = self._reduce(image, frame.width() * self.devicePixelRatioF())
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
        if event.button() == Qt.MouseButton.LeftButton and self._framing.beyond:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._pan(self._held - event.position())
            self._held = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self._settled()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0.1 * min(self.width(), self.height())
        pans = {
            Qt.Key.Key_Left: QPointF(-step, 0),
            Qt.Key.Key_Right: QPointF(step, 0),
            Qt.Key.Key_Up: QPointF(0, -step),
            Qt.Key.Key_Down: QPointF(0, step),
        }
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.text() in ("+", "="):
            self.closer()
        elif event.text() == "-":
            self.farther()
        elif shift and event.key() in pans:
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

    def _reduce(self, image: QImage, width: float) -> QImage:
        # The painter looks at four neighbours only: what is far larger is halved first, or fine
        # structure would flicker while zooming.
        halvings = 0
        while image.width() >> (halvings + 1) >= width:
            halvings += 1
        if not halvings:
            return image
        key = (image.cacheKey(), halvings)
        if self._reduced is None or self._reduced[:2] != key:
            small = image.scaled(
                max(1, image.width() >> halvings),
                max(1, image.height() >> halvings),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._reduced = (*key, small)
        return self._reduced[2]

    def _renew(self) -> None:
        if self._pictures.path != self._path:
            self._path = self._pictures.path
            self._held = None
            if not self.keeps_zoom:
                self._framing.zoom = 1.0
        self._framing.natural = self._measure()
        self._settle()

    def _measure(self) -> QSize:
        image, whole = self._pictures.image, self._pictures.size
        if whole is not None or image is None:
            return whole or QSize()
        # A thumbnail stands for a picture of a size not yet known. Images of a folder mostly are of one
        # size, and with the right guess nothing jumps when the picture is there.
        guess = self._framing.natural
        off = guess.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio) - image.size()
        same = abs(off.width()) <= 1 and abs(off.height()) <= 1
        return guess if same and not guess.isEmpty() else image.size()

    def _pan(self, by: QPointF) -> None:
        self._framing.pan(by)
        self._settled()

    def _settle(self) -> None:
        self._framing.room = QSizeF(self.size())
        self._framing.ratio = self.devicePixelRatioF()
        self._framing.settle()
        self._settled()

    def _settled(self) -> None:
        if self._held is None:
            beyond = self._framing.beyond
            self.setCursor(Qt.CursorShape.OpenHandCursor if beyond else Qt.CursorShape.ArrowCursor)
        self.update()
        self.zoomed.emit()
