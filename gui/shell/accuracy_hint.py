"""Accuracy hint: the expected and the measured accuracy in the open folder, and what to do if it is low."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.messages import Message
from gui.widgets.hints import HintPanel
from gui.words import number, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.evaluate.own_laboratory import OwnLaboratory

KEY = "accuracy"
LABELS_TO_RETRAIN = 40
"""Number of labels from which retraining is offered instead of labelling."""


class AccuracyHint(QObject):
    """Shown while the expected or the measured accuracy is low."""

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
        self._expected: Message | None = None
        self._shown: tuple[str, str] | None = None
        context.image_analysis.folder_assessed.connect(self._on_assessed)
        context.own_laboratory.changed.connect(self._refresh)
        context.session.decided.connect(self._refresh)

    def _on_assessed(self, topic: str, message: Message | None) -> None:
        if topic == KEY:
            self._expected = message
            self._refresh()

    def _refresh(self, *_: object) -> None:
        own = self._context.own_laboratory.current
        if self._expected is None and not (own and _is_low(own)):
            self._shown = None
            self._hints.hide_hint(KEY)
            return
        sentences = [to_sentence(self._expected)] if self._expected else []
        if own is not None:
            from engine.evaluate.own_laboratory import measured_message

            sentences.append(to_sentence(measured_message(own)))
        text, action = " ".join(sentences), self._action()
        title = action[0] if action else ""
        # A hint that is shown again would take the keyboard focus from its button.
        if self._shown != (text, title) or not self._hints.hint_text(KEY):
            self._shown = text, title
            self._hints.show_hint(KEY, text, action)

    def _action(self) -> tuple[str, Callable[[], object]] | None:
        """Return what helps: labelling what is left to label, else retraining on what has labels."""
        table = self._context.session.table
        if table is None:
            return None
        from gui.state.images_to_label import count_to_label

        labels = int((table.column("label") >= 0).sum())
        left = min(LABELS_TO_RETRAIN, count_to_label(table))
        if labels < LABELS_TO_RETRAIN and left:
            title = self.tr("Label {count:this|these} {count}").format(count=number(left))
            return title, self._label
        has_labels = bool((table.labelled_classes() >= 0).any())
        return (self.tr("Retrain"), self._retrain) if has_labels else None


def _is_low(own: "OwnLaboratory") -> bool:
    from engine.evaluate.expected_accuracy import LOW_ACCURACY

    return own.accuracy < LOW_ACCURACY
