"""Open conflicts: the queue of the conflict page, and which of them is on the screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.second_reading.readings import SecondReadings
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project.decisions import Edit
    from engine.project.second_reading import ReadingRound, RoundImage

    Conflict = tuple[ReadingRound, RoundImage]

_Key = tuple[str, str]


class OpenConflicts(QObject):
    """Conflicts of one second reading or of all; one that was just settled is left out before it is saved."""

    changed = Signal()

    def __init__(self, context: WorkspaceContext, readings: SecondReadings) -> None:
        super().__init__(context)
        self._readings = readings
        self.reading_id = ""
        """The id of the reading whose conflicts are listed, empty for all."""
        self._key: _Key | None = None
        self._wanted: set[str] = set()
        # Settled, but not yet seen as settled in the readings.
        self._submitted: set[_Key] = set()
        readings.changed.connect(self._on_readings)
        context.decisions.saved.connect(self._on_edit)
        context.decisions.failed.connect(self._on_failed)
        context.session.opened.connect(self._reset)

    @property
    def current(self) -> "Conflict | None":
        """The conflict on the screen, the first one before any was shown."""
        found = self.conflicts()
        here = next((pair for pair in found if _key(pair) == self._key), None)
        current = here or (found[0] if found else None)
        if current is not None:
            self._key = _key(current)
        return current

    def conflicts(self) -> "list[Conflict]":
        """Return the conflicts that are open, in the order of the queue."""
        return [
            pair
            for pair in self._readings.conflicts()
            if self.reading_id in ("", pair[0].id) and _key(pair) not in self._submitted
        ]

    def choose_reading(self, round_id: str) -> None:
        """List the conflicts of one reading, of all for an empty id."""
        self.reading_id = round_id

    def step(self, step: int) -> None:
        """Go to another conflict; after the last one comes the first."""
        self._wanted = set()
        found, current = self.conflicts(), self.current
        if current is not None:
            self._key = _key(found[(found.index(current) + step) % len(found)])

    def submit(self, conflict: "Conflict") -> None:
        """Leave a conflict out that is being settled, and go to the next one."""
        if conflict in self.conflicts() and conflict == self.current:
            self.step(1)
        self._submitted.add(_key(conflict))

    def return_to(self, paths: "Sequence[str]") -> None:
        """Go to the conflict of one of these images, as soon as it is listed."""
        self._wanted = set(paths)
        self._find_wanted()

    def _find_wanted(self) -> None:
        for pair in self.conflicts():
            if pair[1].path in self._wanted:
                self._key = _key(pair)
                self._wanted = set()
                return

    def _on_readings(self) -> None:
        self._submitted &= {_key(pair) for pair in self._readings.conflicts()}
        if self.reading_id not in {reading.id for reading in self._readings.ended()}:
            self.reading_id = ""
        self._find_wanted()
        self.changed.emit()

    def _on_edit(self, edit: "Edit") -> None:
        if edit.undoes is not None and self._submitted:
            # The readings may not have been read again between the settling and its undo.
            self._submitted.clear()
            self._find_wanted()
            self.changed.emit()

    def _on_failed(self, _: object) -> None:
        if self._submitted:
            self._submitted.clear()
            self.changed.emit()

    def _reset(self) -> None:
        self.reading_id, self._key = "", None
        self._wanted, self._submitted = set(), set()


def _key(conflict: "Conflict") -> _Key:
    return conflict[0].id, conflict[1].path
