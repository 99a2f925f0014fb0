"""Two versions of one picture side by side, and where they differ: which of them shall stay."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from engine.curate.finding import Action, Finding, Kind
from engine.jobs import Job
from gui.desk import Desk
from gui.gallery.thumbnails import to_image
from gui.theme import Theme
from gui.words import percent
from gui.workers import Task

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

_EDGE = 192
_KINDS = (Kind.NEAR_DUPLICATE, Kind.SPLIT_LEAK)

Seen = tuple[QImage, QImage, QImage, float]


class Compare(QWidget):
    """The other version, this one as that lies, and their difference; hidden where there is no other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pair: tuple[str, str] | None = None
        self._task: Task | None = None
        theme = desk.theme
        self.pictures = [_Picture(theme) for _ in range(3)]
        self.words = [QLabel(alignment=Qt.AlignmentFlag.AlignHCenter) for _ in range(3)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("small"))
        grid.setVerticalSpacing(theme.space("tight"))
        for column, (picture, label) in enumerate(zip(self.pictures, self.words, strict=True)):
            label.setProperty("role", "muted")
            label.setFont(theme.font("small"))
            grid.addWidget(picture, 0, column)
            grid.addWidget(label, 1, column)
        self.hide()

    def show_pair(self, finding: Finding | None, together: list[Finding]) -> None:
        """Compare the image of a finding with the one of its cluster that stays, else with another of them."""
        other, words = self._other(finding, together)
        self.setVisible(bool(other))
        self.words[0].setText(words)
        self.words[1].setText(self.tr("This one"))
        pair = (other, finding.path) if finding is not None and other else None
        if pair != self._pair:
            self._pair = pair
            self._ask()

    def _other(self, finding: Finding | None, together: list[Finding]) -> tuple[str, str]:
        """Return the path of the image to compare with, empty if there is none, and what it is."""
        if finding is None or finding.kind not in _KINDS:
            return "", ""
        if finding.kind is Kind.SPLIT_LEAK:
            return next(iter(finding.evidence), ""), self.tr("Held out")
        others = [one for one in together if one.path != finding.path]
        kept = [one for one in others if one.action is Action.KEEP]
        if kept:
            return kept[0].path, self.tr("Stays")
        return (others[0].path if others else ""), self.tr("Other")

    def _ask(self) -> None:
        desk = self._desk
        desk.workers.drop(self._task)
        self._task = None
        items = [desk.session.item(path) for path in self._pair or ()]
        records = [item.record for item in items if item is not None and item.record is not None]
        self.words[2].setText("")
        for picture in self.pictures:
            picture.set_image(None)
        if len(records) == 2:
            self._task = task = desk.workers.start(_look, desk.session.source, *records)
            task.done.connect(self._take)
            # A picture that cannot be read any more is told where it is looked at.
            task.broke.connect(desk.tell_bug)

    def _take(self, seen: Seen) -> None:
        *images, share = seen
        for picture, image in zip(self.pictures, images, strict=True):
            picture.set_image(image)
        self.words[2].setText(self.tr("{share} differs").format(share=percent(share)))


class _Picture(QWidget):
    """A square picture."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_image(self, image: QImage | None) -> None:
        """Show another picture, or none yet."""
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


def _look(_: Job, source: "Source", other: "ImageRecord", one: "ImageRecord") -> Seen:
    import cv2

    from engine.curate.difference import difference

    first, second = (source.preview(record, _EDGE) for record in (other, one))
    found = difference(first, second, _EDGE)
    shown = cv2.resize(first, (_EDGE, _EDGE), interpolation=cv2.INTER_AREA)
    return to_image(shown), to_image(found.laid), to_image(found.differs), found.share
