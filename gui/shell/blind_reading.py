"""Blind reading in the window: while it lasts, only the blind page is on the screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from gui.deletion import delete_later
from gui.second_reading.answer_sheet import AnswerSheet
from gui.second_reading.readings import load_rounds
from gui.shell.workspace_stack import WorkspaceStack
from gui.shortcuts.actions import CommandActions
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.second_reading import ReadingRound, RoundImage
    from gui.second_reading.blind_page import BlindPage


class BlindReading(QObject):
    """Shows the blind page instead of the whole body of the window, whose commands are off meanwhile."""

    def __init__(
        self,
        window: QMainWindow,
        context: WorkspaceContext,
        workspaces: WorkspaceStack,
        actions: CommandActions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._workspaces = workspaces
        self._actions = actions
        self._title = ""
        self._pages = QStackedWidget()
        self.page: BlindPage | None = None
        context.blind_reading_requested.connect(self.start)
        context.blind_sheet_requested.connect(self.show_sheet)
        context.session.opened.connect(self.stop)

    def take_over(self, body: QWidget) -> QWidget:
        """Return the central widget: the body of the window, and later the blind page."""
        self._pages.addWidget(body)
        return self._pages

    @property
    def is_active(self) -> bool:
        """True while the blind page is on the screen."""
        return self.page is not None and self._pages.currentWidget() is self.page

    def start(self, reading: "ReadingRound") -> None:
        """Let the reader of a round read it, from the first image without a label on."""
        project = self._context.decisions.project
        if project is None:
            return
        task = self._context.workers.start(load_rounds, project)
        self._context.errors.watch(task)
        task.done.connect(lambda rounds: self._show(reading.id, rounds))

    def stop(self) -> None:
        """Show the window again."""
        if not self.is_active or self.page is None:
            return
        self.page.stop()
        self._pages.setCurrentIndex(0)
        self._window.setWindowTitle(self._title)
        self._window.setAcceptDrops(True)
        for action in self._window.actions():
            action.setEnabled(True)

    def show_sheet(self, sheet: AnswerSheet) -> None:
        """Let a person fill in an answer sheet, from the first image without a label on."""
        if self.is_active:
            delete_later(sheet)
            return
        if self.page is None:
            from gui.second_reading.blind_page import BlindPage

            self.page = BlindPage(self._context, self._actions)
            self.page.paused.connect(self._leave)
            self.page.ended.connect(self._end)
            self._pages.addWidget(self.page)
        if self._workspaces.current is not None:
            # No report is drawn up for each label.
            self._workspaces.current.leave()
        # The title names the folder; commands and drops would show other images.
        self._title = self._window.windowTitle()
        self._window.setWindowTitle("Bloodbench")
        self._window.setAcceptDrops(False)
        for action in self._window.actions():
            action.setEnabled(False)
        self._pages.setCurrentWidget(self.page)
        self.page.read(sheet)

    def _show(self, round_id: str, rounds: "list[tuple[ReadingRound, list[RoundImage]]]") -> None:
        from gui.second_reading.round_sheet import RoundSheet

        found = next((pair for pair in rounds if pair[0].id == round_id), None)
        if found is not None:
            self.show_sheet(RoundSheet(self._context, *found))

    def _leave(self) -> None:
        self.stop()
        self._workspaces.go("report")

    def _end(self) -> None:
        if self.page is not None and self.page.sheet is not None:
            self.page.sheet.end()
        self._leave()
