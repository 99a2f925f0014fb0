"""Report workspace: list of pages on the left, the chosen page beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from engine.jobs import Progress
from gui.competency.competency_tests import CompetencyTests, TestResult
from gui.competency.missed_page import MissedPage
from gui.report.competency_page import CompetencyPage
from gui.report.count_page import CountPage
from gui.report.datasets_page import DatasetsPage
from gui.report.evaluation.evaluation_page import EvaluationPage
from gui.report.export_page import ExportPage
from gui.report.model_page import ModelPage
from gui.report.page_list import PageList
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.report.report_status import ReportStatus
from gui.report.second_reading_page import SecondReadingPage
from gui.report.sign_off_page import SignOffPage
from gui.second_reading.conflict_page import ConflictPage
from gui.second_reading.readings import SecondReadings
from gui.shortcuts.actions import CommandActions
from gui.widgets.centred_text import centred_row
from gui.widgets.page_stack import PageStack
from gui.words import number
from gui.workspace.base import Workspace
from gui.workspace.context import WorkspaceContext


class ReportWorkspace(Workspace):
    """Workspace with the count, the evaluation, the sign-off and the exports."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._key = "count"
        self.reporting = ReportController(context)
        self.page_list = PageList(context.theme)
        self.count = CountPage(context, self.reporting)
        self.evaluation = EvaluationPage(context, self.reporting)
        self.sign_off = SignOffPage(context, self.reporting)
        self.export = ExportPage(context, self.reporting)
        self.model = ModelPage(context, self.reporting)
        self.datasets = DatasetsPage(context, self.reporting)
        self.readings = SecondReadings(context)
        self.second_reading = SecondReadingPage(context, self.reporting, self.readings)
        self.conflicts = ConflictPage(context, self.readings)
        self.tests = CompetencyTests(context)
        self.competency = CompetencyPage(context, self.tests)
        self.missed = MissedPage(context, self.tests)
        self._pages: dict[str, ReportPage | ConflictPage | MissedPage] = {
            "count": self.count,
            "evaluation": self.evaluation,
            "second_reading": self.second_reading,
            "conflicts": self.conflicts,
            "competency": self.competency,
            "missed": self.missed,
            "signing": self.sign_off,
            "export": self.export,
            "model": self.model,
            "datasets": self.datasets,
        }
        self.status = ReportStatus(context.theme)
        self.status.retry_requested.connect(self.reporting.resume)
        self.empty = QLabel()
        self._compose()
        self.page_list.chosen.connect(self.show_page)
        self.page_list.opened.connect(self._on_page_opened)
        self.competency.results.result.missed_requested.connect(self._show_missed)
        self.missed.closed.connect(self._close_missed)
        self.second_reading.conflicts_requested.connect(self._settle_conflicts)
        self.conflicts.closed.connect(self._close_conflicts)
        self.reporting.changed.connect(self._refresh)
        self.reporting.progressed.connect(self._show_progress)
        context.session.opened.connect(self._refresh)
        context.session.added.connect(self._refresh)
        context.session.model_changed.connect(self._refresh)
        context.theme.changed.connect(self._refresh)
        self._refresh()

    def bind(self, actions: CommandActions) -> None:
        self.conflicts.bind(actions)

    def return_to(self, paths: Sequence[str], keys: Sequence[str]) -> None:
        if self._key == "conflicts":
            self.conflicts.return_to(paths)

    def enter(self) -> None:
        self.reporting.resume()
        self._refresh()
        if self._key == "conflicts":
            # After the reviewer's name was asked for, say: the keys go on with the conflicts.
            self.conflicts.focus()
            return
        self.page_list.buttons[self.page_key].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.reporting.pause()

    @property
    def has_inspector(self) -> bool:
        return False

    @property
    def page_key(self) -> str:
        # The missed cells are those of a result that is open on the other page.
        return "competency" if self._key == "missed" else self._key

    def show_page(self, key: str) -> None:
        """Show a page of the report."""
        self._key = key
        self._refresh()

    def stop(self) -> None:
        self.tests.close()

    def focus_page(self) -> None:
        match self._key:
            case "competency":
                self.competency.focus_form()
            case "second_reading":
                self.second_reading.focus_form()
            case "conflicts":
                self.conflicts.focus()

    def escape(self) -> bool:
        match self._key:
            case "missed":
                self._close_missed()
            case "conflicts":
                self.conflicts.escape()
            case _:
                return False
        return True

    def _on_page_opened(self, key: str) -> None:
        # Its class keys, which are shown on buttons, act at once.
        if key == "conflicts":
            self.focus_page()
        elif key == "second_reading":
            self.second_reading.focus_results()

    def _show_missed(self, result: TestResult) -> None:
        self.show_page("missed")
        self.missed.show_missed(result)
        self.missed.setFocus()

    def _close_missed(self) -> None:
        self.show_page("competency")
        self.competency.results.result.focus_first()

    def _settle_conflicts(self, round_id: str) -> None:
        self.show_page("conflicts")
        self.conflicts.show_reading(round_id)
        self.conflicts.focus()

    def _close_conflicts(self) -> None:
        self.show_page("second_reading")
        self.second_reading.focus_results()

    def _refresh(self) -> None:
        self.page_list.set_current(self.page_key)
        self.page_list.notice.setText(self._notice_text())
        self.status.show_status(self.reporting)
        empty_reason = self._empty_reason()
        self.empty.setText(empty_reason)
        self._stack.setCurrentWidget(self._empty_page if empty_reason else self._pages[self._key])
        if not empty_reason and self.isVisible():
            self._pages[self._key].refresh()

    def _show_progress(self, progress: Progress) -> None:
        if progress.total and not self.reporting.error and self.reporting.report is None:
            template = self.tr("Preparing the report… {done} of {total} {total:image|images}")
            self.empty.setText(
                template.format(done=number(progress.done), total=number(progress.total))
            )

    def _empty_reason(self) -> str:
        """Return why there is no report, empty if there is one."""
        session = self._context.session
        # Tests and their results do not depend on the report.
        if self.reporting.report is not None or self._key in ("competency", "missed"):
            return ""
        if session.table is None or session.table.is_empty:
            return self.tr("There is no image to report on.")
        if session.active_model is None:
            return self.tr("The model is being loaded.")
        if self.reporting.error:
            return self.tr("No report; see the line above.")
        return self.tr("Preparing the report…")

    def _notice_text(self) -> str:
        session = self._context.session
        images, read, bad = session.counts()
        unread = images - read - bad
        if unread > 0 and session.active_model is not None:
            text = self.tr(
                "{n} {n:image is|images are} not read yet; the report covers the others."
            )
            return text.format(n=number(unread))
        return ""

    def _compose(self) -> None:
        theme = self._context.theme
        self._empty_page = QWidget()
        empty_rows = QVBoxLayout(self._empty_page)
        empty_rows.addStretch()
        empty_rows.addLayout(centred_row(self.empty, theme))
        empty_rows.addStretch()
        self._stack = PageStack()
        for page in (self._empty_page, *self._pages.values()):
            self._stack.addWidget(page)
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.status)
        rows.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        split.addWidget(self.page_list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
