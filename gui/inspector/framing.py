"""Where an image lies in a widget: how it fits, and what zooming and panning do."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

_CLOSEST = 32.0  # pixels of the screen a pixel of the image
# An image that nearly fits is shown pixel by pixel: enlarging it so little would only blur it.
_NEARLY = 1.25


class Framing:
    """The frame of one image; `zoom` 1 fits it into the room.

    `natural` is the image's size in its own pixels, `room` the widget's in the window's units, `ratio`
    how many pixels of the screen such a unit is. `scale` is pixels of the screen a pixel of the image.
    """

    def __init__(self) -> None:
        self.natural = QSize()
        self.room = QSizeF()
        self.ratio = 1.0
        self.zoom = 1.0
        self._centre = QPointF(0.5, 0.5)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to frame."""
        return self.natural.isEmpty() or self.room.isEmpty()

    @property
    def fitting(self) -> float:
        """The scale at which the whole image is seen; slightly small images stay at 1."""
        if self.empty:
            return 1.0
        room = self.room * self.ratio
        fits = min(room.width() / self.natural.width(), room.height() / self.natural.height())
        return 1.0 if 1.0 < fits <= _NEARLY else fits

    @property
    def scale(self) -> float:
        """The scale it is seen at now."""
        return self.fitting * self.zoom

    @property
    def size(self) -> QSizeF:
        """The size of the whole image as it is seen, in the window's units."""
        return QSizeF(1, 1) if self.empty else QSizeF(self.natural) * (self.scale / self.ratio)

    @property
    def frame(self) -> QRectF:
        """Where the whole image lies, in the widget's coordinates."""
        size = self.size
        left = self.room.width() / 2 - self._centre.x() * size.width()
        top = self.room.height() / 2 - self._centre.y() * size.height()
        return QRectF(QPointF(left, top), size)

    @property
    def beyond(self) -> bool:
        """Whether there is more of the image than is seen."""
        size = self.size
        over = size.width() > self.room.width() + 1 or size.height() > self.room.height() + 1
        return over and not self.empty

    def fit(self) -> None:
        """Show the whole image."""
        self.zoom = 1.0
        self.settle()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, keeping what lies at a point of the widget where it is; never out of both 100% and fitting."""
        if self.empty:
            return
        middle = QPointF(self.room.width() / 2, self.room.height() / 2)
        at = at or middle
        frame = self.frame
        under = QPointF((at.x() - frame.x()) / frame.width(), (at.y() - frame.y()) / frame.height())
        one_to_one = 1 / self.fitting
        least, most = min(1.0, one_to_one), max(1.0, _CLOSEST * one_to_one)
        self.zoom = max(least, min(most, self.zoom * factor))
        size = self.size
        self._centre = QPointF(
            under.x() - (at.x() - middle.x()) / size.width(),
            under.y() - (at.y() - middle.y()) / size.height(),
        )
        self.settle()

    def toggle(self, at: QPointF | None = None) -> None:
        """Go from fitting to 100%, or to as much closer as makes a difference; else to fitting."""
        if self.zoom != 1:
            self.fit()
            return
        close = 1.0
        while close < 1.5 * self.scale:
            close *= 2
        self.zoom_by(close / self.scale, at)

    def pan(self, by: QPointF) -> None:
        """Look at what lies so far from here, in the window's units."""
        size = self.size
        self._centre += QPointF(by.x() / size.width(), by.y() / size.height())
        self.settle()

    def settle(self) -> None:
        """Look no further than to the image's edges."""
        size = self.size
        places = []
        for at, whole, room in (
            (self._centre.x(), size.width(), self.room.width()),
            (self._centre.y(), size.height(), self.room.height()),
        ):
            half = room / 2 / whole if whole > room else 0.5
            places.append(max(half, min(1 - half, at)))
        self._centre = QPointF(*places)
