"""A session with images and predictions, without a model that reads: for tests of the gallery."""

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
from gui.state.class_styles import ClassLooks
from gui.gallery.panel import GalleryPanel
from gui.state.session import Session

MANY, FEW, EACH = 100_000, 69, 23  # the last lines of the few are short ones, in bands too
CLASSES = ("basophil", "monocyte", "platelet")
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class Card:
    """What the table asks of a card."""

    classes = CLASSES
    calibration = Calibration(temperature=1.0)


class Source:
    """What the session asks of a source."""

    root = None


def record(path: str) -> ImageRecord:
    """Return the record of an image that need not be there."""
    return ImageRecord(path, None, None, 10, 1)


def said(session: Session, path: str, class_id: str, confidence: float) -> None:
    """Let the model have said something of an image."""
    said_of(session, [(path, class_id, confidence)])


def said_of(session: Session, predictions: Iterable[tuple[str, str, float]]) -> None:
    """Let the model have said something of many images."""
    table, nothing = session.table, (np.zeros(4, np.float16), np.zeros((2, 2, 3), np.float16))

    @cache
    def reading(class_id: str, confidence: float) -> Reading:
        rest = np.log((1 - confidence) / 2)
        logits = [np.log(confidence) if one == class_id else rest for one in CLASSES]
        return Reading(np.array(logits, np.float32), *nothing)

    session.take(
        (table.records[table.row(path)], reading(class_id, confidence))
        for path, class_id, confidence in predictions
    )


def decide(session: Session, paths: Iterable[str], field: str, value: object) -> None:
    """Let a person have decided something."""
    paths = list(paths)
    for path in paths:
        session.table.decide(path, field, value)
    session.decided.emit(paths)


def fill(session: Session, folder: Path, total: int, real: int = 12) -> list[str]:
    """Open a folder of `real` images that are there and more that are not; return all paths.

    A third of them each is predicted as one of the classes, in turn.
    """
    folder.mkdir(exist_ok=True)
    for number in range(real):
        size = (48, 32 if number % 2 else 48)
        Image.new("RGB", size, (20 * number, 90, 140)).save(folder / f"c{number:06}.png")
    session.open(open_source(folder))
    session.looks = ClassLooks(load_class_set())
    session.table.set_model(Card())
    found = list(session.source.scan(Job()))
    missing = [record(f"c{number:06}.png") for number in range(real, total)]
    session.add([*found, *missing])
    paths = list(session.table.paths)
    said_of(
        session,
        ((path, CLASSES[at % 3], 0.5 + 0.4 * (at % 97) / 97) for at, path in enumerate(paths)),
    )
    return paths


def mouse(
    widget: QWidget, kind: QEvent.Type, point: QPoint, held: Qt.KeyboardModifier = PLAIN
) -> None:
    """Let the left button go down or up, or the pointer move with it down."""
    button = NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT
    down = NO_BUTTON if kind == QEvent.Type.MouseButtonRelease else LEFT
    place = QPointF(widget.mapToGlobal(point))
    QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(point), place, button, down, held))


def pull(widget: QWidget, *points: QPoint, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press at the first point, move over the others, and let go at the last."""
    mouse(widget, QEvent.Type.MouseButtonPress, points[0], held)
    for point in points[1:]:
        mouse(widget, QEvent.Type.MouseMove, point, held)
    mouse(widget, QEvent.Type.MouseButtonRelease, points[-1], held)


def ask(panel: GalleryPanel, **changes: object) -> None:
    """Ask for another query."""
    panel.model.set_query(replace(panel.model.query, **changes))


def press(panel: GalleryPanel, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key in the grid."""
    QTest.keyClick(panel.view, key, held)


def go(panel: GalleryPanel, number: int) -> None:
    """Make a row the current one."""
    panel.view.setCurrentIndex(panel.model.index(number))


def row(panel: GalleryPanel) -> int:
    """Return the current row."""
    return panel.view.currentIndex().row()


def selected(panel: GalleryPanel) -> list[str]:
    """Return the paths of the selected images."""
    return list(panel.session.selected)


def place(panel: GalleryPanel, number: int) -> QRect:
    """Return where the image of a row lies in the viewport."""
    view = panel.view
    return view.itemDelegate().picture(view.visualRect(panel.model.index(number)))


def beside(panel: GalleryPanel, number: int) -> QPoint:
    """Return a point of a tile below its image."""
    return place(panel, number).center() + QPoint(0, place(panel, number).height() // 2 + 8)
