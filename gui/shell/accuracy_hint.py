"""Accuracy hint: what is known about the model's accuracy in the open folder, and what helps if it is low."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.jobs import Job
from engine.messages import Message
from gui.jobs.workers import Task
from gui.widgets.hints import HintPanel
from gui.words import number, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.evaluate.own_laboratory import OwnLaboratory
    from engine.project.project import Project

KEY = "accuracy"
UNLIKE, EXPECTED = "unlike", "accuracy"
TOPICS = (UNLIKE, EXPECTED)
"""The topics of folder assessments that are shown here."""
LABELS_TO_RETRAIN = 40
"""Number of labels from which retraining is offered instead of labelling."""
_NEW_SHARE_TO_RETRAIN = 0.1
"""Share of new labels, of those that a retrained model used, from which another retraining is offered."""


class AccuracyHint(QObject):
    """One line with the strongest knowledge: the measured accuracy, else the expected one, else a warning.

    The weaker ones are in its tooltip. It is shown while one of them warns.
    """

    def __init__(
        self,
        hints: HintPanel,
        context: WorkspaceContext,
        label: Callable[[], object],
        retrain: Callable[[], object],
    ) -> None:
        super().__init__(hints)
        self._hints = hints
        self._context = context
        self._label, self._retrain = label, retrain
        self._assessments: dict[str, Message | None] = dict.fromkeys(TOPICS)
        self._used_labels = 0
        self._task: Task | None = None
        context.image_analysis.folder_assessed.connect(self._on_assessed)
        context.own_laboratory.changed.connect(self._refresh)
        context.session.decided.connect(self._refresh)
        context.session.model_changed.connect(self._count_used_labels)
        context.decisions.project_changed.connect(self._count_used_labels)

    def _on_assessed(self, topic: str, message: Message | None) -> None:
        if topic in TOPICS:
            self._assessments[topic] = message
            self._refresh()

    def _refresh(self, *_: object) -> None:
        own = self._context.own_laboratory.current
        expected, unlike = self._assessments[EXPECTED], self._assessments[UNLIKE]
        is_low = _is_low(own) if own else expected is not None
        if not (is_low or expected or unlike):
            self._hints.hide_hint(KEY)
            return
        known = [message for message in (expected, unlike) if message is not None]
        if own is not None:
            from engine.evaluate.own_laboratory import measured_message

            known.insert(0, measured_message(own))
        text, *weaker = map(to_sentence, known)
        self._hints.show_hint(
            KEY,
            text,
            self._action() if is_low else None,
            is_warning=is_low or own is None,
            details="\n".join(weaker),
        )

    def _action(self) -> tuple[str, Callable[[], object]] | None:
        """Return what helps: retraining on labels that are new, else labelling what is left to label."""
        table = self._context.session.table
        if table is None:
            return None
        from gui.state.class_codes import NONE
        from gui.state.images_to_label import count_to_label
        from gui.train.training_labels import training_codes

        left = min(LABELS_TO_RETRAIN, count_to_label(table))
        class_ids = self._context.session.class_styles.ids
        new = int((training_codes(table, class_ids) != NONE).sum()) - self._used_labels
        few = _NEW_SHARE_TO_RETRAIN * self._used_labels
        if new >= LABELS_TO_RETRAIN or (not left and new > few):
            return self.tr("Retrain"), self._retrain
        title = self.tr("Label {count:this|these} {count}").format(count=number(left))
        return (title, self._label) if left else None

    def _count_used_labels(self) -> None:
        """Count them in the background, because the project may be busy writing."""
        context, project = self._context, self._context.decisions.project
        model = context.session.active_model
        context.workers.drop(self._task)
        self._task, self._used_labels = None, 0
        if project is not None and model is not None:
            self._task = context.workers.start(_count_used_labels, project, model.bundle)
            context.errors.watch(self._task).done.connect(self._on_counted)

    def _on_counted(self, count: int) -> None:
        self._used_labels = count
        self._refresh()


def _count_used_labels(_: Job, project: "Project", model: "Bundle") -> int:
    from engine.train.label_use import count_used_labels

    return count_used_labels(project, model)


def _is_low(own: "OwnLaboratory") -> bool:
    from engine.evaluate.expected_accuracy import LOW_ACCURACY

    return own.accuracy < LOW_ACCURACY
