"""The main window: puts the parts together and owns nothing but them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from engine.messages import Message
from gui import language
from gui.jobs.activities import Activities
from gui.jobs.error_reporter import ErrorReport
from gui.jobs.workers import Workers
from gui.language import LanguageMenu
from gui.loading.dataset_download import DatasetDownload
from gui.loading.folder_loader import FolderLoader, LoadStage
from gui.loading.project_chooser import ProjectChooser
from gui.loading.recent_folders import RecentFolderMenu
from gui.loading.relink_report import report_links
from gui.shell.job_strip import JobStrip
from gui.shell.notice import Notice
from gui.shell.overwrite_question import OverwriteQuestion
from gui.shell.rail import Rail
from gui.shell.reviewers import ReviewerBar, Reviewers
from gui.shell.start_page import StartPage
from gui.shell.top_bar import TopBar
from gui.shell.view_state import ViewState, capture_view_state
from gui.shell.workspace_stack import WorkspaceStack
from gui.shortcuts.actions import Actions
from gui.shortcuts.key_sheet import KeySheet
from gui.shortcuts.keymap import Keymap
from gui.state.decisions import Decisions
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets import dialogs
from gui.widgets.dropped_paths import local_paths
from gui.widgets.hints import HintPanel
from gui.words import number, say
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project.link_result import AmbiguousImage
    from gui.loading.tasks import AttachedProject, ProjectChoice


_REMARKS = ("project.nothing_to_undo", "project.nothing_to_redo")

_ALONE = (".npz", ".bloodbench", ".zip")
"""What is opened by itself, and not together with images and folders."""


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, theme: Theme, *, model: str | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Bloodbench")
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._ambiguous: tuple[AmbiguousImage, ...] = ()
        self._model = model
        self._theme = theme
        self.restart_requested = False
        self.place: ViewState | None = None
        """Whether it was closed only to come again in another language."""
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
        self.hints = HintPanel(theme)
        self._told_of_closing = ""
        self.dataset_download = DatasetDownload(self.context, self.loader, self.hints)
        self.project_chooser = ProjectChooser(theme)
        self.name_bar = ReviewerBar(self.reviewers, theme)
        self.overwrite_question = OverwriteQuestion(self.decisions, theme)
        self.start = StartPage(theme)
        self.recent = RecentFolderMenu(self.session, self)
        self.job_strip = JobStrip(self.activities, self.loader, self.session, theme)
        self.actions = Actions(Keymap(self), self)
        self.workspaces = WorkspaceStack(self.context, self.rail, self.start, self.actions)
        self.review = self.workspaces.review
        self._compose()
        self._connect()
        self._bind()
        QApplication.instance().focusChanged.connect(self._catch_focus)
        self.key_sheet = KeySheet(self.centralWidget(), self.actions.rows, theme)
        self.rail.help_requested.connect(self._toggle_keys)
        self.start.open.setFocus()
        # After the first paint: what reading needs loads while the person chooses a folder.
        QTimer.singleShot(0, self, self._prepare)

    def open(self, path: Path) -> None:
        """Open a folder, an archive, an image or a project."""
        self.notice.hide()
        if path.suffix == ".bloodbench" and path.is_file():
            self.loader.open_project(path)
        else:
            self.loader.open(path)

    def open_dropped(self, paths: "Sequence[Path]") -> None:
        """Open what was dropped together, and say what cannot be open beside it."""
        together = [path for path in paths if path.suffix.lower() not in _ALONE]
        if len(paths) == 1 or not together:
            self.open(paths[0])
            left = len(paths) - 1
        else:
            self.notice.hide()
            self.loader.open_together(tuple(together))
            left = len(paths) - len(together)
        if left:
            words = self.tr(
                "{n} dropped {n:file was|files were} ignored: archives and projects open "
                "one at a time."
            )
            self.notice.show_report(ErrorReport(words.format(n=number(left))))

    def ask_for_folder(self) -> None:
        """Ask for a folder and open it."""
        self._ask(dialogs.FOLDER)

    def ask_for_archive(self) -> None:
        """Ask for an archive or an image and open it."""
        self._ask(dialogs.ARCHIVE)

    def ask_for_name(self) -> None:
        """Ask who reviews."""
        self.name_bar.ask()

    def edit_classes(self) -> None:
        """Let a person arrange the classes of the project."""
        table, engine = self.session.table, self.session.active_model
        if table is None or not self.decisions.writable:
            self._refused(Message("project.not_yet"))
            return
        from gui.classes.classes_editor import ClassesEditor

        editor = ClassesEditor(
            self.session.effective_classes(),
            table.counts(),
            engine.card.classes if engine else (),
            self.actions.keymap,
            self._theme,
            self,
            taken=table.classes,
        )
        editor.saved.connect(self.decisions.set_classes)
        self._show(editor)

    def fetch_public(self) -> None:
        """Offer the public data sets."""
        self._show(self.dataset_download.dialog(self._theme, self))

    def settle(self) -> None:
        """Let a person say which past ambiguous images have."""
        from gui.loading.conflict_dialog import ConflictDialog

        names = self.review.gallery.model.class_title
        dialog = ConflictDialog(self._ambiguous, names, self._theme, self)
        dialog.settled.connect(self.decisions.resolve_link)
        self._show(dialog)

    def change_keys(self) -> None:
        """Let a person change the keys of commands."""
        from gui.shortcuts.key_settings import KeySettings

        self._show(
            KeySettings(self.actions.keymap, self.session.effective_classes(), self._theme, self)
        )

    def change_language(self, code: str) -> None:
        """Come again in another language, with what is open."""
        if self.activities.running:
            words = self.tr("A task is still running; change the language when it has finished.")
            self.notice.show_report(ErrorReport(words))
            return
        language.set_language(code)
        self.restart_requested = True
        self.place = capture_view_state(self)
        self.close()

    def save_copy(self) -> None:
        """Ask where to, and save the whole project as one file for another computer or as a backup."""
        project = self.decisions.project
        if project is None:
            self._refused(Message("project.not_yet"))
            return
        file = dialogs.ask(self, dialogs.SAVE_PROJECT, None)
        if file is not None:
            self.loader.save_copy(file)

    def escape(self) -> None:
        """Leave what is in front: the large view, the full screen, or the work that runs."""
        if self.key_sheet.isVisible():
            self.key_sheet.put_away()
        elif self.overwrite_question.isVisible():
            self.overwrite_question.leave_alone()
        elif self.workspaces.escape():
            pass
        elif self.name_bar.isVisible():
            self.name_bar.put_away()
        elif self.notice.isVisible():
            self.notice.hide()
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.loader.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        broken_off = self.workspaces.closing()
        if broken_off and broken_off != self._told_of_closing:
            # Once, above the work: who closes again means it.
            self._told_of_closing = broken_off
            self.hints.show_hint(broken_off, broken_off, (self.tr("Close anyway"), self.close))
            event.ignore()
            return
        # The window goes at once; its threads are given the moment they need to stop.
        self.hide()
        self.workspaces.stop()
        self.context.close()
        self.loader.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_paths(event.mimeData().urls())
        if paths:
            event.acceptProposedAction()
            self.open_dropped(paths)

    def _compose(self) -> None:
        body = QWidget(objectName="window")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(body)
        middle = QHBoxLayout()
        for box in (rows, middle):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.workspaces, 1)
        rows.addWidget(self.top_bar)
        for line in (self.notice, self.hints, self.project_chooser, self.name_bar):
            rows.addWidget(line)
        rows.addLayout(middle, 1)
        # Below the images: they stay where they are when it comes.
        rows.addWidget(self.overwrite_question)
        rows.addWidget(self.job_strip)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self.start.open_requested.connect(self.ask_for_folder)
        self.activities.changed.connect(self._withdraw_told)
        self.start.sample_requested.connect(self.loader.open_sample)
        self.start.download_requested.connect(self.fetch_public)
        self.dataset_download.open_requested.connect(self.open)
        self.review.gallery.open_requested.connect(self.ask_for_folder)
        self.review.gallery.view.visible_paths_changed.connect(self.loader.prioritise)
        self.top_bar.model_chosen.connect(self.loader.choose_model)
        self.top_bar.sign_off_requested.connect(self.workspaces.show_signing)
        self.loader.models_found.connect(self.top_bar.show_models)
        self.loader.project_attached.connect(self._on_project_attached)
        self.loader.project_choice_needed.connect(self._offer_projects)
        self.project_chooser.chosen.connect(self.loader.choose_project)
        self.project_chooser.chosen.connect(self.context.focus_requested)
        self.decisions.failed.connect(self._refused)
        self.decisions.reviewer_needed.connect(self.name_bar.ask)
        self.overwrite_question.done.connect(self.context.focus_requested)
        self.top_bar.reviewer.other_requested.connect(self.ask_for_name)
        self.reviewers.changed.connect(self._take_name)
        self._take_name(self.reviewers.name())
        self.start.chosen.connect(self.open)
        self.loader.recent_found.connect(self.start.set_recent)
        self.loader.recent_found.connect(self.recent.set_recent)
        self.recent.chosen.connect(self.open)
        self.loader.images_folder_needed.connect(self._ask_for_images)
        self.loader.stage_started.connect(self._began)
        self.loader.became_idle.connect(self._rested)
        self.context.quarantine.reopen_requested.connect(self._offer_reopening)
        self.session.opened.connect(self._opened)
        self.session.model_changed.connect(self._classes_changed)
        self.session.classes_changed.connect(self._classes_changed)
        self.context.image_analysis.folder_judged.connect(self._judged)
        self.context.errors.reported.connect(self.notice.show_report)
        self.context.model_requested.connect(self.loader.use_project_model)
        self.context.status_message.connect(self.job_strip.show_status)
        self.review.gallery.map_page.failed.connect(self._refused)

    def _bind(self) -> None:
        add = self.actions.add
        for key in self.workspaces.keys:
            add(key, self, partial(self.workspaces.go, key))
        opens = [
            add("open_folder", self, self.ask_for_folder),
            add("open_archive", self, self.ask_for_archive),
            add("open_sample", self, self.loader.open_sample),
            add("fetch_public", self, self.fetch_public),
        ]
        whole = [
            add("undo", self, self.decisions.undo),
            add("redo", self, self.decisions.redo),
            add("save_copy", self, self.save_copy),
            add("classes", self, self.edit_classes),
            add("key_settings", self, self.change_keys),
        ]
        add("reviewer", self, self.ask_for_name)
        # A key holds where what it acts on is to be seen: its home is that part of the window.
        inspector = self.context.inspector
        add("note", inspector.sections["note"], inspector.write_note)
        add("heat", inspector.controls, inspector.controls.switch.toggle)
        add("full_screen", self, self._toggle_full_screen)
        add("back", self, self.escape)
        add("all_keys", self, self._toggle_keys)
        menu = QMenu(self.top_bar.folder)
        menu.addActions(opens)
        menu.addSeparator()
        menu.addActions(whole)
        menu.addSeparator()
        menu.addMenu(self.recent)
        menu.addMenu(LanguageMenu(self.change_language, menu))
        self.top_bar.folder.setMenu(menu)

    def _catch_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        # Of what vanishes Qt gives the keyboard to whatever is next in line, outside the work.
        vanished = old is not None and not old.isVisible() and self.isAncestorOf(old)
        around = (self.top_bar, self.rail, self.notice, self.hints, self.job_strip)
        strays = new is not None and any(part.isAncestorOf(new) for part in around)
        if vanished and strays and self.isVisible():
            # Not if somebody gives it to another part meanwhile.
            QTimer.singleShot(0, self, partial(self._return_focus, new))

    def _return_focus(self, taker: QWidget) -> None:
        if self.focusWidget() is taker:
            self.context.focus_requested.emit()

    def _toggle_keys(self) -> None:
        self.key_sheet.toggle()

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _ask(self, question: str) -> None:
        root = self.session.root
        path = dialogs.ask(self, question, root.parent if root else None)
        if path is not None:
            self.open(path)

    def _prepare(self) -> None:
        self.loader.start(self._model)
        self.loader.find_recent()

    def _began(self, kind: LoadStage) -> None:
        self.review.gallery.set_scanning(kind is LoadStage.SCAN)

    def _rested(self) -> None:
        self.review.gallery.set_scanning(False)
        self.review.gallery.resort_if_stale()

    def _on_project_attached(self, found: "AttachedProject") -> None:
        self.context.image_analysis.check_for_fields()
        self._ambiguous = found.links.ambiguous
        self.loader.find_recent()
        report_links(self.hints, found, self.settle)

    def _offer_projects(self, question: "ProjectChoice") -> None:
        self.project_chooser.ask(question.choices)

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_name(self, name: str | None) -> None:
        self.decisions.reviewer = name

    def _ask_for_images(self, file: Path) -> None:
        folder = dialogs.ask(self, dialogs.IMAGES, file.parent)
        if folder is not None:
            self.loader.open(folder, file)

    def _withdraw_told(self) -> None:
        if self._told_of_closing and not self.workspaces.closing():
            self.hints.hide_hint(self._told_of_closing)
            self._told_of_closing = ""

    def _refused(self, message: Message) -> None:
        if message.id in _REMARKS:
            self.job_strip.show_status(say(message))
        else:
            self.notice.show_report(ErrorReport(say(message)))

    def _classes_changed(self) -> None:
        self.actions.set_classes(self.session.effective_classes())

    def _judged(self, key: str, message: Message | None) -> None:
        if message is None:
            self.hints.hide_hint(key)
        else:
            self.hints.show_hint(key, say(message))

    def _offer_reopening(self) -> None:
        root = self.session.root
        if root is not None:
            words = self.tr("Files have returned to the folder since it was opened.")
            again = (self.tr("Reopen it"), lambda: self.open(root))
            self.hints.show_hint("reopen", words, again)

    def _opened(self) -> None:
        self.hints.clear()
        self.project_chooser.put_away()
        self.workspaces.go("review")
        title = self.session.title
        self.setWindowTitle(f"{title} — Bloodbench" if title else "Bloodbench")
