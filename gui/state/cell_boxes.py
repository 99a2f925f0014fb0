"""Cell boxes of the window: cells that a person adds to a field, and boxes that a person moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPointF, QRectF

from engine.jobs import Job
from engine.messages import Problem
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Workers
from gui.state.decisions import Decisions
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.fields.cell_box import CellBox
    from engine.fields.field_source import FieldSource
    from engine.images.record import ImageRecord


def place_box(
    job: Job, source: "FieldSource", record: "ImageRecord", point: tuple[float, float]
) -> "tuple[CellBox, str]":
    """Return the box of the cell at a point, and the content hash of its field; raises `Problem`."""
    from engine.fields.placement import box_at

    field = source.load_field(record)
    job.check()
    return box_at(field.image.pixels, field.cells, *point), field.image.content_hash


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """The field in which a box is drawn: its path, content hash, width and height."""

    path: str
    content_hash: str
    width: int
    height: int


class CellBoxes(QObject):
    """Writes drawn boxes into the open project; the session shows them once they are saved."""

    def __init__(
        self, session: Session, decisions: Decisions, workers: Workers, errors: ErrorReporter
    ) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._workers = workers
        self._errors = errors

    def place(self, field: FieldFacts, point: QPointF) -> None:
        """Add the cell at a point of a field; its box is found there."""
        source = self._session.source
        record = self._source.field_record(field.path)
        if record is None:
            return

        def add(placed: "tuple[CellBox, str]") -> None:
            if source is self._session.source:
                self._add(field.path, *placed)

        task = self._workers.start(place_box, source, record, (point.x(), point.y()))
        task.done.connect(add)
        self._errors.watch(task)

    def add(self, field: FieldFacts, box: QRectF) -> None:
        """Add a cell with the box that a person drew."""
        with self._reporting():
            self._add(field.path, self._fit(field, box), field.content_hash)

    def move(self, path: str, field: FieldFacts, box: QRectF) -> None:
        """Give a cell another box."""
        from engine.fields.cell_path import cell_path, split_cell_path
        from engine.fields.decided_cells import DrawnBox
        from engine.project.cell_boxes import move_box

        parts = split_cell_path(path)
        if parts is None:
            return
        with self._reporting():
            # It stays the same cell, so its new size says nothing about its kind.
            kind = self._source.box_of(path, field.content_hash).kind
            new_box = self._fit(field, box)
            new_path = cell_path(parts[0], new_box)
            drawn = DrawnBox(field.content_hash, kind, new_box.flags)
            if self._session.item(new_path) is None:
                self._decisions.run_edit(
                    lambda project, who: move_box(project, path, new_path, drawn, who)
                )

    def _add(self, field_path: str, box: "CellBox", field_hash: str) -> None:
        from engine.fields.cell_path import cell_path
        from engine.fields.decided_cells import DrawnBox
        from engine.project.cell_boxes import add_cell

        path, drawn = cell_path(field_path, box), DrawnBox(field_hash, box.kind, box.flags)
        if self._session.item(path) is None:
            self._decisions.run_edit(lambda project, who: add_cell(project, path, drawn, who))

    def _fit(self, field: FieldFacts, box: QRectF) -> "CellBox":
        from engine.fields.placement import fit_box

        cells = self._source.cells_of(field.path, field.content_hash)
        return fit_box(
            box.x(), box.y(), box.width(), box.height(), field.width, field.height, cells
        )

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Report why the field cannot be read any more; no box is changed then."""
        try:
            yield
        except Problem as problem:
            self._errors.report(problem.message)

    @property
    def _source(self) -> "FieldSource":
        return cast("FieldSource", self._session.source)
