"""The Report workspace: its pages on the left, the one that was chosen beside them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.centred import centred
from gui.desk import Desk
from gui.report.count import CountPage
from gui.report.datasets import DatasetsPage
from gui.report.evaluation.page import EvaluationPage
from gui.report.export import ExportPage
from gui.report.model_out import ModelPage
from gui.report.pages import PageList
from gui.report.reporting import Reporting
from gui.report.signing import SigningPage
from gui.report.standing import Standing
from gui.words import number
from gui.workspace import Workspace


class ReportWorkspace(Workspace):
    """From a reviewed folder to something that can be handed over."""

    inspected = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._key = "count"
        self.reporting = Reporting(desk)
        self.list = PageList(desk.theme)
        self.count = CountPage(desk, self.reporting)
        self.evaluation = EvaluationPage(desk, self.reporting)
        self.signing = SigningPage(desk, self.reporting)
        self.export = ExportPage(desk, self.reporting)
        self.model = ModelPage(desk, self.reporting)
        self.datasets = DatasetsPage(desk, self.reporting)
        self._pages = {
            "count": self.count,
            "evaluation": self.evaluation,
            "signing": self.signing,
            "export": self.export,
            "model": self.model,
            "datasets": self.datasets,
        }
        self.standing = Standing(desk.theme)
        self.standing.again_asked.connect(self.reporting.show)
        self.empty = QLabel()
        self._compose()
        self.list.chosen.connect(self.show_page)
        self.reporting.changed.connect(self._refresh)
        desk.session.opened.connect(self._refresh)
        desk.session.added.connect(self._refresh)
        desk.session.engine_changed.connect(self._refresh)
        desk.theme.changed.connect(self._refresh)
        self._refresh()

    def enter(self) -> None:
        self.reporting.show()
        self._refresh()
        self.list.rows[self._key].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.reporting.rest()

    @property
    def page_key(self) -> str:
        return self._key

    def show_page(self, key: str) -> None:
        """Show a page of the report."""
        self._key = key
        self._refresh()

    def _refresh(self) -> None:
        self.list.mark(self._key)
        self.list.news.setText(self._news())
        self.standing.show_standing(self.reporting)
        why = self._why()
        self.empty.setText(why)
        self._stack.setCurrentWidget(self._nothing if why else self._pages[self._key])
        if not why and self.isVisible():
            self._pages[self._key].refresh()

    def _why(self) -> str:
        """Return why there is nothing to show, empty if there is something."""
        session = self._desk.session
        if self.reporting.report is not None:
            return ""
        if not session.total:
            return self.tr("There is no image to report on.")
        if session.engine is None:
            return self.tr("The model is being loaded.")
        if self.reporting.trouble:
            return self.tr("There is no report; the line above says why.")
        return self.tr("The report is being drawn up…")

    def _news(self) -> str:
        session = self._desk.session
        images, read, bad = session.counts()
        left = images - read - bad
        if left > 0 and session.engine is not None:
            text = self.tr(
                "{n} {n:image is|images are} still to be read; the report is on the others."
            )
            return text.format(n=number(left))
        return ""

    def _compose(self) -> None:
        theme = self._desk.theme
        self._nothing = QWidget()
        middle = QVBoxLayout(self._nothing)
        middle.addStretch()
        middle.addLayout(centred(self.empty, theme))
        middle.addStretch()
        self._stack = QStackedWidget()
        for page in (self._nothing, *self._pages.values()):
            self._stack.addWidget(page)
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.standing)
        rows.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
