"""Image view: the current image with its activation map, zoom at the pointer and pan by dragging."""

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

from gui.inspector.activation_overlay import ActivationOverlay
from gui.inspector.image_loader import ImageLoader
from gui.inspector.zoom_pan import ZoomPan
from gui.theme import Theme
from gui.words import to_sentence

_MIN_PIXELATED_SCALE = 2.0
_ZOOM_STEP = 1.25


class ImageView(QWidget):
    """Zoomable view of the current image; `zoom` 1 fits it into the widget.

    Keys: + and − zoom, Shift+arrows pan; all other keys are passed on.
    """

    zoomed = Signal()
    """The zoom, the visible part or the image has changed."""

    def __init__(self, image_loader: ImageLoader, heat: ActivationOverlay, theme: Theme) -> None:
        super().__init__()
        self._image_loader = image_loader
        self._heat = heat
        self._theme = theme
        self._zoom_pan = ZoomPan()
        self._drag_position: QPointF | None = None
        self._path: str | None = None
        self._reduced: tuple[int, int, QImage] | None = None
        self.keeps_zoom = False
        """True if the next image keeps the current zoom; otherwise it fits."""
        self.setAccessibleName(self.tr("Image"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(6 * theme.space("wide"))
        image_loader.changed.connect(self._show_image)
        heat.changed.connect(self.update)
        theme.changed.connect(self.update)
        self._show_image()

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    @property
    def zoom(self) -> float:
        """The zoom factor relative to fitting."""
        return self._zoom_pan.zoom

    @property
    def scale(self) -> float:
        """Screen pixels per image pixel."""
        return self._zoom_pan.scale

    @property
    def image_size(self) -> QSize:
        """The image size in image pixels, empty without an image."""
        return self._zoom_pan.image_size

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom by a factor around a point of the widget, by default its centre."""
        self._zoom_pan.zoom_by(factor, anchor)
        self._update_view()

    def zoom_in(self) -> None:
        """Zoom in by one step."""
        self.zoom_by(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out by one step."""
        self.zoom_by(1 / _ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole image."""
        self._zoom_pan.fit()
        self._update_view()

    def one_to_one(self) -> None:
        """Show one image pixel per screen pixel (100%)."""
        self.zoom_by(1 / self.scale)

    def toggle(self, anchor: QPointF | None = None) -> None:
        """Switch between fitting and a larger whole-number scale."""
        self._zoom_pan.toggle(anchor)
        self._update_view()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surround"))
        image = self._image_loader.image
        if image is None or self._zoom_pan.is_empty:
            self._paint_problem(painter)
            return
        frame = self._zoom_pan.frame
        # Show sharp pixel edges when zoomed in, but not those of a thumbnail.
        pixelated = (
            self.scale > _MIN_PIXELATED_SCALE
            and self.zoom != 1
            and self._image_loader.size is not None
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not pixelated)
        image = self._reduce(image, frame.width() * self.devicePixelRatioF())
        painter.drawImage(frame, image, QRectF(image.rect()))
        layer: QImage | None = self._heat.layer
        if layer is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(self._heat.opacity)
            painter.drawImage(frame, layer, QRectF(layer.rect()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if steps := event.angleDelta().y() / 120:
            self.zoom_by(_ZOOM_STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._zoom_pan.overflows:
            self._drag_position = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_position is not None:
            self._pan(self._drag_position - event.position())
            self._drag_position = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag_position = None
        self._update_view()

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
            self.zoom_in()
        elif event.text() == "-":
            self.zoom_out()
        elif shift and event.key() in pans:
            self._pan(pans[Qt.Key(event.key())])
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_frame()

    def _paint_problem(self, painter: QPainter) -> None:
        if self._image_loader.problem is None:
            return
        inset = self._theme.space("wide")
        painter.setPen(self._theme.colour("text"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(
            self.rect().adjusted(inset, inset, -inset, -inset),
            flags,
            to_sentence(self._image_loader.problem),
        )

    def _reduce(self, image: QImage, width: float) -> QImage:
        # The painter interpolates four pixels only: halve much larger images first to avoid aliasing.
        halvings = 0
        while image.width() >> (halvings + 1) >= width:
            halvings += 1
        if not halvings:
            return image
        key = (image.cacheKey(), halvings)
        if self._reduced is None or self._reduced[:2] != key:
            reduced = image.scaled(
                max(1, image.width() >> halvings),
                max(1, image.height() >> halvings),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._reduced = (*key, reduced)
        return self._reduced[2]

    def _show_image(self) -> None:
        if self._image_loader.path != self._path:
            self._path = self._image_loader.path
            self._drag_position = None
            if not self.keeps_zoom:
                self._zoom_pan.zoom = 1.0
        self._zoom_pan.image_size = self._determine_image_size()
        self._resize_frame()

    def _determine_image_size(self) -> QSize:
        image, full_size = self._image_loader.image, self._image_loader.size
        if full_size is not None or image is None:
            return full_size or QSize()
        # The thumbnail stands in until the full size is known. Guess the size of the previous image, since
        # most images of a folder have the same size, to avoid a jump.
        expected = self._zoom_pan.image_size
        difference = (
            expected.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio) - image.size()
        )
        matches = abs(difference.width()) <= 1 and abs(difference.height()) <= 1
        return expected if matches and not expected.isEmpty() else image.size()

    def _pan(self, offset: QPointF) -> None:
        self._zoom_pan.pan(offset)
        self._update_view()

    def _resize_frame(self) -> None:
        self._zoom_pan.widget_size = QSizeF(self.size())
        self._zoom_pan.ratio = self.devicePixelRatioF()
        self._zoom_pan.clamp()
        self._update_view()

    def _update_view(self) -> None:
        if self._drag_position is None:
            overflows = self._zoom_pan.overflows
            self.setCursor(
                Qt.CursorShape.OpenHandCursor if overflows else Qt.CursorShape.ArrowCursor
            )
        self.update()
        self.zoomed.emit()
