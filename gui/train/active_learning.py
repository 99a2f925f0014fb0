"""Active learning: suggestions of images to label next, and the learning curve."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.jobs import Job
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.state.class_codes import NONE
from gui.train import tasks
from gui.train.tasks import TrainingContext
from gui.words import number, percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.train.learning_curve import CurvePoint
    from gui.state.image_table import ImageTable
    from gui.train.curve_plot import CurvePlot

SUGGESTION_COUNT = 40


class LabelSuggestions(QWidget):
    """Buttons that show the most informative images to label, and accuracy against number of labels."""

    curve_requested = Signal()

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        theme = context.theme
        heading = QLabel(self.tr("Few labels yet?"))
        heading.setFont(theme.font(strong=True))
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "muted")
        self.suggest = QPushButton()
        self.draw_curve = QPushButton(self.tr("Accuracy against number of labels"))
        self.status = QLabel(wordWrap=True)
        self._curve: CurvePlot | None = None
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        buttons.addWidget(self.suggest)
        buttons.addWidget(self.draw_curve)
        buttons.addStretch()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.space("small"))
        for widget in (heading, self.about):
            self._rows.addWidget(widget)
        self._rows.addLayout(buttons)
        self._rows.addWidget(self.status)
        self.status.hide()
        self.suggest.clicked.connect(self.show_suggestions)
        self.draw_curve.clicked.connect(self.curve_requested)
        context.session.opened.connect(self._reset)
        self.refresh()

    def refresh(self) -> None:
        """Offer as many images as there are to label, at most `SUGGESTION_COUNT`."""
        from gui.state.images_to_label import are_all_removed, count_to_label

        table = self._context.session.table
        count = min(SUGGESTION_COUNT, count_to_label(table))
        self.suggest.setVisible(count > 0)
        self.suggest.setText(
            self.tr("Label {count:this|these} {count} next").format(count=number(count))
        )
        if count:
            text = self.tr(
                "The images that teach the model most: typical and diverse ones first, "
                "then uncertain ones. Label them in Review, then retrain."
            )
        elif table is not None and are_all_removed(table):
            text = self.tr("No image is left to label: all are removed.")
        elif table is not None and table.read.any():
            text = self.tr("Every image that was read has a label already.")
        else:
            text = self.tr(
                "Once images are read, those that teach the model most are offered here."
            )
        self.about.setText(text)

    def show_suggestions(self) -> None:
        """Select images to label and show them in Review."""
        table, model = self._context.session.table, self._context.session.active_model
        if table is None or model is None or table.readings.logits is None:
            self._show_status(self.tr("The images have to be read first."))
            return
        task = self._context.workers.start(_suggest_images, table)
        self._context.errors.watch(task).done.connect(self._show_in_review)

    def show_curve(self, training_context: TrainingContext) -> None:
        """Fit heads to growing subsets of the labels and draw their accuracy."""
        if self._task is not None:
            return
        context = self._context
        self._task = task = context.workers.start(_compute_label_curve, training_context)
        context.errors.watch(task).done.connect(self._draw_points)
        task.finished.connect(self._on_finished)
        title = self.tr("Accuracy against number of labels")
        context.activities.show(
            Activity(task, title, title + ": {done} / {total}", counts_images=False)
        )
        self.draw_curve.setEnabled(False)

    def _show_in_review(self, paths: list[str]) -> None:
        if paths:
            title = self.tr("{count} to label next").format(count=number(len(paths)))
            self._context.show_images(paths, title, keep_order=True)
        else:
            self._show_status(self.tr("Every image already has a label."))

    def _draw_points(self, points: "list[CurvePoint]") -> None:
        if self._curve is None:
            from gui.train.curve_plot import CurvePlot

            self._curve = CurvePlot(
                self._context.theme,
                self.tr("Accuracy on the locked test images"),
                self.tr("Labels"),
                shares=True,
            )
            self._rows.addWidget(self._curve)
        self._curve.show()
        self._curve.show_values(
            [float(point.labels) for point in points], [point.accuracy for point in points]
        )
        template = self.tr("{first} with {few} {few:label|labels}, {last} with {many}.")
        self._show_status(
            template.format(
                first=percent(points[0].accuracy),
                few=number(points[0].labels),
                last=percent(points[-1].accuracy),
                many=number(points[-1].labels),
            )
        )

    def _show_status(self, text: str) -> None:
        self.status.setText(text)
        self.status.show()
        if not self.isVisible():
            # Asked for from the line above the images of another workspace.
            self._context.status_message.emit(text)

    def _on_finished(self) -> None:
        self._task = None
        self.draw_curve.setEnabled(True)

    def _reset(self) -> None:
        self._context.workers.drop(self._task)
        self._on_finished()
        self.status.hide()
        if self._curve is not None:
            self._curve.hide()


def _suggest_images(job: Job, table: "ImageTable") -> list[str]:
    import numpy as np

    from engine.train.active_learning import select_for_labelling

    removed = table.column("bad") | table.column("removed") | table.column("withdrawn")
    rows = np.flatnonzero(table.read & ~removed)
    if table.readings.logits is None or table.readings.embeddings is None or not len(rows):
        return []
    labelled = table.labelled_classes()[rows] != NONE
    job.check()
    selected = select_for_labelling(
        table.readings.embeddings[rows],
        table.readings.probabilities(rows),
        labelled,
        SUGGESTION_COUNT,
    )
    return [table.paths[row] for row in rows[selected].tolist()]


def _compute_label_curve(job: Job, context: TrainingContext) -> Any:
    from engine.classify.training_images import TrainingImages
    from engine.train.candidate_evaluation import select_unseen
    from engine.train.holdout import lock_holdout
    from engine.train.labelled_set import read_labelled
    from engine.train.learning_curve import measure_learning_curve

    images = tasks.select_labelled(context)
    locked = lock_holdout(context.project, context.source, images, job, context.who)
    training_images = TrainingImages.from_bundle(context.current)
    unseen, _ = select_unseen(job, context.source, images, locked, [training_images])
    cells = read_labelled(job, context.source, images, context.current)
    return measure_learning_curve(
        job, cells, locked, test_paths={record.path for record, _ in unseen}
    )
