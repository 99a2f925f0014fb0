"""Queue list: the scanned kinds with their numbers of unresolved findings."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from engine.curate.finding import FindingKind
from gui.review.facet_row import FacetRow
from gui.state import finding_text
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.side_list import add_side_note, compose_side_list


class QueueList(QWidget):
    """One row for each kind of finding; the chosen one is shown."""

    chosen = Signal(object)
    """A `FindingKind`."""
    scan_requested = Signal()
    summary_requested = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        rows = compose_side_list(self, self.tr("Findings"), theme)
        self.rows: dict[FindingKind, FacetRow] = {}
        for kind in FindingKind:
            row = self.rows[kind] = FacetRow("finding", kind, theme, session)
            row.clicked.connect(partial(self._choose, kind))
            row.isolated.connect(partial(self._choose, kind))
            row.stepped.connect(self._step)
            row.hide()
            rows.addWidget(row)
        self.summary = FacetRow("summary", "summary", theme, session)
        self.summary.clicked.connect(self.summary_requested)
        self.summary.isolated.connect(self.summary_requested)
        self.summary.stepped.connect(self._step)
        rows.addSpacing(theme.space("medium"))
        rows.addWidget(self.summary)
        rows.addStretch()
        self.unchecked, self.notice = add_side_note(rows, theme), add_side_note(rows, theme)
        self.unchecked.hide()
        self.notice.hide()
        self.rescan = QPushButton(self.tr("Scan again"))
        self.rescan.setProperty("role", "flat")
        self.rescan.clicked.connect(self.scan_requested)
        rows.addWidget(self.rescan)

    def set_counts(
        self,
        counts: dict[FindingKind, int],
        current: FindingKind | None,
        removed: int,
        *,
        summary: bool,
    ) -> None:
        """Show the number of unresolved findings of each kind and of removed images.

        `current` is the shown kind; `summary` is true if the summary is shown.
        """
        self.summary.show_count(self.tr("Removed so far"), removed)
        self.summary.setChecked(summary)
        for kind, row in self.rows.items():
            row.setVisible(kind in counts)
            row.show_count(finding_text.kind_title(kind), counts.get(kind, 0))
            row.setChecked(kind is current)

    def show_notice(self, text: str) -> None:
        """Show why another scan may give other findings; empty hides the notice."""
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    def show_unchecked(self, text: str) -> None:
        """Show which labels the scan could not check fully; empty hides the text."""
        self.unchecked.setText(text)
        self.unchecked.setVisible(bool(text))

    def _choose(self, kind: FindingKind) -> None:
        self.chosen.emit(kind)

    def _step(self, step: int) -> None:
        rows = (*self.rows.values(), self.summary)
        visible_rows = [row for row in rows if not row.isHidden()]
        index = next((position for position, row in enumerate(visible_rows) if row.hasFocus()), 0)
        visible_rows[min(max(index + step, 0), len(visible_rows) - 1)].setFocus(
            Qt.FocusReason.TabFocusReason
        )
