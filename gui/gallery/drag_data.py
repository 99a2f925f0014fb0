"""Drag-and-drop data for images within the window."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from gui.theme import Theme
from gui.words import number

if TYPE_CHECKING:
    from gui.gallery.thumbnails import ThumbnailCache

IMAGES_MIME_TYPE = "application/x-bloodbench-images"


def to_mime_data(paths: Sequence[str]) -> QMimeData:
    """Return image paths as drag data; the paths may contain undecodable bytes."""
    data = QMimeData()
    data.setData(IMAGES_MIME_TYPE, json.dumps(list(paths)).encode())
    return data


def paths_from_mime_data(data: QMimeData) -> list[str]:
    """Return the image paths in drag data, empty for other data."""
    if not data.hasFormat(IMAGES_MIME_TYPE):
        return []
    return [str(path) for path in json.loads(bytes(data.data(IMAGES_MIME_TYPE).data()))]


def drag_pixmap(
    theme: Theme, thumbnails: "ThumbnailCache", paths: Sequence[str], ratio: float
) -> QPixmap:
    """Return a drag pixmap: the first image with the number of images.

    `ratio` is the device pixel ratio.
    """
    edge = 3 * theme.space("wide")
    pixmap = QPixmap(round(edge * ratio), round(edge * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(theme.colour("tile"))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    frame = QRect(0, 0, edge, edge)
    if (image := thumbnails.peek(paths[0])) is not None:
        size = image.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(frame.topLeft(), size)
        target.moveCenter(frame.center())
        painter.drawImage(target, image)
    if len(paths) > 1:
        painter.setFont(theme.font(strong=True))
        text = number(len(paths))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(text) + theme.space("medium")
        badge = QRect(0, 0, min(edge, width), metrics.height())
        badge.moveBottomRight(frame.bottomRight())
        painter.fillRect(badge, theme.colour("accent"))
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return pixmap
