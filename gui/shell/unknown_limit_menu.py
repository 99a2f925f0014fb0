"""Menu of the limit over which a cell is set apart as none of the model's classes."""

from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from gui.deletion import delete_later
from gui.state.session import Session
from gui.state.unknown_limit import unknown_share
from gui.words import percent


class UnknownLimitMenu(QMenu):
    """The shares of usual cells that may be set apart wrongly, the chosen one checked."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(self.tr("Set apart as “Perhaps none of these”"), parent)
        self._session = session
        self._actions = QActionGroup(self)
        session.model_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        model = self._session.active_model
        score = model.unknown_score if model is not None else None
        # Older models have no limits.
        self.menuAction().setVisible(score is not None)
        for action in self._actions.actions():
            self.removeAction(action)
            self._actions.removeAction(action)
            delete_later(action)
        if score is None:
            return
        chosen = unknown_share()
        for share in score.shares:
            text = self.tr("flags {share} of usual cells").format(share=percent(share))
            action = self.addAction(text)
            action.setCheckable(True)
            action.setChecked(share == chosen)
            action.triggered.connect(partial(self._session.set_unknown_share, share))
            self._actions.addAction(action)
