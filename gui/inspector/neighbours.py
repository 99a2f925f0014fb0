"""Nearest neighbours: the labelled images most similar to the current one, for two classes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.inspector.class_chip import ClassChip
from gui.state.class_styles import ClassStyle
from gui.theme import Theme
from gui.words import decimal

NeighbourGroup = tuple[str, Sequence[tuple[str, float]]]
"""A class id and its images as (path, cosine similarity), most similar first."""

_STEP_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class NeighbourButton(QAbstractButton):
    """Thumbnail button; `path` is empty without an image."""

    def __init__(self, theme: Theme, thumbnail: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnail = thumbnail
        self.path = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_image(self, path: str, description: str) -> None:
        """Show an image with a tooltip."""
        self.path = path
        self.setToolTip(description)
        self.setAccessibleName(description)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, box = QPainter(self), self.rect()
        image = self._thumbnail(self.path)
        if image is None:
            painter.fillRect(box, self._theme.colour("tile"))
        else:
            target = QRect(box.topLeft(), image.size().scaled(box.size(), _CROP_TO_FILL))
            target.moveCenter(box.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, image)
        if self.hasFocus() or self.underMouse():
            colour, width = ("accent", 4) if self.hasFocus() else ("muted", 2)
            painter.setPen(QPen(self._theme.colour(colour), width * self._theme.space("hair")))
            painter.drawRect(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return:
            self.click()
        elif event.key() in _STEP_KEYS:
            self.focusNextPrevChild(_STEP_KEYS[Qt.Key(event.key())] > 0)
        else:
            super().keyPressEvent(event)


_CROP_TO_FILL = Qt.AspectRatioMode.KeepAspectRatioByExpanding


class _Strip(QWidget):
    """One row with as many thumbnails as fit."""

    picked = Signal(object)

    def __init__(self, theme: Theme, thumbnail: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnail = thumbnail
        self._edge = round(2.25 * theme.space("wide"))
        self._image_count = 0
        self.images: list[NeighbourButton] = []
        self.setFixedHeight(self._edge)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._edge, self._edge)

    def set_images(self, images: Sequence[tuple[str, str]]) -> None:
        while len(self.images) < len(images):
            image = NeighbourButton(self._theme, self._thumbnail)
            image.setParent(self)
            image.clicked.connect(lambda _=False, image=image: self.picked.emit(image.path))
            self.images.append(image)
        for image, (path, description) in zip(self.images, images, strict=False):
            image.set_image(path, description)
        self._image_count = len(images)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        gap = self._theme.space("tight")
        capacity = max(1, (self.width() + gap) // (self._edge + gap))
        for index, image in enumerate(self.images):
            image.setGeometry(index * (self._edge + gap), 0, self._edge, self._edge)
            image.setVisible(index < min(capacity, self._image_count))


class _Row(QWidget):
    def __init__(self, theme: Theme, thumbnail: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self.chip = ClassChip(theme)
        self.name = QLabel()
        self.role = QLabel()
        self.role.setProperty("role", "muted")
        self.role.setFont(theme.font("small"))
        self.strip = _Strip(theme, thumbnail)
        head = QHBoxLayout()
        head.setSpacing(theme.space("small"))
        head.addWidget(self.chip)
        head.addWidget(self.name)
        head.addWidget(self.role, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        rows.addLayout(head)
        rows.addWidget(self.strip)


class Neighbours(QWidget):
    """One row of images for the predicted class and one for the runner-up.

    `class_style` returns the style of a class. `thumbnail` returns the thumbnail of a path, or None; it then
    requests one, and `refresh` must be called when it is ready.
    """

    picked = Signal(object)
    """The path of the image that was clicked."""

    def __init__(
        self,
        class_style: Callable[[str], ClassStyle],
        thumbnail: Callable[[str], QImage | None],
        theme: Theme,
    ) -> None:
        super().__init__()
        self._class_style = class_style
        self.empty_label = QLabel(wordWrap=True)
        self.empty_label.setProperty("role", "muted")
        self.rows = [_Row(theme, thumbnail), _Row(theme, thumbnail)]
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(self.empty_label)
        for row in self.rows:
            row.strip.picked.connect(self.picked)
            rows.addWidget(row)
        theme.changed.connect(self.update)
        self.set_groups([])

    @property
    def paths(self) -> list[str]:
        """The paths of the visible images, whose thumbnails are needed."""
        images = [image for row in self.rows for image in row.strip.images]
        return [image.path for image in images if image.isVisible()]

    def set_groups(self, groups: Sequence[NeighbourGroup]) -> None:
        """Show groups: the predicted class first, then the runner-up."""
        roles = (self.tr("predicted"), self.tr("runner-up"))
        self.empty_label.setVisible(not any(images for _, images in groups))
        names = self.tr(" or ", "between two names of classes").join(
            self._class_style(class_id).name for class_id, _ in groups
        )
        self.empty_label.setText(
            self.tr(
                "No other image is labelled {names} yet; confirm some and they appear here."
            ).format(names=names)
            if groups
            else self.tr(
                "None yet: once this image is read, confirm some others and they appear here."
            )
        )
        for index, row in enumerate(self.rows):
            class_id, images = groups[index] if index < len(groups) else ("", ())
            row.setVisible(bool(images))
            if images:
                style = self._class_style(class_id)
                row.chip.set_look(style)
                row.name.setText(style.name)
                row.role.setText(roles[index])
            row.strip.set_images(
                [(path, self._describe(path, similarity)) for path, similarity in images]
            )

    def refresh(self, path: str) -> None:
        """Repaint an image whose thumbnail is ready."""
        for row in self.rows:
            for image in row.strip.images:
                if image.path == path:
                    image.update()

    def request_thumbnails(self) -> None:
        """Request the visible thumbnails again, since the cache may have dropped the requests."""
        for row in self.rows:
            row.strip.update()
            for image in row.strip.images:
                image.update()

    def _describe(self, path: str, similarity: float) -> str:
        return self.tr("{path} · similarity {like}").format(
            path=path, like=decimal(float(similarity), 2)
        )
