"""Outcome of a linking while it is gathered: what has to be written, and what is reported."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.fields.cell_path import file_path, split_cell_path
from engine.project.decisions import BOX_FIELD, decode_value
from engine.project.image_rows import ImageRow, ImageState, LinkChanges, LocatedImage, decision_of
from engine.project.link_result import AmbiguousImage, LinkCandidate, LinkResult

if TYPE_CHECKING:
    from engine.images.record import ImageRecord


class LinkOutcome:
    """Outcome of matching images with rows, so far."""

    def __init__(self, states: Mapping[int, ImageState]) -> None:
        self.states = states
        """The decisions of the rows that have any, by row id."""
        self.unmatched: dict[int, ImageRow] = {}
        """Rows whose image has not been found, by id."""
        self.same = 0
        self.touched = 0
        self.moved: list[tuple[str, str]] = []
        self.changed: dict[str, None] = {}
        self.ambiguous: dict[str, list[ImageRow]] = {}
        """The rows that may be those of an image, by its path."""
        self.changes = LinkChanges()
        self._new = 0

    def mark_gone(self, row: ImageRow) -> None:
        """Note that the image of a row is not at its place."""
        self.unmatched[row.id] = row
        self.changes.missing.append(row.id)

    def mark_located(self, row: ImageRow, record: "ImageRecord", content: bytes | None) -> None:
        """Note that an image is that of a row."""
        self.unmatched.pop(row.id, None)
        self.changed.pop(record.path, None)
        self.ambiguous.pop(record.path, None)
        self.changes.located.append(
            LocatedImage(row.id, record.path, content, record.size, record.mtime_ns)
        )

    def add(self, record: "ImageRecord", content: bytes | None) -> None:
        """Note an image that gets a row of its own."""
        is_ambiguous = record.path in self.ambiguous
        if not is_ambiguous and record.path not in self.changed:
            self._new += 1
        self.changes.located.append(
            LocatedImage(None, record.path, content, record.size, record.mtime_ns, is_ambiguous)
        )

    def result(self, paths_here: set[str] | None) -> LinkResult:
        """Return the result; missing images are reported only with the paths of the whole folder."""
        missing = (
            {row.path for row in self._missing_rows(paths_here)} - paths_here
            if paths_here is not None
            else ()
        )
        return LinkResult(
            same=self.same,
            touched=self.touched,
            moved=tuple(self.moved),
            changed=tuple(self.changed),
            new=self._new,
            missing=tuple(sorted(missing)),
            ambiguous=tuple(
                AmbiguousImage(
                    path,
                    tuple(
                        LinkCandidate(row.id, row.path, decision_of(self.states[row.id]))
                        for row in rows
                    ),
                )
                for path, rows in self.ambiguous.items()
            ),
        )

    def _missing_rows(self, paths_here: set[str]) -> list[ImageRow]:
        """Return the rows without an image, except those of boxes that are no cell any more."""
        cells = [row for row in self.unmatched.values() if split_cell_path(row.path)]
        if not cells:
            return list(self.unmatched.values())
        fields_here = {file_path(path) for path in paths_here}
        without_cell = {
            row.id
            for row in cells
            if file_path(row.path) in fields_here and not self._has_cell(row)
        }
        return [row for row in self.unmatched.values() if row.id not in without_cell]

    def _has_cell(self, row: ImageRow) -> bool:
        """Return whether a person decided something else about a box than that there is no cell."""
        state = self.states.get(row.id, {})
        if BOX_FIELD not in state:
            return bool(state)
        drawn = decode_value(state[BOX_FIELD])
        return isinstance(drawn, dict) and drawn.get("kind") is not None
