"""Helpers for tests of the gallery: a session with images and predictions but without a model."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.classify.calibration import Calibration
from engine.classify.reading import Reading
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from gui.gallery.panel import GalleryPanel
from gui.state.class_styles import ClassStyles
from gui.state.session import Session

MANY, FEW, EACH = 100_000, 69, 23  # the last rows are incomplete, also within bands
CLASSES = ("basophil", "monocyte", "platelet")
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class Card:
    """Stand-in for a model card."""

    classes = CLASSES
    calibration = Calibration(temperature=1.0)


class Source:
    """Stand-in for an image source."""

    root = None
    folders = ()


def record(path: str) -> ImageRecord:
    """Return the record of an image that need not exist."""
    return ImageRecord(path, None, None, 10, 1)


def set_prediction(session: Session, path: str, class_id: str, confidence: float) -> None:
    """Set the model's prediction of an image."""
    set_predictions(session, [(path, class_id, confidence)])


def set_predictions(session: Session, predictions: Iterable[tuple[str, str, float]]) -> None:
    """Set the model's predictions of several images."""
    table, nothing = session.table, (np.zeros(4, np.float16), np.zeros((2, 2, 3), np.float16))

    @cache
    def reading(class_id: str, confidence: float) -> Reading:
        rest = np.log((1 - confidence) / 2)
        logits = [np.log(confidence) if name == class_id else rest for name in CLASSES]
        return Reading(np.array(logits, np.float32), *nothing)

    session.add_readings(
        (table.records[table.row(path)], reading(class_id, confidence))
        for path, class_id, confidence in predictions
    )


def decide(session: Session, paths: Iterable[str], field: str, value: object) -> None:
    """Set a decision on several images."""
    paths = list(paths)
    for path in paths:
        session.table.apply_decision(path, field, value)
    session.decided.emit(paths)


def fill_session(session: Session, folder: Path, total: int, real: int = 12) -> list[str]:
    """Open a folder of `real` existing images and further missing ones; return all paths.

    The predictions alternate between the three classes.
    """
    folder.mkdir(exist_ok=True)
    for number in range(real):
        size = (48, 32 if number % 2 else 48)
        Image.new("RGB", size, (20 * number, 90, 140)).save(folder / f"c{number:06}.png")
    session.open(open_source(folder))
    session.class_styles = ClassStyles(load_class_set())
    session.table.set_model(Card())
    found = list(session.source.scan(Job()))
    missing = [record(f"c{number:06}.png") for number in range(real, total)]
    session.add([*found, *missing])
    paths = list(session.table.paths)
    set_predictions(
        session,
        (
            (path, CLASSES[index % 3], 0.5 + 0.4 * (index % 97) / 97)
            for index, path in enumerate(paths)
        ),
    )
    return paths


def send_mouse(
    widget: QWidget, kind: QEvent.Type, point: QPoint, held: Qt.KeyboardModifier = PLAIN
) -> None:
    """Send a press, release or move of the left button."""
    button = NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT
    down = NO_BUTTON if kind == QEvent.Type.MouseButtonRelease else LEFT
    place = QPointF(widget.mapToGlobal(point))
    QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(point), place, button, down, held))


def drag(widget: QWidget, *points: QPoint, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press at the first point, move over the others, and release at the last."""
    send_mouse(widget, QEvent.Type.MouseButtonPress, points[0], held)
    for point in points[1:]:
        send_mouse(widget, QEvent.Type.MouseMove, point, held)
    send_mouse(widget, QEvent.Type.MouseButtonRelease, points[-1], held)


def set_query(panel: GalleryPanel, **changes: object) -> None:
    """Change the gallery's query."""
    panel.model.set_query(replace(panel.model.query, **changes))


def press_key(panel: GalleryPanel, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key in the grid."""
    QTest.keyClick(panel.view, key, held)


def set_current_row(panel: GalleryPanel, number: int) -> None:
    """Set the current row."""
    panel.view.setCurrentIndex(panel.model.index(number))


def current_row(panel: GalleryPanel) -> int:
    """Return the current row."""
    return panel.view.currentIndex().row()


def selected(panel: GalleryPanel) -> list[str]:
    """Return the paths of the selected images."""
    return list(panel.session.selected)


def image_rect(panel: GalleryPanel, number: int) -> QRect:
    """Return the rectangle of a row's image in the viewport."""
    view = panel.view
    return view.itemDelegate().image_rect(view.visualRect(panel.model.index(number)))


def point_below_image(panel: GalleryPanel, number: int) -> QPoint:
    """Return a point in a tile below its image."""
    return image_rect(panel, number).center() + QPoint(
        0, image_rect(panel, number).height() // 2 + 8
    )
