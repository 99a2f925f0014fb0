"""Main window: creates the parts of the window and connects them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

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
from gui.loading.folder_names_question import FolderNamesQuestion
from gui.loading.project_chooser import ProjectChooser
from gui.loading.recent_folders import RecentFolderMenu
from gui.loading.relink_report import report_links
from gui.shell.job_strip import JobStrip
from gui.shell.notice import Notice
from gui.shell.opening_question import OpeningQuestion
from gui.shell.overwrite_question import OverwriteQuestion
from gui.shell.rail import Rail
from gui.shell.reviewers import ReviewerBar, Reviewers
from gui.shell.start_page import StartPage
from gui.shell.top_bar import TopBar
from gui.shell.view_state import ViewState, capture_view_state
from gui.shell.workspace_stack import WorkspaceStack
from gui.shortcuts.actions import CommandActions
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
    from collections.abc import Callable, Sequence

    from engine.project.link_result import AmbiguousImage
    from gui.loading.tasks import AttachedProject, ProjectChoice


_STATUS_IDS = ("project.nothing_to_undo", "project.nothing_to_redo")

_OPENED_ALONE = (".npz", ".bloodbench", ".zip")
"""File types that are opened alone, not together with images and folders."""


class MainWindow(QMainWindow):
    """The window of the program."""

    def __init__(self, theme: Theme, *, model: str | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Bloodbench")
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._ambiguous: tuple[AmbiguousImage, ...] = ()
        self._model = model
        self._theme = theme
        self.restart_requested = False
        """Whether it was closed only to open again in another language."""
        self.view_state: ViewState | None = None
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
        self._closing_warning = ""
        self.dataset_download = DatasetDownload(self.context, self.loader, self.hints)
        self.project_chooser = ProjectChooser(theme)
        self.name_bar = ReviewerBar(self.reviewers, theme)
        self.opening_question = OpeningQuestion(theme)
        self.folder_names_question = FolderNamesQuestion(self.session, self.decisions, theme)
        self.overwrite_question = OverwriteQuestion(self.decisions, theme)
        self.start = StartPage(theme)
        self.recent = RecentFolderMenu(self.session, self)
        self.job_strip = JobStrip(self.activities, self.loader, self.session, theme)
        self.command_actions = CommandActions(Keymap(self), self)
        self.workspaces = WorkspaceStack(self.context, self.rail, self.start, self.command_actions)
        self.review = self.workspaces.review
        self._compose()
        self._connect()
        self._bind()
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._catch_focus)
        self.key_sheet = KeySheet(
            cast("QWidget", self.centralWidget()), self.command_actions.rows, theme
        )
        self.rail.help_requested.connect(self._toggle_keys)
        self.start.open.setFocus()
        # After the first paint: the model loads while the person chooses a folder.
        QTimer.singleShot(0, self, self._prepare)

    def open(self, path: Path) -> None:
        """Open a folder, an archive, an image or a project."""
        is_project = path.suffix == ".bloodbench" and path.is_file()
        load = self.loader.open_project if is_project else self.loader.open
        self._open_unless_training(partial(load, path))

    def open_sample(self) -> None:
        """Open the sample."""
        self._open_unless_training(self.loader.open_sample)

    def open_dropped(self, paths: "Sequence[Path]") -> None:
        """Open dropped paths as one source; report those that can only be opened alone."""
        together = [path for path in paths if path.suffix.lower() not in _OPENED_ALONE]
        if len(paths) == 1 or not together:
            self.open(paths[0])
            skipped = len(paths) - 1
        else:
            self._open_unless_training(partial(self.loader.open_together, tuple(together)))
            skipped = len(paths) - len(together)
        if skipped:
            text = self.tr(
                "{n} dropped {n:file was|files were} ignored: archives and projects open "
                "one at a time."
            )
            self.notice.show_report(ErrorReport(text.format(n=number(skipped))))

    def ask_for_folder(self) -> None:
        """Ask for a folder and open it."""
        self._ask_and_open(dialogs.FOLDER)

    def ask_for_archive(self) -> None:
        """Ask for an archive or an image and open it."""
        self._ask_and_open(dialogs.ARCHIVE)

    def ask_for_name(self) -> None:
        """Ask for the reviewer's name."""
        self.name_bar.ask()

    def edit_classes(self) -> None:
        """Show the classes editor."""
        table, model = self.session.table, self.session.active_model
        if table is None or not self.decisions.writable:
            self._show_refusal(Message("project.not_yet"))
            return
        from gui.classes.classes_editor import ClassesEditor

        editor = ClassesEditor(
            self.session.effective_classes(),
            table.counts(),
            model.card.classes if model else (),
            self.command_actions.keymap,
            self._theme,
            self,
            taken=table.classes,
        )
        editor.saved.connect(self.decisions.set_classes)
        self._show(editor)

    def download_dataset(self) -> None:
        """Show the dialog with the public data sets."""
        self._show(self.dataset_download.dialog(self._theme, self))

    def resolve_links(self) -> None:
        """Show the dialog on ambiguous images."""
        from gui.loading.conflict_dialog import ConflictDialog

        names = self.review.gallery.model.class_title
        dialog = ConflictDialog(self._ambiguous, names, self._theme, self)
        dialog.resolved.connect(self.decisions.resolve_link)
        self._show(dialog)

    def change_keys(self) -> None:
        """Show the key settings."""
        from gui.shortcuts.key_settings import KeySettings

        self._show(
            KeySettings(
                self.command_actions.keymap, self.session.effective_classes(), self._theme, self
            )
        )

    def change_language(self, code: str) -> None:
        """Close and open again in another language, with the same view."""
        if self.activities.running:
            text = self.tr("A task is still running; change the language when it has finished.")
            self.notice.show_report(ErrorReport(text))
            return
        language.set_language(code)
        self.restart_requested = True
        self.view_state = capture_view_state(self)
        self.close()

    def save_copy(self) -> None:
        """Ask for a file and save a copy of the project, as a backup or for another computer."""
        project = self.decisions.project
        if project is None:
            self._show_refusal(Message("project.not_yet"))
            return
        file = dialogs.ask(self, dialogs.SAVE_PROJECT, None)
        if file is not None:
            self.loader.save_copy(file)

    def escape(self) -> None:
        """Close the topmost part (overlay, question, large view, notice, full screen), else cancel the work."""
        if self.key_sheet.isVisible():
            self.key_sheet.put_away()
        elif self.opening_question.isVisible():
            self.opening_question.refuse()
        elif self.overwrite_question.isVisible():
            self.overwrite_question.refuse()
        elif self.folder_names_question.has_keyboard:
            self.folder_names_question.postpone()
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
        warning = self.workspaces.closing()
        if warning and warning != self._closing_warning:
            # Warn once; closing again goes ahead.
            self._closing_warning = warning
            self.hints.show_hint(warning, warning, (self.tr("Close anyway"), self.close))
            event.ignore()
            return
        # The window disappears at once, while its threads need a moment to stop.
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
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self.start.open_requested.connect(self.ask_for_folder)
        self.activities.changed.connect(self._hide_obsolete_warnings)
        self.opening_question.done.connect(self.context.focus_requested)
        self.start.sample_requested.connect(self.open_sample)
        self.start.download_requested.connect(self.download_dataset)
        self.dataset_download.open_requested.connect(self.open)
        self.review.gallery.open_requested.connect(self.ask_for_folder)
        self.review.gallery.view.visible_paths_changed.connect(self.loader.prioritise)
        self.top_bar.model_chosen.connect(self.loader.choose_model)
        self.top_bar.sign_off_requested.connect(self.workspaces.show_sign_off)
        self.loader.models_found.connect(self.top_bar.show_models)
        self.loader.project_attached.connect(self._on_project_attached)
        self.loader.project_choice_needed.connect(self._offer_projects)
        self.project_chooser.chosen.connect(self.loader.choose_project)
        self.project_chooser.chosen.connect(self.context.focus_requested)
        self.decisions.failed.connect(self._show_refusal)
        self.decisions.reviewer_needed.connect(self.name_bar.ask)
        self.overwrite_question.done.connect(self.context.focus_requested)
        self.folder_names_question.done.connect(self.context.focus_requested)
        self.top_bar.reviewer.other_requested.connect(self.ask_for_name)
        self.reviewers.changed.connect(self._set_reviewer)
        self._set_reviewer(self.reviewers.name())
        self.start.chosen.connect(self.open)
        self.loader.recent_found.connect(self.start.set_recent)
        self.loader.recent_found.connect(self.recent.set_recent)
        self.recent.chosen.connect(self.open)
        self.loader.images_folder_needed.connect(self._ask_for_images)
        self.loader.stage_started.connect(self._on_stage_started)
        self.loader.became_idle.connect(self._on_idle)
        self.context.quarantine.reopen_requested.connect(self._offer_reopening)
        self.session.opened.connect(self._on_opened)
        self.session.model_changed.connect(self._update_class_keys)
        self.session.classes_changed.connect(self._update_class_keys)
        self.context.image_analysis.folder_judged.connect(self._show_folder_hint)
        self.context.errors.reported.connect(self.notice.show_report)
        self.context.model_requested.connect(self.loader.use_project_model)
        self.context.status_message.connect(self.job_strip.show_status)
        self.review.gallery.map_page.failed.connect(self._show_refusal)

    def _bind(self) -> None:
        add = self.command_actions.add
        for key in self.workspaces.keys:
            add(key, self, partial(self.workspaces.go, key))
        open_actions = [
            add("open_folder", self, self.ask_for_folder),
            add("open_archive", self, self.ask_for_archive),
            add("open_sample", self, self.open_sample),
            add("fetch_public", self, self.download_dataset),
        ]
        project_actions = [
            add("undo", self, self.decisions.undo),
            add("redo", self, self.decisions.redo),
            add("save_copy", self, self.save_copy),
            add("classes", self, self.edit_classes),
            add("key_settings", self, self.change_keys),
        ]
        add("reviewer", self, self.ask_for_name)
        # A key works where the thing it acts on is visible: it is bound to that part of the window.
        inspector = self.context.inspector
        add("note", inspector.sections["note"], inspector.write_note)
        add("heat", inspector.controls, inspector.controls.switch.toggle)
        add("full_screen", self, self._toggle_full_screen)
        add("back", self, self.escape)
        add("all_keys", self, self._toggle_keys)
        menu = QMenu(self.top_bar.folder)
        menu.addActions(open_actions)
        menu.addSeparator()
        menu.addActions(project_actions)
        menu.addSeparator()
        menu.addMenu(self.recent)
        menu.addMenu(LanguageMenu(self.change_language, menu))
        self.top_bar.folder.setMenu(menu)

    def _catch_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        # When the focused widget is hidden, Qt moves the focus to the next one, often outside the workspace.
        vanished = old is not None and not old.isVisible() and self.isAncestorOf(old)
        around = (self.top_bar, self.rail, self.notice, self.hints, self.job_strip)
        is_outside = new is not None and any(part.isAncestorOf(new) for part in around)
        if vanished and new is not None and is_outside and self.isVisible():
            # Later, unless another part takes the focus meanwhile.
            QTimer.singleShot(0, self, partial(self._return_focus, new))

    def _return_focus(self, focused: QWidget) -> None:
        if self.focusWidget() is focused:
            self.context.focus_requested.emit()

    def _toggle_keys(self) -> None:
        self.key_sheet.toggle()

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _ask_and_open(self, question: str) -> None:
        root = self.session.root
        path = dialogs.ask(self, question, root.parent if root else None)
        if path is not None:
            self.open(path)

    def _prepare(self) -> None:
        self.loader.start(self._model)
        self.loader.find_recent()

    def _on_stage_started(self, stage: LoadStage) -> None:
        self.review.gallery.set_scanning(stage is LoadStage.SCAN)

    def _on_idle(self) -> None:
        self.review.gallery.set_scanning(False)
        self.review.gallery.resort_if_stale()

    def _on_project_attached(self, attached: "AttachedProject") -> None:
        self.context.image_analysis.check_for_fields()
        self._ambiguous = attached.links.ambiguous
        self.folder_names_question.refresh()
        self.loader.find_recent()
        report_links(self.hints, attached, self.resolve_links)

    def _offer_projects(self, choice: "ProjectChoice") -> None:
        self.project_chooser.ask(choice.choices)

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _set_reviewer(self, name: str | None) -> None:
        self.decisions.reviewer = name

    def _ask_for_images(self, file: Path) -> None:
        folder = dialogs.ask(self, dialogs.IMAGES, file.parent)
        if folder is not None:
            self.loader.open(folder, file)

    def _open_unless_training(self, load: "Callable[[], object]") -> None:
        """Open at once, or ask first if that would stop a training."""
        warning = self.workspaces.opening()
        if warning:
            self.opening_question.ask(warning, partial(self._load, load))
        else:
            self._load(load)

    def _load(self, load: "Callable[[], object]") -> None:
        self.opening_question.put_away()
        self.notice.hide()
        load()

    def _hide_obsolete_warnings(self) -> None:
        if self.opening_question.isVisible() and not self.workspaces.opening():
            # The training ended by itself: its result must not vanish under a late Return.
            self.opening_question.refuse()
        if self._closing_warning and not self.workspaces.closing():
            self.hints.hide_hint(self._closing_warning)
            self._closing_warning = ""

    def _show_refusal(self, message: Message) -> None:
        if message.id in _STATUS_IDS:
            self.job_strip.show_status(say(message))
        else:
            self.notice.show_report(ErrorReport(say(message)))

    def _update_class_keys(self) -> None:
        self.command_actions.set_classes(self.session.effective_classes())

    def _show_folder_hint(self, key: str, message: Message | None) -> None:
        if message is None:
            self.hints.hide_hint(key)
        else:
            self.hints.show_hint(key, say(message))

    def _offer_reopening(self) -> None:
        root = self.session.root
        if root is not None:
            text = self.tr("Files have returned to the folder since it was opened.")
            again = (self.tr("Reopen it"), lambda: self.open(root))
            self.hints.show_hint("reopen", text, again)

    def _on_opened(self) -> None:
        self.hints.clear()
        self.project_chooser.put_away()
        self.workspaces.go("review")
        title = self.session.title
        self.setWindowTitle(f"{title} — Bloodbench" if title else "Bloodbench")
