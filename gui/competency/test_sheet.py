"""Test sheet: the answer sheet of a competency test, with its clock, saved in the competency store."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from engine.messages import Message
from gui.competency.store_thread import StoreThread
from gui.second_reading.answer_sheet import AnswerSheet, SheetImage
from gui.words import number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.competency.record import CompetencyTest, DrawnCell

_TICK_MS = 1000
_SAVE_TICKS = 10


class TestSheet(AnswerSheet):
    """The cells of one test that are in the open folder; the clock runs while they are on the screen."""

    __test__ = False  # not a test of pytest
    takes_notes = False

    def __init__(
        self,
        store: StoreThread,
        end: "Callable[[CompetencyTest, float, list[int]], object]",
        test: "CompetencyTest",
        cells: "Sequence[DrawnCell]",
        absent: list[int],
    ) -> None:
        super().__init__([SheetImage(cell.path, cell.answer) for cell in cells], store)
        self._store, self._end = store, end
        self._test = test
        self._places = [cell.place for cell in cells]
        self._absent = absent
        self._requested = [image.label for image in self.images]
        self._done: list[tuple[int, str | None, str | None]] = []
        self._undone: list[tuple[int, str | None, str | None]] = []
        self._used_before = test.used_s
        self._begun: float | None = None
        self._ticks = 0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.ending = self.tr("End the test")
        self.completed = self.tr("All cells have an answer. End the test to see the score.")

    @property
    def used_s(self) -> float:
        """The seconds that cells of the test were on the screen."""
        running = 0.0 if self._begun is None else time.monotonic() - self._begun
        return self._used_before + running

    @property
    def clock_text(self) -> str:  # type: ignore[override]
        if self._test.limit_s is None:
            return ""
        minutes, seconds = divmod(max(round(self._test.limit_s - self.used_s), 0), 60)
        return self.tr("{minutes}:{seconds} left").format(
            minutes=number(minutes), seconds=f"{seconds:02d}"
        )

    def heading(self, done: int) -> str:
        return self.tr("Competency test of {who}: {n} of {total} answered").format(
            who=self._test.person, n=number(done), total=number(len(self.images))
        )

    def set_label(self, index: int, class_id: str | None) -> None:
        old = self._requested[index]
        if old != class_id:
            self._done.append((index, old, class_id))
            self._undone.clear()
        self._answer(index, class_id, self.answered.emit)

    def leave_out(self, index: int) -> None:
        if self._places[index] not in self._absent:
            self._absent.append(self._places[index])

    def undo(self, *, redo: bool = False) -> None:
        taken, other = (self._undone, self._done) if redo else (self._done, self._undone)
        if taken:
            index, old, new = taken.pop()
            other.append((index, old, new))
            self._answer(index, new if redo else old, self.reverted.emit)

    def begin(self) -> None:
        self._begun = time.monotonic()
        self._timer.start()
        self._tick()

    def pause(self) -> None:
        if self._begun is not None:
            self._used_before, self._begun = self.used_s, None
            self._timer.stop()
            self._save_time()

    def end(self) -> None:
        self._end(self._test, self.used_s, self._absent)

    def _answer(
        self, index: int, class_id: str | None, announce: "Callable[[int], object]"
    ) -> None:
        test, place, used_s = self._test, self._places[index], self.used_s
        self._requested[index] = class_id

        def take(cell: "DrawnCell") -> None:
            self.images[index] = replace(self.images[index], label=cell.answer)
            if self._begun is not None:
                announce(index)

        self._store.submit(
            lambda store: store.answer(test, place, class_id, used_s), take, self._refuse
        )

    def _refuse(self, message: Message) -> None:
        # What could not be saved was not answered.
        self._requested = [image.label for image in self.images]
        on_screen = self._begun is not None
        (self.failed if on_screen else self._store.failed).emit(message)

    def _tick(self) -> None:
        self._ticks += 1
        self.clock_changed.emit()
        if self._test.limit_s is not None and self.used_s >= self._test.limit_s:
            self._timer.stop()
            self.time_over.emit()
        elif self._ticks % _SAVE_TICKS == 0:
            self._save_time()

    def _save_time(self) -> None:
        test, used_s = self._test, self.used_s
        self._store.submit(lambda store: store.save_time(test, used_s), refuse=self._refuse)
