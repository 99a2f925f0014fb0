"""Held-out images, and what the network says of them by now."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.desk import Desk
from gui.words import percent


class Samples(QWidget):
    """A row of pictures; under each the class it is said to be, and a mark where that is wrong."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._samples: list[dict[str, Any]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.thumbnails.ready.connect(self._come)
        desk.theme.changed.connect(self.update)

    def show_samples(self, samples: list[dict[str, Any]]) -> None:
        """Show what is said of these images."""
        self._samples = samples
        looks = self._desk.session.looks
        self.setAccessibleName(
            ", ".join(
                f"{looks.find(one['label']).name}: {looks.find(one['predicted']).name}"
                for one in samples
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._desk.theme
        line = QFontMetrics(theme.font("small")).height()
        return QSize(24 * theme.space("wide"), 4 * theme.space("wide") + 2 * line)

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._samples:
            return
        theme, painter = self._desk.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(theme.font("small"))
        gap, line = theme.space("small"), QFontMetrics(theme.font("small")).height()
        edge = min(4 * theme.space("wide"), (self.width() + gap) // len(self._samples) - gap)
        for at, one in enumerate(self._samples):
            place = QRect(at * (edge + gap), 0, edge, edge)
            image = self._desk.thumbnail(one["path"])
            if image is None:
                painter.fillRect(place, theme.colour("tile"))
            else:
                painter.drawImage(place, image)
            right = one["predicted"] == one["label"]
            look = self._desk.session.looks.find(one["predicted"])
            mark = "✓" if right else "✗"
            painter.setPen(theme.colour("text" if right else "warning"))
            words = QFontMetrics(painter.font()).elidedText(
                f"{mark} {look.letter} {percent(one['confidence'])}",
                Qt.TextElideMode.ElideRight,
                edge,
            )
            painter.drawText(
                place.left(), edge, edge, line + 4, Qt.AlignmentFlag.AlignVCenter, words
            )

    def _come(self, path: str) -> None:
        if any(one["path"] == path for one in self._samples):
            self.update()
