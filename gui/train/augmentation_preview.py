"""Augmentation preview: random augmentations of an image by a recipe."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.jobs import Job
from gui.gallery.thumbnails import to_qimage
from gui.jobs.workers import Task
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source
    from engine.train.recipe import Recipe

_IMAGE_COUNT = 9


class AugmentationPreview(QWidget):
    """A row of augmented versions of one image, and a button that makes other ones."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._seed = 0
        self._recipe: Recipe | None = None
        self._task: Task | None = None
        self.images = _ImageStrip(context)
        self.button = QPushButton(self.tr("Preview the augmentation"))
        self.caption = QLabel(wordWrap=True)
        self.caption.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self.caption, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(context.theme.space("small"))
        rows.addLayout(row)
        rows.addWidget(self.images)
        self.images.hide()
        self.button.clicked.connect(self.show_images)
        context.session.opened.connect(self._reset)

    def set_recipe(self, recipe: "Recipe | None") -> None:
        """Use another recipe; shown images are made again."""
        self._recipe = recipe
        self.button.setEnabled(recipe is not None)
        if not self.images.isHidden():
            self.show_images()

    def show_images(self) -> None:
        """Augment the current image, or the first one, with a new seed."""
        context, record = self._context, self._example_record()
        context.workers.drop(self._task)
        if record is None or self._recipe is None:
            self.caption.setText(self.tr("There is no image to preview it on."))
            return
        self._seed += 1
        self._task = task = context.workers.start(
            _augment, context.session.source, record, self._recipe, self._seed
        )
        context.errors.watch(task).done.connect(self._show_made)
        self.caption.setText(record.path)

    def _example_record(self) -> "ImageRecord | None":
        session = self._context.session
        if session.current is not None and session.current.record is not None:
            return session.current.record
        records = session.table.records if session.table is not None else []
        return next((record for record in records if record is not None), None)

    def _show_made(self, images: list[QImage]) -> None:
        self.images.set_images(images)
        self.images.show()
        self.button.setText(self.tr("Others"))

    def _reset(self) -> None:
        self._context.workers.drop(self._task)
        self._task = None
        self.images.hide()
        self.caption.clear()
        self.button.setText(self.tr("Preview the augmentation"))


class _ImageStrip(QWidget):
    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._theme = context.theme
        self._images: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("The image as the training may see it"))

    def set_images(self, images: list[QImage]) -> None:
        """Show these images."""
        self._images = images
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(24 * self._theme.space("wide"), 4 * self._theme.space("wide"))

    def heightForWidth(self, width: int) -> int:
        gap = self._theme.space("small")
        return min(4 * self._theme.space("wide"), (width + gap) // _IMAGE_COUNT - gap)

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._images:
            return
        painter, gap = QPainter(self), self._theme.space("small")
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = min(self.height(), (self.width() + gap) // len(self._images) - gap)
        for index, image in enumerate(self._images):
            painter.drawImage(QRect(index * (edge + gap), 0, edge, edge), image)


def _augment(
    _: Job, source: "Source", record: "ImageRecord", recipe: "Recipe", seed: int
) -> list[QImage]:
    from engine.train.augmentation_preview import preview_augmentation

    pixels = source.preview(record, recipe.size)
    return [to_qimage(image) for image in preview_augmentation(pixels, recipe, _IMAGE_COUNT, seed)]
