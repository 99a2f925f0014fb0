"""The list of queues: what was looked for, and how much of it is left to decide."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from engine.curate.finding import Kind
from gui.clean import words
from gui.facets import FacetRow
from gui.session import Session
from gui.theme import Theme


class Queues(QWidget):
    """One row a kind of findings; the chosen one is shown."""

    chosen = Signal(object)
    """A `Kind`."""
    scan_asked = Signal()
    summary_asked = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("facets")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(7 * theme.space("wide"))
        self.setMaximumWidth(12 * theme.space("wide"))
        small = theme.space("small")
        head = QLabel(self.tr("Findings"))
        head.setProperty("role", "muted")
        head.setFont(theme.font("small", strong=True))
        head.setContentsMargins(small, small, 0, 0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(small, small, small, small)
        rows.setSpacing(0)
        rows.addWidget(head)
        self.rows: dict[Kind, FacetRow] = {}
        for kind in Kind:
            row = self.rows[kind] = FacetRow("finding", kind, theme, session)
            row.clicked.connect(partial(self._choose, kind))
            row.alone.connect(partial(self._choose, kind))
            row.stepped.connect(self._step)
            row.hide()
            rows.addWidget(row)
        self.summary = FacetRow("summary", "summary", theme, session)
        self.summary.clicked.connect(self.summary_asked)
        self.summary.alone.connect(self.summary_asked)
        self.summary.stepped.connect(self._step)
        rows.addSpacing(theme.space("medium"))
        rows.addWidget(self.summary)
        rows.addStretch()
        self.news = QLabel(wordWrap=True)
        self.news.setProperty("role", "muted")
        self.news.setContentsMargins(small, 0, small, small)
        self.news.hide()
        rows.addWidget(self.news)
        self.again = QPushButton(self.tr("Scan again"))
        self.again.setProperty("role", "flat")
        self.again.clicked.connect(self.scan_asked)
        rows.addWidget(self.again)

    def set_counts(
        self, counts: dict[Kind, int], current: Kind | None, removed: int, *, summary: bool
    ) -> None:
        """Show how many findings of each kind are left and how many images are removed.

        `current` is the kind that is shown, `summary` whether the summary is.
        """
        self.summary.show_count(self.tr("Removed so far"), removed)
        self.summary.setChecked(summary)
        for kind, row in self.rows.items():
            row.setVisible(kind in counts)
            row.show_count(words.title(kind), counts.get(kind, 0))
            row.setChecked(kind is current)

    def tell_news(self, words: str) -> None:
        """Say why another scan may find something else, or nothing."""
        self.news.setText(words)
        self.news.setVisible(bool(words))

    def _choose(self, kind: Kind) -> None:
        self.chosen.emit(kind)

    def _step(self, step: int) -> None:
        rows = (*self.rows.values(), self.summary)
        shown = [row for row in rows if not row.isHidden()]
        at = next((place for place, row in enumerate(shown) if row.hasFocus()), 0)
        shown[min(max(at + step, 0), len(shown) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
