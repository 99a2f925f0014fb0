"""Decisions of the `cells` command: what a person decided in the window about the cells of the folder."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.progress import say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.fields.cell_box import FieldCells
    from engine.fields.decided_cells import DecidedCell
    from engine.fields.field_source import FieldSource
    from engine.images.record import BadFile, ImageRecord


@dataclass(frozen=True, slots=True)
class CellDecisions:
    """The labels and removals of cells, by path."""

    labels: dict[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        source: "FieldSource",
        found: "Sequence[tuple[ImageRecord | BadFile, FieldCells | BadFile]]",
        decided: "Sequence[DecidedCell]",
    ) -> "CellDecisions":
        """Return the decisions on the cells that were found, by the content of their fields."""
        from engine.fields.cell_box import FieldCells
        from engine.images.record import ImageRecord

        if not decided:
            return cls()
        by_content = {cell.content_hash: cell for cell in decided if cell.content_hash}
        by_path = {cell.path: cell for cell in decided if not cell.content_hash}
        cells: dict[str, DecidedCell] = {}
        for file, boxes in found:
            if not isinstance(file, ImageRecord) or not isinstance(boxes, FieldCells):
                continue
            for record in source.cell_records(file, boxes):
                with contextlib.suppress(Problem):  # A file that went meanwhile is not read either.
                    cell = by_content.get(source.digest(record)) or by_path.get(record.path)
                    if cell is not None:
                        cells[record.path] = cell
        return cls(
            {path: cell.label for path, cell in cells.items() if cell.label},
            frozenset(path for path, cell in cells.items() if cell.removed),
        )

    def without_removed(
        self, field_path: str, cells: "FieldCells | BadFile"
    ) -> "FieldCells | BadFile":
        """Return the cells of a field that a person did not remove."""
        from engine.fields.cell_box import FieldCells
        from engine.fields.cell_path import cell_path

        if not self.removed or not isinstance(cells, FieldCells):
            return cells
        boxes = (box for box in cells.boxes if cell_path(field_path, box) not in self.removed)
        return replace(cells, boxes=tuple(boxes))

    def label_of(self, path: str, predicted: str) -> str | None:
        """Return the class that a person gave a cell, else the predicted one; None for "not classed"."""
        from engine.project.decisions import NOT_CLASSED

        label = self.labels.get(path, predicted)
        return None if label == NOT_CLASSED else label


def project_cells(root: Path) -> "Sequence[DecidedCell]":
    """Return the decided cells of the project in which a folder was last open as fields, and say so."""
    from engine.project.cell_boxes import decided_cells_of

    cells = decided_cells_of(root)
    if cells:
        say(render(Message("cells.decided", {"count": len(cells)})))
    return cells
