"""Sample predictions: held-out images with the current predictions of the network."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.words import percent
from gui.workspace.context import WorkspaceContext


class SamplePredictions(QWidget):
    """A row of images, each with its predicted class, its confidence and a mark for right or wrong."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._samples: list[dict[str, Any]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.thumbnails.ready.connect(self._on_thumbnail)
        context.theme.changed.connect(self.update)

    def show_samples(self, samples: list[dict[str, Any]]) -> None:
        """Show predictions; each has path, label, predicted and confidence."""
        self._samples = samples
        class_styles = self._context.session.class_styles
        self.setAccessibleName(
            ", ".join(
                f"{class_styles.find(sample['label']).name}: {class_styles.find(sample['predicted']).name}"
                for sample in samples
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._context.theme
        line = QFontMetrics(theme.font("small")).height()
        return QSize(24 * theme.space("wide"), 4 * theme.space("wide") + 2 * line)

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._samples:
            return
        theme, painter = self._context.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(theme.font("small"))
        gap, line = theme.space("small"), QFontMetrics(theme.font("small")).height()
        edge = min(4 * theme.space("wide"), (self.width() + gap) // len(self._samples) - gap)
        for index, sample in enumerate(self._samples):
            box = QRect(index * (edge + gap), 0, edge, edge)
            image = self._context.thumbnail(sample["path"])
            if image is None:
                painter.fillRect(box, theme.colour("tile"))
            else:
                painter.drawImage(box, image)
            is_right = sample["predicted"] == sample["label"]
            style = self._context.session.class_styles.find(sample["predicted"])
            mark = "✓" if is_right else "✗"
            painter.setPen(theme.colour("text" if is_right else "warning"))
            text = QFontMetrics(painter.font()).elidedText(
                f"{mark} {style.letter} {percent(sample['confidence'])}",
                Qt.TextElideMode.ElideRight,
                edge,
            )
            painter.drawText(box.left(), edge, edge, line + 4, Qt.AlignmentFlag.AlignVCenter, text)

    def _on_thumbnail(self, path: str) -> None:
        if any(sample["path"] == path for sample in self._samples):
            self.update()
