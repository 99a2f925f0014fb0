"""What a recipe's augmentation makes of the image that is looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.jobs import Job
from gui.desk import Desk
from gui.gallery.thumbnails import to_image
from gui.workers import Task

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source
    from engine.train.recipe import Recipe

_COUNT = 9


class Augmented(QWidget):
    """A row of looks of one image, made anew at the press of a button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seed = 0
        self._recipe: Recipe | None = None
        self._task: Task | None = None
        self.looks = _Looks(desk)
        self.button = QPushButton(self.tr("Show what its augmentation does"))
        self.said = QLabel(wordWrap=True)
        self.said.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self.said, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(desk.theme.space("small"))
        rows.addLayout(row)
        rows.addWidget(self.looks)
        self.looks.hide()
        self.button.clicked.connect(self.show_looks)
        desk.session.opened.connect(self._clear)

    def set_recipe(self, recipe: "Recipe | None") -> None:
        """Take another recipe; what is shown is made anew."""
        self._recipe = recipe
        self.button.setEnabled(recipe is not None)
        if not self.looks.isHidden():
            self.show_looks()

    def show_looks(self) -> None:
        """Make the looks of the current image, or of the first one; other ones each time."""
        desk, record = self._desk, self._record()
        desk.workers.drop(self._task)
        if record is None or self._recipe is None:
            self.said.setText(self.tr("There is no image to show it on."))
            return
        self._seed += 1
        self._task = task = desk.workers.start(
            _make, desk.session.source, record, self._recipe, self._seed
        )
        desk.watch(task).done.connect(self._take)
        self.said.setText(record.path)

    def _record(self) -> "ImageRecord | None":
        session = self._desk.session
        if session.current is not None and session.current.record is not None:
            return session.current.record
        records = session.table.records if session.table is not None else []
        return next((one for one in records if one is not None), None)

    def _take(self, images: list[QImage]) -> None:
        self.looks.set_images(images)
        self.looks.show()
        self.button.setText(self.tr("Others"))

    def _clear(self) -> None:
        self._desk.workers.drop(self._task)
        self._task = None
        self.looks.hide()
        self.said.clear()
        self.button.setText(self.tr("Show what its augmentation does"))


class _Looks(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._theme = desk.theme
        self._images: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("The image as the training may see it"))

    def set_images(self, images: list[QImage]) -> None:
        """Show these pictures."""
        self._images = images
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(24 * self._theme.space("wide"), 4 * self._theme.space("wide"))

    def heightForWidth(self, width: int) -> int:
        gap = self._theme.space("small")
        return min(4 * self._theme.space("wide"), (width + gap) // _COUNT - gap)

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._images:
            return
        painter, gap = QPainter(self), self._theme.space("small")
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = min(self.height(), (self.width() + gap) // len(self._images) - gap)
        for at, image in enumerate(self._images):
            painter.drawImage(QRect(at * (edge + gap), 0, edge, edge), image)


def _make(
    _: Job, source: "Source", record: "ImageRecord", recipe: "Recipe", seed: int
) -> list[QImage]:
    from engine.train.preview import preview

    pixels = source.preview(record, recipe.size)
    return [to_image(one) for one in preview(pixels, recipe, _COUNT, seed)]
