"""How many images a key acts on, where that is more than the one that is described."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from gui.session import Session
from gui.words import number


class SelectedLabel(QLabel):
    """The number of selected images, and how many of them a person decided already."""

    changed = Signal()
    """It is shown, or hidden."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.selection_changed.connect(self._refresh)
        session.decided.connect(self._refresh)
        session.opened.connect(self._refresh)
        self._refresh()

    def longest(self, total: int) -> int:
        """Return the width of the longest that it may say of so many images, in pixels."""
        words = self.tr("{count} selected, {decided} decided")
        words = words.format(count=number(total), decided=number(total))
        return self.fontMetrics().horizontalAdvance(words)

    def _refresh(self, *_: object) -> None:
        table, paths = self._session.table, self._session.targets
        shown = table is not None and len(paths) > 1
        self.setVisible(shown)
        self.changed.emit()
        if table is None or not shown:
            return
        decided = int(table.decided()[table.rows(paths)].sum())
        words = self.tr("{count} selected").format(count=number(len(paths)))
        if decided:
            words = self.tr("{count} selected, {decided} decided").format(
                count=number(len(paths)), decided=number(decided)
            )
        self.setText(words)
