"""Hint on the accuracy to expect in the open folder, the measured one beside it, and what helps if low."""

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
"""Labels from which retraining is offered instead of labelling."""


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
        context.image_analysis.folder_judged.connect(self._on_judged)
        context.own_laboratory.changed.connect(self._refresh)
        context.session.decided.connect(self._refresh)

    def _on_judged(self, topic: str, message: Message | None) -> None:
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
        text, (title, action) = " ".join(sentences), self._action()
        # A hint that is shown again would take the keyboard focus from its button.
        if self._shown != (text, title) or not self._hints.hint_text(KEY):
            self._shown = text, title
            self._hints.show_hint(KEY, text, (title, action))

    def _action(self) -> tuple[str, Callable[[], object]]:
        table = self._context.session.table
        labels = int((table.column("label") >= 0).sum()) if table is not None else 0
        if labels < LABELS_TO_RETRAIN:
            count = number(LABELS_TO_RETRAIN)
            return self.tr("Label these {count}").format(count=count), self._label
        return self.tr("Retrain"), self._retrain


def _is_low(own: "OwnLaboratory") -> bool:
    from engine.evaluate.expected_accuracy import LOW_ACCURACY

    return own.accuracy < LOW_ACCURACY
