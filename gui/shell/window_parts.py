"""Window parts: the parts of the main window and their places in it; `window` connects them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.jobs.activities import Activities
from gui.jobs.workers import Workers
from gui.loading.dataset_download import DatasetDownload
from gui.loading.earlier_states import EarlierStates
from gui.loading.folder_loader import FolderLoader
from gui.loading.folder_names_question import FolderNamesQuestion
from gui.loading.project_chooser import ProjectChooser
from gui.loading.project_merge import ProjectMerge
from gui.loading.recent_folders import RecentFolderMenu
from gui.shell.accuracy_hint import AccuracyHint
from gui.shell.blind_reading import BlindReading
from gui.shell.folder_hints import FolderHints
from gui.shell.job_strip import JobStrip
from gui.shell.notice import Notice
from gui.shell.opening_question import OpeningQuestion
from gui.shell.overwrite_question import OverwriteQuestion
from gui.shell.rail import Rail
from gui.shell.reviewer_bar import ReviewerBar
from gui.shell.reviewers import Reviewers
from gui.shell.source_opener import SourceOpener
from gui.shell.start_page import StartPage
from gui.shell.top_bar import TopBar
from gui.shell.undo_status import UndoStatus
from gui.shell.window_dialogs import WindowDialogs
from gui.shell.workspace_stack import WorkspaceStack
from gui.shortcuts.actions import CommandActions
from gui.shortcuts.key_sheet import KeySheet
from gui.shortcuts.keymap import Keymap, native_key_text
from gui.state.backup_schedule import BackupSchedule
from gui.state.decisions import Decisions
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.hints import HintPanel
from gui.workspace.context import WorkspaceContext


class WindowParts(QMainWindow):
    """A window with all its parts, not connected yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.workers = Workers(self)
        self.session = Session(self)
        self.decisions = Decisions(self.session)
        self.activities = Activities(self)
        self.context = WorkspaceContext(
            self.session, self.decisions, self.workers, self.activities, theme
        )
        self.loader = FolderLoader(
            self.session, self.decisions, self.workers, self.activities, self.context.errors
        )
        self.reviewers = Reviewers(self)
        self.top_bar = TopBar(self.session, self.context.sign_off_monitor, self.reviewers, theme)
        self.rail = Rail(theme)
        self.notice = Notice(theme)
        self.crash_notice = Notice(theme)
        self.hints = HintPanel(theme)
        self.folder_hints = FolderHints(self.context, self.hints)
        self.project_chooser = ProjectChooser(theme)
        self.name_bar = ReviewerBar(self.reviewers, theme)
        self.opening_question = OpeningQuestion(theme)
        self.command_actions = CommandActions(Keymap(self), self)
        self.folder_names_question = FolderNamesQuestion(
            self.session, self.decisions, theme, partial(self.key_text, "next_line")
        )
        self.overwrite_question = OverwriteQuestion(self.decisions, theme)
        self.start = StartPage(theme)
        self.recent = RecentFolderMenu(self.session, self)
        self.job_strip = JobStrip(self.activities, self.loader, self.session, theme)
        self.workspaces = WorkspaceStack(self.context, self.rail, self.start, self.command_actions)
        self.review = self.workspaces.review
        self.undo_status = UndoStatus(
            self.context,
            partial(self.key_text, "undo"),
            lambda: self.workspaces.key == "clean",
        )
        self.accuracy_hint = AccuracyHint(
            self.hints,
            self.context,
            self.workspaces.suggest_labels,
            partial(self.workspaces.go, "train"),
        )
        self.opener = SourceOpener(
            self.session, self.loader, self.workspaces, self.opening_question, self.notice, self
        )
        self.dataset_download = DatasetDownload(self.context, self.loader, self.hints)
        self.backup_schedule = BackupSchedule(
            self.decisions, self.workers, self.context.errors, self
        )
        self.earlier_states = EarlierStates(self.context, self)
        self.project_merge = ProjectMerge(
            self.context, self.hints, self.review.gallery.model.texts.class_title, self
        )
        self.dialogs = WindowDialogs(
            self.session, self.decisions, self.loader, self.dataset_download, self.earlier_states,
            self.command_actions.keymap, theme, self,
        )  # fmt: skip
        body = self._compose()
        self.blind_reading = BlindReading(self, self.context, self.workspaces, self.command_actions)
        self.setCentralWidget(self.blind_reading.take_over(body))
        self.key_sheet = KeySheet(body, self.command_actions.rows, theme)

    def key_text(self, command_id: str) -> str:
        """Return the keys of a command as text."""
        return native_key_text(self.command_actions.keymap.keys(command_id))

    def _compose(self) -> QWidget:
        body = QWidget()
        body.setObjectName("window")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(body)
        middle = QHBoxLayout()
        for box in (rows, middle):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.workspaces, 1)
        rows.addWidget(self.top_bar)
        for line in (
            self.crash_notice,
            self.notice,
            self.hints,
            self.opening_question,
            self.project_chooser,
            self.folder_names_question,
            self.name_bar,
        ):
            rows.addWidget(line)
        rows.addLayout(middle, 1)
        # Below the images, so that they do not move when it appears.
        rows.addWidget(self.overwrite_question)
        rows.addWidget(self.job_strip)
        return body
