"""Main window: connects the parts of the window with each other and with the keys."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

from gui.loading.load_progress import LoadStage
from gui.shell.focus_return import FocusReturn
from gui.shell.view_state import ViewState, restore_view_state
from gui.shell.window_commands import WindowCommands
from gui.shell.window_placement import store_placement
from gui.theme import Theme
from gui.widgets.dropped_paths import local_paths
from gui.words import number

if TYPE_CHECKING:
    from gui.loading.project_tasks import AttachedProject, ProjectChoice


class MainWindow(WindowCommands):
    """The window of the program."""

    def __init__(self, theme: Theme, *, model: str | None = None) -> None:
        super().__init__(theme)
        self.setWindowTitle("Bloodbench")
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._model = model
        self._connect()
        self._connect_loading()
        self.bind_commands()
        around = (
            self.top_bar, self.rail, self.crash_notice, self.notice, self.hints, self.job_strip,
        )  # fmt: skip
        self._focus_return = FocusReturn(self, around, self.context.focus_requested.emit)
        self.rail.help_requested.connect(self.toggle_keys)
        self.start.open.setFocus()
        # After the first paint: the model loads while the person chooses a folder.
        QTimer.singleShot(0, self, self._prepare)

    def open(self, path: Path) -> None:
        """Open a folder, an archive, an image or a project."""
        self.opener.open(path)

    def restore_view(self, view_state: ViewState) -> None:
        """Restore the view of the window before this one."""
        self.restoreGeometry(view_state.geometry)
        restore_view_state(view_state, self.review.gallery, self.workspaces, self.loader)

    def resolve_links(self) -> None:
        """Show the dialog on ambiguous images."""
        if self.decisions.refusal is not None:
            self.show_refusal(self.decisions.refusal)
            return
        self.dialogs.resolve_links(self.folder_hints.unsettled, self.review.gallery.model)

    def closeEvent(self, event: QCloseEvent) -> None:
        # Warn once; closing again goes ahead.
        if self.folder_hints.warn_of_closing(self.workspaces.closing(), self.close):
            event.ignore()
            return
        store_placement(self)
        # The window disappears at once, while its threads need a moment to stop.
        self.hide()
        self.blind_reading.stop()
        self.workspaces.stop()
        self.backup_schedule.stop()
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
            self.opener.open_dropped(paths)

    def _connect(self) -> None:
        self.start.open_requested.connect(self.opener.ask_for_folder)
        self.start.sample_requested.connect(self.opener.open_sample)
        self.start.download_requested.connect(self.dialogs.download_dataset)
        self.start.chosen.connect(self.opener.open)
        self.recent.chosen.connect(self.opener.open)
        self.dataset_download.open_requested.connect(self.opener.open)
        self.folder_hints.reopening_requested.connect(self.opener.open)
        self.folder_hints.cells_requested.connect(self.find_cells)
        self.folder_hints.empty_fields_requested.connect(self._show_empty_fields)
        self.review.gallery.open_requested.connect(self.opener.ask_for_folder)
        self.review.gallery.map_page.failed.connect(self.show_refusal)
        self.activities.changed.connect(self._hide_obsolete_warnings)
        for question in (
            self.opening_question,
            self.overwrite_question,
            self.folder_names_question,
        ):
            question.done.connect(self.context.focus_requested)
        # Its images are out of sight then.
        self.workspaces.switched.connect(self.overwrite_question.put_away)
        self.top_bar.sign_off_requested.connect(self.workspaces.show_sign_off)
        self.top_bar.reviewer.other_requested.connect(self.name_bar.ask)
        self.decisions.failed.connect(self.show_refusal)
        self.context.focus_requested.connect(self._focus_workspace)
        self.name_bar.done.connect(self.context.focus_requested)
        self.decisions.reviewer_needed.connect(self.name_bar.ask)
        self.decisions.project_changed.connect(self.name_bar.put_away)
        self.decisions.project_changed.connect(self.notice.hide_if_untrue)
        self.session.opened.connect(self.notice.hide_if_untrue)
        self.name_bar.dropped.connect(self._on_dropped)
        self.dialogs.refused.connect(self.show_refusal)
        self.reviewers.changed.connect(self._set_reviewer)
        self._set_reviewer(self.reviewers.name())
        self.session.opened.connect(self._on_opened)
        self.session.model_changed.connect(self._update_class_keys)
        self.session.classes_changed.connect(self._update_class_keys)
        self.context.errors.reported.connect(self.notice.show_report)
        self.context.model_requested.connect(self.loader.use_project_model)
        self.context.status_message.connect(self.job_strip.show_status)

    def _connect_loading(self) -> None:
        self.review.gallery.view.visible_paths_changed.connect(self.loader.prioritise)
        self.top_bar.model_chosen.connect(self.loader.choose_model)
        self.loader.models_found.connect(self.top_bar.show_models)
        self.loader.project_attached.connect(self._on_project_attached)
        self.loader.project_choice_needed.connect(self._offer_projects)
        self.project_chooser.chosen.connect(self.loader.choose_project)
        self.project_chooser.chosen.connect(self.context.focus_requested)
        self.earlier_states.refused.connect(self.show_refusal)
        self.project_merge.refused.connect(self.show_refusal)
        self.loader.recent_found.connect(self.start.set_recent)
        self.loader.recent_found.connect(self.recent.set_recent)
        self.loader.stage_started.connect(self._on_stage_started)
        self.loader.became_idle.connect(self._on_idle)

    def _show_empty_fields(self) -> None:
        self.workspaces.go("review")
        self.review.gallery.show_empty_fields()

    def _prepare(self) -> None:
        self.loader.start(self._model)
        self.loader.find_recent()

    def _on_stage_started(self, stage: LoadStage) -> None:
        self.review.gallery.set_scanning(stage in (LoadStage.SCAN, LoadStage.FIND))

    def _on_idle(self) -> None:
        self.review.gallery.set_scanning(False)
        self.review.gallery.resort_if_stale()

    def _on_project_attached(self, attached: "AttachedProject") -> None:
        self.folder_hints.show_links(attached, self.resolve_links)
        self.folder_names_question.refresh()
        self.loader.find_recent()
        self.project_merge.find_conflicts()

    def _offer_projects(self, choice: "ProjectChoice") -> None:
        self.project_chooser.ask(choice.choices)

    def _set_reviewer(self, name: str | None) -> None:
        self.decisions.reviewer = name
        if name is not None:
            # The name may have been chosen in the top bar.
            self.name_bar.finish()

    def _focus_workspace(self) -> None:
        # While the name is asked, its letters must not become keys of the images.
        if self.name_bar.has_keyboard:
            return
        self.workspaces.focus()

    def _on_dropped(self, count: int) -> None:
        text = self.tr(
            "{count} waiting {count:decision was|decisions were} dropped; nothing was changed."
        )
        self.job_strip.show_status(text.format(count=number(count)))
        # A dropped note is not saved.
        self.context.refresh_inspector()

    def _hide_obsolete_warnings(self) -> None:
        self.opener.close_obsolete_question()
        self.notice.hide_if_untrue()
        if not self.workspaces.closing():
            self.folder_hints.hide_closing_warning()

    def _update_class_keys(self) -> None:
        self.command_actions.set_classes(self.session.project_or_model_classes())

    def _on_opened(self) -> None:
        self.hints.clear()
        self.project_chooser.put_away()
        self.workspaces.go("review")
        title = self.session.title
        self.setWindowTitle(f"{title} — Bloodbench" if title else "Bloodbench")
