"""Images on their way from one place of the window to another."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

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
