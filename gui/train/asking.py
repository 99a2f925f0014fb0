"""Which images to label next, as a grid; and how accuracy grew with the labels that were given."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.jobs import Job
from gui.activities import Activity
from gui.desk import Desk
from gui.table import NONE
from gui.train import work
from gui.train.work import Desired
from gui.words import number, percent
from gui.workers import Task

if TYPE_CHECKING:
    from engine.train.curve import Point
    from gui.table import ImageTable
    from gui.train.curves import Curve

COUNT = 40


class NextToLabel(QWidget):
    """A button that leads to the images worth labelling, and the curve at the press of another."""

    curve_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        theme = desk.theme
        head = QLabel(self.tr("Few labels yet?"))
        head.setFont(theme.font(strong=True))
        self.about = QLabel(
            self.tr(
                "The images from which the model learns most: typical and diverse ones first, later those "
                "it is unsure of. Label them in Review, then retrain."
            ),
            wordWrap=True,
        )
        self.about.setProperty("role", "muted")
        self.next = QPushButton(self.tr("Label these {count} next").format(count=number(COUNT)))
        self.draw = QPushButton(self.tr("Accuracy against labels"))
        self.said = QLabel(wordWrap=True)
        self._curve: Curve | None = None
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        buttons.addWidget(self.next)
        buttons.addWidget(self.draw)
        buttons.addStretch()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.space("small"))
        for widget in (head, self.about):
            self._rows.addWidget(widget)
        self._rows.addLayout(buttons)
        self._rows.addWidget(self.said)
        self.said.hide()
        self.next.clicked.connect(self.show_next)
        self.draw.clicked.connect(self.curve_asked)
        desk.session.opened.connect(self._clear)

    def show_next(self) -> None:
        """Find the images and show them alone in Review."""
        table, engine = self._desk.session.table, self._desk.session.engine
        if table is None or engine is None or table.logits is None:
            self._say(self.tr("The images have to be read first."))
            return
        temperature = engine.card.calibration.temperature
        task = self._desk.workers.start(_next, table, temperature)
        self._desk.watch(task).done.connect(self._lead)

    def show_curve(self, asked: Desired) -> None:
        """Fit heads to growing parts of the labels and draw what accuracy they reach."""
        if self._task is not None:
            return
        desk = self._desk
        self._task = task = desk.workers.start(_curve, asked)
        desk.watch(task).done.connect(self._draw)
        task.finished.connect(self._end)
        words = self.tr("Accuracy against labels")
        desk.activities.show(Activity(task, words, words + ": {done} / {total}", images=False))
        self.draw.setEnabled(False)

    def _lead(self, paths: list[str]) -> None:
        if paths:
            words = self.tr("{count} to label next").format(count=number(len(paths)))
            self._desk.show_images(paths, words)
        else:
            self._say(self.tr("Every image has a label: there is none to ask for."))

    def _draw(self, points: "list[Point]") -> None:
        if self._curve is None:
            from gui.train.curves import Curve

            self._curve = Curve(
                self._desk.theme,
                self.tr("Accuracy on the locked images"),
                self.tr("Labels"),
                shares=True,
            )
            self._rows.addWidget(self._curve)
        self._curve.show()
        self._curve.show_values(
            [float(one.labels) for one in points], [one.accuracy for one in points]
        )
        words = self.tr("{first} with {few} {few:label|labels}, {last} with {many}.")
        self._say(
            words.format(
                first=percent(points[0].accuracy),
                few=number(points[0].labels),
                last=percent(points[-1].accuracy),
                many=number(points[-1].labels),
            )
        )

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _end(self) -> None:
        self._task = None
        self.draw.setEnabled(True)

    def _clear(self) -> None:
        self._desk.workers.drop(self._task)
        self._end()
        self.said.hide()
        if self._curve is not None:
            self._curve.hide()


def _next(job: Job, table: "ImageTable", temperature: float) -> list[str]:
    import numpy as np

    from engine.classify.calibration import softmax
    from engine.train.asking import next_to_label

    rows = np.flatnonzero(table.read & ~table.column("bad") & ~table.column("removed"))
    if table.logits is None or table.embeddings is None or not len(rows):
        return []
    labelled = table.labelled()[rows] != NONE
    job.check()
    found = next_to_label(
        table.embeddings[rows], softmax(table.logits[rows], temperature), labelled, COUNT
    )
    return [table.paths[row] for row in rows[found].tolist()]


def _curve(job: Job, asked: Desired) -> Any:
    # What draws the curve takes its time to load: not on the GUI thread.
    import gui.train.curves  # noqa: F401
    from engine.classify.learned import Learned
    from engine.train.curve import label_curve
    from engine.train.decided import gather
    from engine.train.gating import unlearned
    from engine.train.locked import lock

    some = work.chosen(asked)
    locked = lock(asked.project, asked.source, some, job, asked.who)
    learned = Learned.of(asked.current)
    kept, _ = unlearned(job, asked.source, some, locked, [learned])
    cells = gather(job, asked.source, some, asked.current)
    return label_curve(job, cells, locked, read={record.path for record, _ in kept})
