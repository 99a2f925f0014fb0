"""Boxes of the cells of a field, in the colours of their classes."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from engine.fields.cell_path import split_cell_path
from gui.state.session import Session
from gui.theme import Theme


class FieldBox(NamedTuple):
    """The box of a cell, in pixels of its field."""

    path: str
    rectangle: QRectF
    colour: QColor
    name: str
    """The name of the cell's class, empty without one."""
    removed: bool


class FieldBoxes:
    """The boxes of one field."""

    def __init__(self, session: Session, theme: Theme) -> None:
        self._session = session
        self._theme = theme
        self._boxes: list[FieldBox] = []

    @property
    def paths(self) -> list[str]:
        """The paths of the cells."""
        return [box.path for box in self._boxes]

    def update(self, field_path: str | None) -> None:
        """Take the cells of a field with their present classes; None for no field."""
        self._boxes = []
        table = self._session.table
        if field_path is None or table is None:
            return
        for path in table.cell_paths(field_path):
            item, parts = self._session.item(path), split_cell_path(path)
            if item is None or parts is None:
                continue
            class_id = item.displayed_class
            style = self._session.class_styles.find(class_id) if class_id else None
            colour = QColor(style.colour) if style else self._theme.colour("muted")
            name = style.name if style else ""
            self._boxes.append(FieldBox(path, QRectF(*parts[1]), colour, name, item.removed))

    def find(self, path: str) -> FieldBox | None:
        """Return the box of a cell."""
        return next((box for box in self._boxes if box.path == path), None)

    def smallest_at(self, point: QPointF) -> FieldBox | None:
        """Return the smallest box at a point, so that a platelet on a cell can be clicked."""
        hit = [box for box in self._boxes if box.rectangle.contains(point)]
        return min(
            hit, key=lambda box: box.rectangle.width() * box.rectangle.height(), default=None
        )

    def current_last(self, current_path: str) -> list[FieldBox]:
        """Return the boxes in the order of painting, that of the current cell over the others."""
        return sorted(self._boxes, key=lambda box: box.path == current_path)
