"""Mistake grid: the most confident mistakes of the model as images."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.exchange.report.report_data import Mistake
from engine.messages import Message
from gui.deletion import clear_layout
from gui.inspector import activation_overlay
from gui.widgets.flow_layout import FlowLayout
from gui.words import percent, to_sentence
from gui.workspace.context import WorkspaceContext

_TILE_SIZE = 5  # in wide spaces


class MistakeGrid(QWidget):
    """Grid of buttons with an image, its label and prediction, and optionally a heat map."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self.tiles: dict[str, QToolButton] = {}
        self._mistakes: Sequence[Mistake] = ()
        self.heat = QCheckBox(self.tr("Show the evidence for the prediction (Grad-CAM)"))
        self.heat.toggled.connect(self._repaint)
        self._grid = FlowLayout(context.theme.space("small"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.empty = QLabel(to_sentence(Message("report.no_mistakes")), wordWrap=True)
        self.empty.setProperty("role", "muted")
        rows.addWidget(self.empty)
        rows.addWidget(self.heat)
        rows.addLayout(self._grid)
        context.thumbnails.ready.connect(self._on_thumbnail)

    def show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """Show mistakes, most confident first."""
        if mistakes != self._mistakes:
            self._mistakes = mistakes
            self._make_tiles()
        self.empty.setVisible(not mistakes)
        self.heat.setVisible(bool(mistakes))
        for mistake in mistakes:
            self._set_tile_text(mistake)
        self._repaint()

    def _make_tiles(self) -> None:
        clear_layout(self._grid)
        self.tiles.clear()
        theme = self._context.theme
        edge = _TILE_SIZE * theme.space("wide")
        for mistake in self._mistakes:
            tile = self.tiles[mistake.image] = QToolButton()
            tile.setProperty("role", "tool")
            tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            tile.setIconSize(QSize(edge, edge))
            tile.setFont(theme.font("small"))
            tile.clicked.connect(partial(self._open, mistake.image))
            self._grid.addWidget(tile)

    def _set_tile_text(self, mistake: Mistake) -> None:
        # On every refresh: class names may have changed.
        tile, class_styles = self.tiles[mistake.image], self._context.session.class_styles
        label, predicted = class_styles.find(mistake.label), class_styles.find(mistake.predicted)
        tile.setText(f"{label.letter} → {predicted.letter}  {percent(mistake.confidence)}")
        text = self.tr("Labelled {label}, predicted {predicted} ({confidence})").format(
            label=label.name, predicted=predicted.name, confidence=percent(mistake.confidence)
        )
        tile.setToolTip(f"{text}\n{mistake.image}")
        tile.setAccessibleName(text)

    def _repaint(self) -> None:
        for path in self.tiles:
            self._on_thumbnail(path)

    def _on_thumbnail(self, path: str) -> None:
        tile = self.tiles.get(path)
        if tile is None:
            return
        edge = tile.iconSize()
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(edge * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._context.theme.colour("tile"))
        image = self._context.thumbnail(path)
        if image is not None:
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            box = pixmap.deviceIndependentSize().toSize()
            target = image.size().scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (
                (box.width() - target.width()) // 2,
                (box.height() - target.height()) // 2,
            )
            painter.drawImage(_box(left, top, target), image)
            heat_map = self._heat(path) if self.heat.isChecked() else None
            if heat_map is not None:
                painter.setOpacity(self._context.activation_overlay.opacity)
                painter.drawImage(_box(left, top, target), heat_map)
            painter.end()
        tile.setIcon(QIcon(pixmap))

    def _heat(self, path: str) -> QImage | None:
        session = self._context.session
        reading, model = session.reading(path), session.active_model
        if reading is None or model is None:
            return None
        return activation_overlay.render_activation(
            reading, model.card, int(reading.logits.argmax())
        )

    def _open(self, path: str, *_: object) -> None:
        self._context.show_image_requested.emit(path)


def _box(left: int, top: int, size: QSize) -> QRect:
    return QRect(left, top, size.width(), size.height())
