"""Images on their way from one place of the window to another."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from gui.theme import Theme
from gui.words import number

if TYPE_CHECKING:
    from gui.gallery.thumbnails import Thumbnails

IMAGES = "application/x-bloodbench-images"


def mime_of(paths: Sequence[str]) -> QMimeData:
    """Return images as what is dragged; the paths may be no UTF-8."""
    data = QMimeData()
    data.setData(IMAGES, json.dumps(list(paths)).encode())
    return data


def paths_of(data: QMimeData) -> list[str]:
    """Return the images that are dragged, none if it is something else."""
    if not data.hasFormat(IMAGES):
        return []
    return [str(path) for path in json.loads(data.data(IMAGES).data())]


def drag_picture(
    theme: Theme, thumbnails: "Thumbnails", paths: Sequence[str], ratio: float
) -> QPixmap:
    """Return the first image with how many there are, to hang on the pointer.

    `ratio` is how many pixels of the screen a pixel has.
    """
    edge = 3 * theme.space("wide")
    picture = QPixmap(round(edge * ratio), round(edge * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("tile"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    whole = QRect(0, 0, edge, edge)
    if (image := thumbnails.peek(paths[0])) is not None:
        size = image.size().scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(whole.topLeft(), size)
        place.moveCenter(whole.center())
        painter.drawImage(place, image)
    if len(paths) > 1:
        painter.setFont(theme.font(strong=True))
        words = number(len(paths))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(words) + theme.space("medium")
        box = QRect(0, 0, min(edge, width), metrics.height())
        box.moveBottomRight(whole.bottomRight())
        painter.fillRect(box, theme.colour("accent"))
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture
