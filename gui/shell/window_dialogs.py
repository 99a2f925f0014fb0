"""Window dialogs: editors of classes and keys, ambiguous images, public data sets, copies of a project."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from engine.messages import Message
from gui.gallery.model import GalleryModel
from gui.loading.dataset_download import DatasetDownload
from gui.loading.earlier_states import EarlierStates
from gui.loading.folder_loader import FolderLoader
from gui.shortcuts.keymap import Keymap
from gui.state.decisions import Decisions
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets import dialogs

if TYPE_CHECKING:
    from engine.project.link_result import AmbiguousImage


class WindowDialogs(QObject):
    """Opens the dialogs of one window."""

    refused = Signal(object)
    """A `Message` on why a dialog cannot be opened now."""

    def __init__(
        self,
        session: Session,
        decisions: Decisions,
        loader: FolderLoader,
        downloads: DatasetDownload,
        earlier_states: EarlierStates,
        keymap: Keymap,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._decisions = decisions
        self._loader = loader
        self._downloads = downloads
        self._earlier_states = earlier_states
        self._keymap = keymap
        self._theme = theme
        self._window = window

    def edit_classes(self) -> None:
        """Show the classes editor."""
        table, model = self._session.table, self._session.active_model
        if table is None or self._decisions.refusal:
            self.refused.emit(self._decisions.refusal or Message("project.not_yet"))
            return
        from gui.classes.classes_editor import ClassesEditor
        from gui.state.class_counts import displayed_counts, used_classes

        editor = ClassesEditor(
            self._session.project_or_model_classes(),
            displayed_counts(table),
            model.card.classes if model else (),
            self._keymap,
            self._theme,
            self._window,
            taken=table.classes,
            used=used_classes(table),
        )
        editor.saved.connect(self._decisions.set_classes)
        self._show(editor)

    def restore_state(self) -> None:
        """Show the backups of the project."""
        if dialog := self._earlier_states.show():
            self._show(dialog)

    def change_keys(self) -> None:
        """Show the key settings."""
        from gui.shortcuts.key_settings import KeySettings

        classes = self._session.project_or_model_classes()
        self._show(KeySettings(self._keymap, classes, self._theme, self._window))

    def download_dataset(self) -> None:
        """Show the dialog with the public data sets."""
        self._show(self._downloads.dialog(self._theme, self._window))

    def resolve_links(self, images: "tuple[AmbiguousImage, ...]", model: GalleryModel) -> None:
        """Show the dialog on ambiguous images; `model` names the classes."""
        from gui.loading.conflict_dialog import ConflictDialog

        dialog = ConflictDialog(images, model.texts.class_title, self._theme, self._window)
        dialog.resolved.connect(self._decisions.resolve_link)
        self._show(dialog)

    def save_copy(self) -> None:
        """Ask for a file and save a copy of the project, as a backup or for another computer."""
        if self._decisions.project is None:
            self.refused.emit(self._decisions.refusal)
            return
        file = dialogs.ask(self._window, dialogs.SAVE_PROJECT, None)
        if file is not None:
            self._loader.save_copy(file)

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
