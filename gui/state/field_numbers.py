"""Field numbers: small integers for the fields whose cells are the images."""

from collections.abc import Iterable

from engine.fields.cell_path import split_cell_path
from gui.state.class_codes import NONE


class FieldNumbers:
    """The fields in the order of their numbers."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, field_path: str) -> int | None:
        """Return the number of a field, None for an unknown one."""
        return self._numbers.get(field_path)

    def place(self, path: str) -> tuple[int, int, int]:
        """Return the number of a cell's field, and the top and the left of its box.

        The number is `NONE` for an image that is not a cell of a field; a new field gets a new one.
        """
        parts = split_cell_path(path)
        if parts is None:
            return NONE, 0, 0
        field_path, box = parts
        return self._add(field_path), box.y, box.x

    def add(self, field_paths: Iterable[str]) -> None:
        """Number fields without a cell too, after those with cells."""
        for field_path in field_paths:
            self._add(field_path)

    def _add(self, field_path: str) -> int:
        number = self._numbers.setdefault(field_path, len(self.paths))
        if number == len(self.paths):
            self.paths.append(field_path)
        return number
