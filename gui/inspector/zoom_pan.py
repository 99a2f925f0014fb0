"""Zoom and pan geometry: position and scale of an image in a widget."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

_MAX_SCALE = 32.0
# Below this factor an image is shown at 100% instead of enlarged to fit: enlarging so little only blurs it.
_MIN_ENLARGEMENT = 1.25


class ZoomPan:
    """Zoom and pan state of one image; `zoom` 1 fits it into the widget.

    `image_size` is in image pixels, `widget_size` in device-independent pixels, `ratio` is the device pixel
    ratio, and `scale` is screen pixels per image pixel.
    """

    def __init__(self) -> None:
        self.image_size = QSize()
        self.widget_size = QSizeF()
        self.ratio = 1.0
        self.zoom = 1.0
        self._centre = QPointF(0.5, 0.5)

    @property
    def is_empty(self) -> bool:
        """True if the image or the widget has no area."""
        return self.image_size.isEmpty() or self.widget_size.isEmpty()

    @property
    def fit_scale(self) -> float:
        """The scale at which the whole image fits; slightly smaller images stay at 1."""
        if self.is_empty:
            return 1.0
        available = self.widget_size * self.ratio
        scale = min(
            available.width() / self.image_size.width(),
            available.height() / self.image_size.height(),
        )
        return 1.0 if 1.0 < scale <= _MIN_ENLARGEMENT else scale

    @property
    def scale(self) -> float:
        """The current scale."""
        return self.fit_scale * self.zoom

    @property
    def size(self) -> QSizeF:
        """The displayed size of the whole image, in device-independent pixels."""
        return (
            QSizeF(1, 1) if self.is_empty else QSizeF(self.image_size) * (self.scale / self.ratio)
        )

    @property
    def frame(self) -> QRectF:
        """The rectangle of the whole image in widget coordinates."""
        size = self.size
        left = self.widget_size.width() / 2 - self._centre.x() * size.width()
        top = self.widget_size.height() / 2 - self._centre.y() * size.height()
        return QRectF(QPointF(left, top), size)

    @property
    def pixel_size(self) -> float:
        """The size of an image pixel, in device-independent pixels."""
        return self.scale / self.ratio

    def to_widget(self, rectangle: QRectF) -> QRectF:
        """Return a rectangle of the image in widget coordinates."""
        frame, size = self.frame, self.pixel_size
        return QRectF(
            frame.x() + rectangle.x() * size,
            frame.y() + rectangle.y() * size,
            rectangle.width() * size,
            rectangle.height() * size,
        )

    def to_image(self, position: QPointF) -> QPointF:
        """Return the point of the image at a position of the widget."""
        return (position - self.frame.topLeft()) / self.pixel_size

    @property
    def overflows(self) -> bool:
        """True if parts of the image are outside the widget."""
        size = self.size
        overflows = (
            size.width() > self.widget_size.width() + 1
            or size.height() > self.widget_size.height() + 1
        )
        return overflows and not self.is_empty

    def fit(self) -> None:
        """Show the whole image."""
        self.zoom = 1.0
        self.clamp()

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom by a factor around a point of the widget, by default its centre.

        The lower limit is the smaller of 100% and fitting.
        """
        if self.is_empty:
            return
        centre = QPointF(self.widget_size.width() / 2, self.widget_size.height() / 2)
        anchor = anchor or centre
        frame = self.frame
        anchor_in_image = QPointF(
            (anchor.x() - frame.x()) / frame.width(), (anchor.y() - frame.y()) / frame.height()
        )
        one_to_one = 1 / self.fit_scale
        minimum, maximum = min(1.0, one_to_one), max(1.0, _MAX_SCALE * one_to_one)
        self.zoom = max(minimum, min(maximum, self.zoom * factor))
        size = self.size
        self._centre = QPointF(
            anchor_in_image.x() - (anchor.x() - centre.x()) / size.width(),
            anchor_in_image.y() - (anchor.y() - centre.y()) / size.height(),
        )
        self.clamp()

    def toggle(self, anchor: QPointF | None = None) -> None:
        """Switch between fitting and a larger whole-number scale (100%, or more if that changes little)."""
        if self.zoom != 1:
            self.fit()
            return
        scale = 1.0
        while scale < 1.5 * self.scale:
            scale *= 2
        self.zoom_by(scale / self.scale, anchor)

    def pan(self, offset: QPointF) -> None:
        """Move the visible part by an offset in device-independent pixels."""
        size = self.size
        self._centre += QPointF(offset.x() / size.width(), offset.y() / size.height())
        self.clamp()

    def clamp(self) -> None:
        """Limit panning to the edges of the image."""
        size = self.size
        clamped = []
        for centre, displayed, available in (
            (self._centre.x(), size.width(), self.widget_size.width()),
            (self._centre.y(), size.height(), self.widget_size.height()),
        ):
            half = available / 2 / displayed if displayed > available else 0.5
            clamped.append(max(half, min(1 - half, centre)))
        self._centre = QPointF(*clamped)
