"""The mistakes that the model was surest of, as pictures; one opens its image."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from engine.exchange.report.model import Mistake
from gui.desk import Desk
from gui.inspector import heat
from gui.running_on import RunningOn
from gui.words import percent

_EDGE = 5  # in wide spaces


class Mistakes(QWidget):
    """A grid of buttons: the picture, with the heat of what was said if wanted, and both classes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tiles: dict[str, QToolButton] = {}
        self._mistakes: Sequence[Mistake] = ()
        self.heat = QCheckBox(self.tr("Show where the model saw what it said (Grad-CAM)"))
        self.heat.toggled.connect(self._repaint)
        self._grid = RunningOn(desk.theme.space("small"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.heat)
        rows.addLayout(self._grid)
        desk.thumbnails.ready.connect(self._come)

    def show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """Show these, surest first."""
        if mistakes != self._mistakes:
            self._mistakes = mistakes
            self._make_tiles()
        for one in mistakes:
            self._word(one)
        self._repaint()

    def _make_tiles(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.tiles.clear()
        theme = self._desk.theme
        edge = _EDGE * theme.space("wide")
        for one in self._mistakes:
            tile = self.tiles[one.image] = QToolButton()
            tile.setProperty("role", "tool")
            tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            tile.setIconSize(QSize(edge, edge))
            tile.setFont(theme.font("small"))
            tile.clicked.connect(partial(self._open, one.image))
            self._grid.addWidget(tile)

    def _word(self, one: Mistake) -> None:
        # Each time: a class may be called otherwise now.
        tile, looks = self.tiles[one.image], self._desk.session.looks
        label, said = looks.find(one.label), looks.find(one.predicted)
        tile.setText(f"{label.letter} → {said.letter}  {percent(one.confidence)}")
        words = self.tr("Labelled {label}, read as {said} ({confidence})").format(
            label=label.name, said=said.name, confidence=percent(one.confidence)
        )
        tile.setToolTip(f"{words}\n{one.image}")
        tile.setAccessibleName(words)

    def _repaint(self) -> None:
        for path in self.tiles:
            self._come(path)

    def _come(self, path: str) -> None:
        tile = self.tiles.get(path)
        if tile is None:
            return
        edge = tile.iconSize()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(edge * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._desk.theme.colour("tile"))
        image = self._desk.thumbnail(path)
        if image is not None:
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            box = picture.deviceIndependentSize().toSize()
            target = image.size().scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (
                (box.width() - target.width()) // 2,
                (box.height() - target.height()) // 2,
            )
            painter.drawImage(_box(left, top, target), image)
            warm = self._heat(path) if self.heat.isChecked() else None
            if warm is not None:
                painter.setOpacity(self._desk.heat.opacity)
                painter.drawImage(_box(left, top, target), warm)
            painter.end()
        tile.setIcon(QIcon(picture))

    def _heat(self, path: str) -> QImage | None:
        session = self._desk.session
        reading, engine = session.reading(path), session.engine
        if reading is None or engine is None:
            return None
        return heat.picture(reading, engine.card, int(reading.logits.argmax()))

    def _open(self, path: str, *_: object) -> None:
        self._desk.image_asked.emit(path)


def _box(left: int, top: int, size: QSize) -> QRect:
    return QRect(left, top, size.width(), size.height())
