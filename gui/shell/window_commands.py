"""Window commands: what the keys of the window and its folder menu do; `window` connects the rest."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from engine.messages import Message
from gui import language
from gui.jobs.error_reporter import ErrorReport
from gui.language import LanguageMenu
from gui.shell.line_focus import LineFocus
from gui.shell.unknown_limit_menu import UnknownLimitMenu
from gui.shell.view_state import ViewState, capture_view_state
from gui.shell.window_parts import WindowParts
from gui.theme import Theme
from gui.words import to_sentence

_STATUS_IDS = (
    "project.nothing_to_undo",
    "project.nothing_to_redo",
    "project.no_prediction",
    "project.unreadable_prediction",
)


class WindowCommands(WindowParts):
    """A window whose commands can be bound to keys and put into the folder menu."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.restart_requested = False
        """True if it was closed only to open again in another language."""
        self.view_state: ViewState | None = None
        self._line_focus = self._make_line_focus()

    def bind_commands(self) -> None:
        """Bind the keys and fill the folder menu."""
        add = self.command_actions.add
        for key in self.workspaces.keys:
            add(key, self, partial(self.workspaces.go, key))
        open_actions = [
            add("open_folder", self, self.opener.ask_for_folder),
            add("open_archive", self, self.opener.ask_for_archive),
            add("open_sample", self, self.opener.open_sample),
            add("fetch_public", self, self.dialogs.download_dataset),
        ]
        project_actions = [
            add("undo", self, self._undo),
            add("redo", self, self.decisions.redo),
            add("save_copy", self, self.dialogs.save_copy),
            add("restore_state", self, self.dialogs.restore_state),
            add("merge_project", self, self.project_merge.ask),
            add("find_cells", self, self.find_cells),
            add("classes", self, self.dialogs.edit_classes),
            add("key_settings", self, self.dialogs.change_keys),
            add("second_reading", self, self.workspaces.show_second_reading),
            add("competency", self, self.workspaces.show_competency),
        ]
        add("reviewer", self, self.name_bar.ask)
        # A key works where the thing it acts on is visible: it is bound to that part of the window.
        inspector = self.context.inspector
        for key, section, write in (
            ("note", "note", inspector.write_note),
            ("tags", "tags", inspector.write_tags),
            ("add_cell", "field", inspector.add_cell),
            ("move_box", "field", inspector.move_box),
        ):
            add(key, inspector.sections[section], partial(self._write, write))
        add("next_line", self, self._line_focus.go)
        add("heat", inspector.controls, inspector.controls.switch.toggle)
        add("full_screen", self, self._toggle_full_screen)
        add("back", self, self.escape)
        add("all_keys", self, self.toggle_keys)
        menu = QMenu(self.top_bar.folder)
        menu.addActions(open_actions)
        menu.addSeparator()
        menu.addActions(project_actions)
        menu.addSeparator()
        menu.addMenu(self.recent)
        menu.addMenu(UnknownLimitMenu(self.session, menu))
        menu.addMenu(LanguageMenu(self.change_language, menu))
        self.top_bar.folder.setMenu(menu)

    def find_cells(self) -> None:
        """Open the open images again as fields, whose cells are the images then; or, of cells, whole."""
        self.folder_hints.announces_cells = not self.session.holds_fields
        self.opener.find_cells()

    def change_language(self, code: str) -> None:
        """Close and open again in another language, with the same view."""
        if self.activities.running:
            text = self.tr("A task is still running; change the language when it has finished.")
            self.notice.show_report(ErrorReport(text), lambda: bool(self.activities.running))
            return
        language.set_language(code)
        self.restart_requested = True
        self.view_state = capture_view_state(
            self.review.gallery, self.workspaces, self.saveGeometry()
        )
        self.close()

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
        elif self.name_bar.has_keyboard:
            self.name_bar.put_away()
        elif self.workspaces.escape():
            pass
        elif self.name_bar.isVisible():
            self.name_bar.put_away()
        elif self.notice.isVisible():
            self.notice.dismiss()
        elif self.crash_notice.isVisible():
            self.crash_notice.dismiss()
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.loader.cancel()

    def toggle_keys(self) -> None:
        """Show or hide all keys."""
        self.key_sheet.toggle()

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _write(self, write: Callable[[], None]) -> None:
        """Start writing in the inspector, or say why nothing can be written now."""
        refusal = self.decisions.refusal
        if refusal is None:
            write()
        else:
            self.show_refusal(refusal)

    def show_refusal(self, message: Message) -> None:
        """Say why something was not done, where it disturbs least."""
        if message.id in _STATUS_IDS:
            self.job_strip.show_status(to_sentence(message))
        elif to_sentence(message) == self.hints.hint_text("read_only"):
            # The reason is on the screen already.
            self.job_strip.show_status(
                self.tr("Nothing was changed; the line at the top says why.")
            )
        else:
            is_refusal = message == self.decisions.refusal
            self.notice.show_report(
                ErrorReport(to_sentence(message)),
                (lambda: self.decisions.refusal == message) if is_refusal else None,
            )

    def _undo(self) -> None:
        # What waits for the reviewer's name was decided last.
        if not self.name_bar.drop_last():
            self.decisions.undo()

    def _make_line_focus(self) -> LineFocus:
        questions = (
            self.opening_question,
            self.project_chooser,
            self.folder_names_question,
            self.name_bar,
            self.overwrite_question,
        )
        none = self.tr("There is no question and no hint.")
        return LineFocus(
            self,
            (*questions, self.hints, self.notice, self.crash_notice),
            self.context.focus_requested.emit,
            lambda: self.context.status_message.emit(none),
        )
