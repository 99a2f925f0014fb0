"""What is worked out of readings in the background: what an image looks like, why it is doubtful, and
whether the folder is one that the model can judge."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.jobs import Job
from engine.messages import Message, Problem
from gui.jobs.workers import Task, Workers
from gui.state.session import Session

if TYPE_CHECKING:
    import numpy as np

    from engine.classify.bundle import Bundle
    from engine.images.record import ImageRecord
    from engine.images.source import Source
    from gui.state.image_table import ImageItem, Rows

_SOON_MS = 120
_JUDGE_MS = 1500
_NEAREST = 12
_PICTURES = 24
_UNSURE = 0.8
_MORE = 4 / 3


class ImageAnalysis(QObject):
    """Follows the session: the newest question of a kind wins, the answer comes by a signal."""

    neighbours = Signal(object)
    """A list of (class id, list of (path, cosine)): the predicted class, then the runner-up."""
    reasons = Signal(object)
    """The messages on why the current image deserves a look."""
    folder_judged = Signal(object, object)
    """`unlike` or `fields`, and the message, or None where nothing is to be said."""

    def __init__(self, session: Session, workers: Workers) -> None:
        super().__init__(session)
        self._session = session
        self._workers = workers
        self._judged = 0
        self._model = ""
        self._others: list[Callable[[ImageItem], list[Message]]] = []
        self._near: Task | None = None
        self._judge: Task | None = None
        self._fields: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._look)
        self._later = QTimer(self, singleShot=True, interval=_JUDGE_MS)
        self._later.timeout.connect(self._judge_folder)
        session.opened.connect(self._restart)
        session.current_changed.connect(self._soon.start)
        session.findings_changed.connect(self._tell_why)
        session.updated.connect(self._judge_soon)
        session.model_changed.connect(self._judge_anew)

    def check_for_fields(self) -> None:
        """Ask, once the folder is scanned, whether its pictures are fields of many cells."""
        source, table = self._session.source, self._session.table
        if source is None or table is None:
            return
        records = [record for record in table.records if record is not None]
        chosen = records[:: max(1, len(records) // _PICTURES)][:_PICTURES]
        self._workers.drop(self._fields)
        self._fields = self._workers.start(look_at_fields, source, chosen)
        self._fields.done.connect(self._take_fields)

    def add_reason_source(self, reasons: "Callable[[ImageItem], list[Message]]") -> None:
        """Have somebody who knows more reasons asked for them too."""
        self._others.append(reasons)

    def stop(self) -> None:
        """Ask nothing more."""
        self._soon.stop()
        self._later.stop()

    def _restart(self) -> None:
        for task in (self._near, self._judge, self._fields):
            self._workers.drop(task)
        self._near = self._judge = self._fields = None
        self._judged = 0
        self.folder_judged.emit("unlike", None)
        self.folder_judged.emit("fields", None)

    def _look(self) -> None:
        item = self._session.current
        self._tell_why()
        self._workers.drop(self._near)
        self._near = None
        table = self._session.table
        if item is None or item.prediction is None or table is None or table.embeddings is None:
            self.neighbours.emit([])
            return
        import numpy as np

        engine = self._session.active_model
        assert engine is not None
        best = np.argsort(-item.prediction.probabilities, kind="stable")[:2]
        wanted = [table.resolve_class(engine.card.classes[place]) for place in best]
        # What was not read yet has no embedding to compare.
        labels, read = table.labelled_classes(), table.read
        groups = []
        for class_id in dict.fromkeys(wanted):
            rows = np.flatnonzero((labels == table.code(class_id)) & read)
            groups.append((class_id, rows[rows != item.row]))
        self._near = self._workers.start(find_nearest, item.row, table.embeddings, groups)
        self._near.done.connect(self._take_nearest)

    def _tell_why(self) -> None:
        item = self._session.current
        self.reasons.emit(self._why(item) if item is not None else [])

    def _take_nearest(self, found: "list[tuple[str, Rows, np.ndarray]]") -> None:
        table = self._session.table
        if table is not None:
            self.neighbours.emit(
                [
                    (
                        class_id,
                        [
                            (table.paths[row], float(one))
                            for row, one in zip(rows, like, strict=True)
                        ],
                    )
                    for class_id, rows, like in found
                ]
            )

    def _why(self, item: "ImageItem") -> list[Message]:
        why = []
        if item.problem is not None:
            why.append(item.problem)
        return why + self._doubts(item) + [one for more in self._others for one in more(item)]

    def _doubts(self, item: "ImageItem") -> list[Message]:
        why: list[Message] = []
        class_styles, table = self._session.class_styles, self._session.table
        said = item.prediction
        if said is None or table is None:
            return why
        if said.confidence < _UNSURE and self._session.active_model is not None:
            order = (-said.probabilities).argsort(kind="stable")
            other = self._session.active_model.card.classes[int(order[1])]
            why.append(
                Message(
                    "review.unsure",
                    {
                        "best": class_styles.find(said.model_class).name,
                        "share": float(said.probabilities[order[0]]),
                        "other": class_styles.find(other).name,
                        "other_share": float(said.probabilities[order[1]]),
                    },
                )
            )
        if item.folder_class and item.folder_class != said.class_id:
            names = {
                "folder": class_styles.find(item.folder_class).name,
                "model": class_styles.find(said.class_id).name,
            }
            why.append(Message("review.disagree", names))
        from engine.explore.ood import of_one

        unlike = of_one(float(table.column("unlike")[item.row]))
        return [*why, unlike] if unlike else why

    def _judge_anew(self) -> None:
        """Take back what was said by another model."""
        engine = self._session.active_model
        model = engine.card.model_id if engine else ""
        if model == self._model:
            return
        self._model = model
        self._workers.drop(self._judge)
        self._judge, self._judged = None, 0
        self.folder_judged.emit("unlike", None)
        self._judge_soon()

    def _judge_soon(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def _judge_folder(self) -> None:
        table, engine = self._session.table, self._session.active_model
        if table is None or table.embeddings is None or engine is None:
            return
        if self._judge is not None and self._judge.running:
            self._later.start()
            return
        rows = table.read.nonzero()[0]
        # Each time a third more is known, and at the end: not again and again for all.
        if len(rows) < _MORE * self._judged and table.has_unread():
            return
        self._judged = len(rows)
        self._judge = self._workers.start(judge, engine.bundle, rows, table.embeddings)
        self._judge.done.connect(self._take_judgement)

    def _take_judgement(self, found: "Judgement | None") -> None:
        table = self._session.table
        if found is None or table is None:
            self.folder_judged.emit("unlike", None)
            return
        rows, unlikeness, message = found
        table.set_unlikeness(rows, unlikeness)
        self.folder_judged.emit("unlike", message)
        # The image that is looked at may be one of those.
        self._tell_why()

    def _take_fields(self, message: Message | None) -> None:
        self.folder_judged.emit("fields", message)


Judgement = tuple[Any, Any, Message | None]


def find_nearest(
    job: Job, row: int, embeddings: Any, groups: "list[tuple[str, Rows]]"
) -> "list[tuple[str, Rows, np.ndarray]]":
    """Return for each class the rows that look most like a row, and their cosine."""
    from engine.explore.neighbours import nearest

    found = []
    for class_id, rows in groups:
        job.check()
        found.append((class_id, *nearest(embeddings[row], embeddings, rows, _NEAREST)))
    return found


def judge(job: Job, bundle: "Bundle", rows: "Rows", embeddings: Any) -> Judgement | None:
    """Return how unlike the training images rows are (over 1: far), and what to say of all of them.

    None where the model has no statistics.
    """
    from engine.classify.embedding_statistics import load
    from engine.explore import ood

    statistics = load(bundle)
    if statistics is None or not len(rows):
        return None
    job.check()
    values = embeddings[rows]
    distances = ood.distances(values, statistics)
    job.check()
    return rows, distances / ood.far_from(statistics), ood.verdict(values, statistics)


def look_at_fields(job: Job, source: "Source", records: "list[ImageRecord]") -> Message | None:
    """Return what to say of pictures that are whole fields, or None."""
    from engine.explore import multi_cell

    pictures = []
    for record in records:
        job.check()
        try:
            pictures.append(source.load(record).pixels)
        except Problem:
            continue
    return multi_cell.verdict(pictures)
