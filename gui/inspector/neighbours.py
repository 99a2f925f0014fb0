"""Looks like these: the labelled images most like the current one, of two classes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.classes import ClassLook
from gui.inspector.chip import ClassChip
from gui.theme import Theme
from gui.words import decimal

Group = tuple[str, Sequence[tuple[str, float]]]
"""A class's id and its images: path and similarity, the most similar first."""

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Neighbour(QAbstractButton):
    """One small image; `path` is empty where there is none."""

    def __init__(self, theme: Theme, picture: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self._theme = theme
        self._picture = picture
        self.path = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_image(self, path: str, words: str) -> None:
        """Show an image, with words for its tooltip."""
        self.path = path
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, box = QPainter(self), self.rect()
        image = self._picture(self.path)
        if image is None:
            painter.fillRect(box, self._theme.colour("tile"))
        else:
            place = QRect(box.topLeft(), image.size().scaled(box.size(), _FILL))
            place.moveCenter(box.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(self._theme.colour("accent"), 4 * self._theme.space("hair")))
            painter.drawRect(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return:
            self.click()
        elif event.key() in _STEPS:
            self.focusNextChild() if _STEPS[Qt.Key(event.key())] > 0 else self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


_FILL = Qt.AspectRatioMode.KeepAspectRatioByExpanding


class _Strip(QWidget):
    # As many images in one row as there is room for.

    chosen = Signal(object)

    def __init__(self, theme: Theme, picture: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self._theme = theme
        self._picture = picture
        self._edge = round(2.25 * theme.space("wide"))
        self._used = 0
        self.images: list[Neighbour] = []
        self.setFixedHeight(self._edge)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._edge, self._edge)

    def set_images(self, images: Sequence[tuple[str, str]]) -> None:
        while len(self.images) < len(images):
            image = Neighbour(self._theme, self._picture)
            image.setParent(self)
            image.clicked.connect(lambda _=False, image=image: self.chosen.emit(image.path))
            self.images.append(image)
        for image, (path, words) in zip(self.images, images, strict=False):
            image.set_image(path, words)
        self._used = len(images)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        gap = self._theme.space("tight")
        fit = max(1, (self.width() + gap) // (self._edge + gap))
        for place, image in enumerate(self.images):
            image.setGeometry(place * (self._edge + gap), 0, self._edge, self._edge)
            image.setVisible(place < min(fit, self._used))


class _Row(QWidget):
    def __init__(self, theme: Theme, picture: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self.chip = ClassChip(theme)
        self.name = QLabel()
        self.role = QLabel()
        self.role.setProperty("role", "muted")
        self.role.setFont(theme.font("small"))
        self.strip = _Strip(theme, picture)
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
    """A row of images for the predicted class and one for the runner-up.

    `look` tells how a class looks; `picture` gives an image's thumbnail or None, in which case it sees
    to it that `refresh` is called when it is there.
    """

    chosen = Signal(object)
    """The path of an image that a person wants to see."""

    def __init__(
        self,
        look: Callable[[str], ClassLook],
        picture: Callable[[str], QImage | None],
        theme: Theme,
    ) -> None:
        super().__init__()
        self._look = look
        self.nothing = QLabel(wordWrap=True)
        self.nothing.setProperty("role", "muted")
        self.rows = [_Row(theme, picture), _Row(theme, picture)]
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(self.nothing)
        for row in self.rows:
            row.strip.chosen.connect(self.chosen)
            rows.addWidget(row)
        theme.changed.connect(self.update)
        self.set_groups([])

    @property
    def paths(self) -> list[str]:
        """The images that are shown, whose thumbnails are wanted."""
        images = [image for row in self.rows for image in row.strip.images]
        return [image.path for image in images if image.isVisible()]

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these: the predicted class first, then the runner-up."""
        roles = (self.tr("predicted"), self.tr("runner-up"))
        self.nothing.setVisible(not any(images for _, images in groups))
        names = self.tr(" or ", "between two names of classes").join(
            self._look(class_id).name for class_id, _ in groups
        )
        self.nothing.setText(
            self.tr(
                "No other image is labelled {names} yet; confirm some and they appear here."
            ).format(names=names)
            if groups
            else self.tr("None yet: once the image is read, confirm some and they appear here.")
        )
        for place, row in enumerate(self.rows):
            class_id, images = groups[place] if place < len(groups) else ("", ())
            row.setVisible(bool(images))
            if images:
                look = self._look(class_id)
                row.chip.set_look(look)
                row.name.setText(look.name)
                row.role.setText(roles[place])
            row.strip.set_images([(path, self._words(path, like)) for path, like in images])

    def refresh(self, path: str) -> None:
        """Paint an image anew whose thumbnail is there now."""
        for row in self.rows:
            for image in row.strip.images:
                if image.path == path:
                    image.update()

    def ask_again(self) -> None:
        """Ask anew for the thumbnails that are shown: wishes may have been forgotten."""
        for row in self.rows:
            row.strip.update()
            for image in row.strip.images:
                image.update()

    def _words(self, path: str, like: float) -> str:
        return self.tr("{path} · similarity {like}").format(path=path, like=decimal(float(like), 2))
