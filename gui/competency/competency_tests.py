"""Competency tests of this computer as the window shows them."""

import contextlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.messages import Message, Problem
from gui.competency.store_thread import StoreThread
from gui.competency.tasks import draw_test, find_folder_truth, find_present_cells
from gui.competency.test_sheet import TestSheet
from gui.jobs.workers import Task
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.competency.record import CompetencyTest, DrawnCell
    from engine.competency.score import Score
    from engine.competency.store import CompetencyStore
    from engine.competency.truth import Truth, TruthCell


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test with its cells and its score so far."""

    __test__ = False  # not a test of pytest

    test: "CompetencyTest"
    cells: "tuple[DrawnCell, ...]"
    score: "Score"


class CompetencyTests(QObject):
    """The results of all tests, the last one first, and the truth that the open folder can give."""

    changed = Signal()
    """The results or the truth changed."""
    failed = Signal(object)
    """A `Message` on why nothing could be read or saved, or that a damaged store was recovered."""
    ended = Signal(str)
    """The id of a test that just ended."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__(context)
        self._context = context
        self.store = StoreThread(self)
        self._task: Task | None = None
        self._start_task: Task | None = None
        self._search: Task | None = None
        self.results: list[TestResult] = []
        self.truth: Truth | None = None
        """None until it is known, or without a project."""
        self.store.failed.connect(self.failed)
        context.decisions.project_changed.connect(self._forget_truth)

    @property
    def is_starting(self) -> bool:
        """True while a test is being drawn."""
        return self._start_task is not None

    @property
    def unfinished(self) -> TestResult | None:
        """The last test of the open folder that has not ended."""
        return next((r for r in self.results if self.is_here(r) and not r.test.ended), None)

    def is_here(self, result: TestResult) -> bool:
        """Return whether a test was drawn from the open folder."""
        project = self._context.decisions.project
        return project is not None and result.test.project == project.id

    def refresh(self) -> None:
        """Read the results and the truth again."""
        self.store.submit(_read_results, self._set_results)
        self._find_truth()

    def start(self, person: str, count: int, limit_s: int | None) -> None:
        """Draw a test from the open folder and let the person take it."""
        project, session = self._context.decisions.project, self._context.session
        truth = self.truth
        if project is None or session.source is None or truth is None or truth.problem is not None:
            return
        if self._start_task is not None:
            return
        table = session.table
        assert table is not None
        records = {
            cell.path: table.records[row]
            for cell in truth.cells
            if (row := table.row(cell.path)) is not None
        }
        seed = secrets.randbelow(1_000_000)
        self._start_task = task = self._context.workers.start(
            draw_test, session.source, records, truth.cells, count, seed
        )
        names = {entry.id: entry.name for entry in session.project_or_model_classes()}
        folder, project_id = session.title, project.id

        def save(drawn: "list[TruthCell]") -> None:
            self.store.submit(
                lambda store: _start_test(
                    store, truth, drawn, person=person, folder=folder, project=project_id,
                    seed=seed, requested=count, limit_s=limit_s, class_names=names,
                ),
                self.resume,
            )  # fmt: skip

        self._context.errors.watch(task)
        task.done.connect(save)
        task.finished.connect(self._on_drawn)
        self.changed.emit()

    def resume(self, result: TestResult) -> None:
        """Let the person go on with a test, in the folder where its images lie now."""
        if not self.is_here(result):
            return

        def go_on(present: "list[DrawnCell]") -> None:
            here = {cell.place for cell in present}
            absent = [cell.place for cell in result.cells if cell.place not in here]
            if present:
                sheet = TestSheet(self.store, self.end, result.test, present, absent)
                self._context.blind_sheet_requested.emit(sheet)
            else:
                self.failed.emit(Message("competency.images_gone"))

        self.find_present(result.cells, go_on)

    def find_present(
        self, cells: "Sequence[DrawnCell]", take: "Callable[[list[DrawnCell]], object]"
    ) -> None:
        """Pass the cells whose images are in the open folder to a function, with their present paths."""
        project, table = self._context.decisions.project, self._context.session.table
        self._context.workers.drop(self._search)
        self._search = None
        if project is not None and table is not None:
            self._search = self._context.workers.start(
                find_present_cells, project, list(table.paths), cells
            )
            self._search.done.connect(take)
            self._context.errors.watch(self._search)

    def end(self, test: "CompetencyTest", used_s: float, absent: list[int]) -> None:
        """End a test and read its result."""

        def work(store: "CompetencyStore") -> "list[TestResult]":
            store.end(test, used_s, absent)
            # The test has ended, whether or not it can be backed up now.
            with contextlib.suppress(Problem):
                store.back_up()
            return _read_results(store)

        def take(results: "list[TestResult]") -> None:
            self._set_results(results)
            self.ended.emit(test.id)

        self.store.submit(work, take)

    def close(self) -> None:
        """Save what is pending and close the store."""
        self._context.workers.drop(self._start_task)
        self.store.close()

    def _set_results(self, results: "list[TestResult]") -> None:
        self.results = results
        self.changed.emit()

    def _on_drawn(self) -> None:
        self._start_task = None
        self.changed.emit()

    def _forget_truth(self) -> None:
        self._context.workers.drop(self._task)
        self._context.workers.drop(self._start_task)
        self._context.workers.drop(self._search)
        self._task = self._start_task = self._search = self.truth = None
        self.changed.emit()

    def _find_truth(self) -> None:
        project, table = self._context.decisions.project, self._context.session.table
        self._context.workers.drop(self._task)
        self._task = None
        if project is None or table is None:
            return
        shown = ~table.column("bad")
        codes = table.labelled_classes()
        labels = {
            table.paths[row]: label
            for row in shown.nonzero()[0].tolist()
            if (label := table.class_id(int(codes[row]))) is not None
        }
        self._task = self._context.workers.start(find_folder_truth, project, labels)
        self._task.done.connect(self._set_truth)
        self._context.errors.watch(self._task)

    def _set_truth(self, truth: "Truth") -> None:
        self._task = None
        self.truth = truth
        self.changed.emit()


def _start_test(
    store: "CompetencyStore", truth: "Truth", drawn: "list[TruthCell]", **details: Any
) -> TestResult:
    return _result(store, store.start(truth, drawn, **details))


def _read_results(store: "CompetencyStore") -> list[TestResult]:
    return [_result(store, test) for test in store.tests()]


def _result(store: "CompetencyStore", test: "CompetencyTest") -> TestResult:
    from engine.competency.score import score_cells

    cells = tuple(store.cells(test))
    return TestResult(test, cells, score_cells(cells, list(test.class_names)))
