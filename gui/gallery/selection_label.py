"""Selection label: number of selected images, shown when there are several."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from gui.state.session import Session
from gui.words import number


class SelectionLabel(QLabel):
    """The number of selected images and how many of them already have a decision."""

    visibility_changed = Signal()
    """The label was shown or hidden."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.selection_changed.connect(self._refresh)
        session.decided.connect(self._refresh)
        session.opened.connect(self._refresh)
        self._refresh()

    def max_width(self, total: int) -> int:
        """Return the width in pixels of the longest text for `total` images."""
        text = self.tr("{count} selected, {decided} decided")
        text = text.format(count=number(total), decided=number(total))
        return self.fontMetrics().horizontalAdvance(text)

    def _refresh(self, *_: object) -> None:
        table, paths = self._session.table, self._session.targets
        shown = table is not None and len(paths) > 1
        self.setVisible(shown)
        self.visibility_changed.emit()
        if table is None or not shown:
            return
        decided = int(table.decided()[table.rows(paths)].sum())
        text = self.tr("{count} selected").format(count=number(len(paths)))
        if decided:
            text = self.tr("{count} selected, {decided} decided").format(
                count=number(len(paths)), decided=number(decided)
            )
        self.setText(text)
