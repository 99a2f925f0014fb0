"""Second readings of the open project, as the window shows them."""

from math import isnan
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.jobs import Job
from gui.jobs.workers import Task
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project.decisions import Edit
    from engine.project.project import Project
    from engine.project.reading_draw import DrawCandidate, DrawMethod
    from engine.project.second_reading import ReadingRound, RoundImage

_DELAY_MS = 150


class SecondReadings(QObject):
    """The rounds of the open project, read again after each edit that changes one."""

    changed = Signal()
    started = Signal(object)
    """A `ReadingRound` that was just started or resumed."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__(context)
        self._context = context
        self.rounds: list[tuple[ReadingRound, list[RoundImage]]] = []
        """The last round first."""
        self._task: Task | None = None
        self._is_starting = False
        self._resumed_id = ""
        self._is_stale = False
        # Delayed: edits come in quick succession.
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._load)
        context.decisions.project_changed.connect(self._restart)
        context.decisions.saved.connect(self._on_edit)
        self._restart()

    def start(self, reader: str, method: "DrawMethod", count: int, seed: int) -> None:
        """Draw images that have a label, and start a second reading of them."""
        from engine.project.reading_draw import draw_images
        from engine.project.reading_edits import start_round

        drawn = draw_images(self.candidates(), method, count, seed)
        if drawn:
            self._is_starting = True
            self._context.decisions.run_edit(
                lambda project, who: start_round(
                    project, drawn, reader=reader, method=method, seed=seed, who=who
                )
            )

    def end(self, reading: "ReadingRound") -> None:
        """End a round: its agreement and conflicts are shown from now on."""
        from engine.project.reading_edits import end_round

        self._context.decisions.run_edit(
            lambda project, who: end_round(project, reading, who=who), reading.reader
        )

    def resume(self, reading: "ReadingRound") -> None:
        """Continue an ended round, for the images that were not read."""
        from engine.project.reading_edits import resume_round

        self._resumed_id = reading.id
        self._context.decisions.run_edit(
            lambda project, who: resume_round(project, reading, who=who), reading.reader
        )

    def candidates(self) -> "list[DrawCandidate]":
        """Return the images that can be drawn: readable, not removed and with a label."""
        from engine.project.reading_draw import DrawCandidate

        table = self._context.session.table
        if table is None:
            return []
        labels, folders = table.decided_classes(), table.folder_classes()
        excluded = table.column("removed") | table.column("bad")
        margins = table.column("margin")
        found = []
        for row in (~excluded).nonzero()[0].tolist():
            code = int(labels[row])
            label = table.class_id(code) or table.class_id(int(folders[row]))
            if label is not None:
                margin = float(margins[row])
                found.append(
                    DrawCandidate(table.paths[row], label, None if isnan(margin) else margin)
                )
        return found

    def ended(self) -> "list[ReadingRound]":
        """Return the ended rounds, the last one first."""
        return [reading for reading, _ in self.rounds if reading.ended]

    def label(self, path: str) -> str | None:
        """Return the label of an image that holds now, its folder's where nobody gave another."""
        return self._labels([path]).get(path)

    def conflicts(self) -> "list[tuple[ReadingRound, RoundImage]]":
        """Return the open conflicts of ended rounds."""
        from engine.project.reader_comparison import conflicts

        table = self._context.session.table
        if table is None:
            return []
        found = []
        for reading, images in self.rounds:
            if reading.ended:
                # The labels that hold now are looked up only where the readers disagree.
                differing = conflicts(images, {}, table.merged)
                labels = self._labels([image.path for image in differing])
                present = [image for image in differing if image.path in labels]
                found += [(reading, image) for image in conflicts(present, labels, table.merged)]
        return found

    def _labels(self, paths: "Sequence[str]") -> dict[str, str | None]:
        """Return the labels that hold now of those images that are in the folder."""
        table = self._context.session.table
        if table is None or not paths:
            return {}
        decided, folders = table.decided_classes(), table.folder_classes()
        rows = {path: row for path in paths if (row := table.row(path)) is not None}
        return {
            path: table.class_id(int(decided[row])) or table.class_id(int(folders[row]))
            for path, row in rows.items()
        }

    def refresh(self) -> None:
        """Read the rounds again if a second reader has labelled images since."""
        if self._is_stale:
            self._load()

    def _restart(self) -> None:
        self._context.workers.drop(self._task)
        self._task = None
        self.rounds = []
        self._resumed_id = ""
        self.changed.emit()
        self._load()

    def _on_edit(self, edit: "Edit") -> None:
        from engine.project.reading_edits import READ_ACTION
        from engine.project.second_reading import changed_rounds

        if edit.action == READ_ACTION:
            # Nobody sees the figures while somebody reads.
            self._is_stale = True
        elif changed_rounds(edit) or edit.action in ("restore_state", "merge"):
            self._timer.start()

    def _load(self) -> None:
        project = self._context.decisions.project
        self._context.workers.drop(self._task)
        self._task = None
        self._is_stale = False
        if project is not None:
            self._task = self._context.workers.start(load_rounds, project)
            self._task.done.connect(self._on_loaded)
            self._context.errors.watch(self._task)

    def _on_loaded(self, rounds: "list[tuple[ReadingRound, list[RoundImage]]]") -> None:
        self._task = None
        is_new = len(rounds) > len(self.rounds)
        self.rounds = rounds
        self.changed.emit()
        if self._is_starting and is_new:
            self._is_starting = False
            self.started.emit(rounds[0][0])
        resumed = (pair[0] for pair in rounds if pair[0].id == self._resumed_id)
        if (reading := next(resumed, None)) is not None and not reading.ended:
            self._resumed_id = ""
            self.started.emit(reading)


def load_rounds(job: Job, project: "Project") -> "list[tuple[ReadingRound, list[RoundImage]]]":
    """Return the rounds of a project with their images; raises `Problem`."""
    from engine.project.second_reading import read_round_images, read_rounds

    rounds = []
    for reading in read_rounds(project):
        job.check()
        rounds.append((reading, read_round_images(project, reading)))
    return rounds
