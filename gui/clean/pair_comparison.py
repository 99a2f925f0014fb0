"""Pair comparison: two versions of an image side by side, with their difference."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.jobs import Job
from gui.gallery.thumbnails import to_qimage
from gui.jobs.workers import Task
from gui.theme import Theme
from gui.words import percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

_IMAGE_SIZE = 192

ComparisonImages = tuple[QImage, QImage, QImage, float, float]
"""Both images, the difference map, and the mean difference and changed share of an `ImageDifference`."""


class PairComparison(QWidget):
    """The other version, this one registered to it, and their difference; hidden without a counterpart."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._pair: tuple[str, str] | None = None
        self._task: Task | None = None
        theme = context.theme
        self.image_views = [_ImageView(theme) for _ in range(3)]
        self.captions = [QLabel(alignment=Qt.AlignmentFlag.AlignHCenter) for _ in range(3)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("small"))
        grid.setVerticalSpacing(theme.space("tight"))
        for column, (image_view, label) in enumerate(
            zip(self.image_views, self.captions, strict=True)
        ):
            label.setProperty("role", "muted")
            label.setFont(theme.font("small"))
            grid.addWidget(image_view, 0, column)
            grid.addWidget(label, 1, column)
        grid.setColumnStretch(len(self.image_views), 1)
        self.hide()

    def show_pair(self, finding: Finding | None, cluster: list[Finding]) -> None:
        """Compare the image of a finding with the keeper of its cluster, or with another member."""
        counterpart, caption = self._counterpart(finding, cluster)
        self.setVisible(bool(counterpart))
        self.captions[0].setText(caption)
        self.captions[1].setText(self.tr("This one"))
        pair = (counterpart, finding.path) if finding is not None and counterpart else None
        if pair != self._pair:
            self._pair = pair
            self._load()

    def _counterpart(self, finding: Finding | None, cluster: list[Finding]) -> tuple[str, str]:
        """Return the path of the counterpart, empty if there is none, and its caption."""
        if finding is None or not finding.kind.is_of_versions:
            return "", ""
        if finding.kind is FindingKind.SPLIT_LEAK:
            return next(iter(finding.evidence), ""), self.tr("Held out")
        others = [member for member in cluster if member.path != finding.path]
        keepers = [member for member in others if member.action is FindingAction.KEEP]
        if keepers:
            return keepers[0].path, self.tr("Stays")
        return (others[0].path if others else ""), self.tr("Other")

    def _load(self) -> None:
        context = self._context
        context.workers.drop(self._task)
        self._task = None
        items = [context.session.item(path) for path in self._pair or ()]
        records = [item.record for item in items if item is not None and item.record is not None]
        self.captions[2].setText("")
        for image_view in self.image_views:
            image_view.set_image(None)
        if len(records) == 2:
            self._task = task = context.workers.start(
                _compare_images, context.session.source, *records
            )
            task.done.connect(self._show_images)
            # An image that can no longer be read is reported by its own view.
            task.crashed.connect(context.errors.report_bug)

    def _show_images(self, images_and_share: ComparisonImages) -> None:
        *images, mean, share = images_and_share
        for image_view, image in zip(self.image_views, images, strict=True):
            image_view.set_image(image)
        self.captions[2].setText(self.tr("Differs by {mean}").format(mean=percent(mean)))
        self.captions[2].setToolTip(
            self.tr(
                "The mean difference of the pixels, as a part of the full range. {share} of the area "
                "differs by more than a strong compression would cause. The image shows the "
                "differences four times as bright."
            ).format(share=percent(share))
        )


class _ImageView(QWidget):
    """Square view of one image."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_image(self, image: QImage | None) -> None:
        """Show an image; None clears the view."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        edge = 7 * self._theme.space("wide") // 2
        return QSize(edge, edge)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            painter.fillRect(self.rect(), self._theme.colour("tile"))
        else:
            painter.drawImage(self.rect(), self._image)


def _compare_images(
    _: Job, source: "Source", reference: "ImageRecord", compared: "ImageRecord"
) -> ComparisonImages:
    import cv2

    from engine.curate.image_difference import compute_difference

    first, second = (source.preview(record, _IMAGE_SIZE) for record in (reference, compared))
    result = compute_difference(first, second, _IMAGE_SIZE)
    resized = cv2.resize(first, (_IMAGE_SIZE, _IMAGE_SIZE), interpolation=cv2.INTER_AREA)
    return (
        to_qimage(resized),
        to_qimage(result.aligned),
        to_qimage(result.difference_map),
        result.mean_difference,
        result.changed_share,
    )
