"""File details: name, size, class of the folder, decoding notes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.inspector.elided_label import ElidedLabel
from gui.inspector.image_loader import ImageLoader
from gui.state.session import Session
from gui.theme import Theme
from gui.words import file_size, to_sentence


class FileDetails(QWidget):
    """File details of the current image."""

    def __init__(self, session: Session, image_loader: ImageLoader, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._image_loader = image_loader
        self._theme = theme
        self._name = ElidedLabel()
        self._size = QLabel()
        self._class = QLabel()
        self._notes = QLabel()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        for label in (self._class, self._name, self._size, self._notes):
            rows.addWidget(label)
        for label in (self._class, self._size, self._notes):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(
                label.sizePolicy().Policy.Ignored, label.sizePolicy().Policy.Preferred
            )
        self._size.setProperty("role", "muted")
        self._name.setFont(theme.font())
        self._class.setFont(theme.font())
        session.current_changed.connect(self.refresh)
        session.model_changed.connect(self.refresh)
        image_loader.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Update from the session and the decoded image."""
        item = self._session.current
        self.setVisible(item is not None)
        if item is None:
            return
        self._name.set_full_text(item.path)
        parts = []
        if size := self._image_loader.size:
            parts.append(f"{size.width()} × {size.height()}")
        if item.record and item.record.size:
            parts.append(file_size(item.record.size))
        self._size.setText(" · ".join(parts))
        self._size.setVisible(bool(parts))
        self._class.setText(self._folder_text())
        self._class.setVisible(bool(self._class.text()))
        notes = [to_sentence(note) for note in self._image_loader.notes]
        problem = item.problem or self._image_loader.problem
        if problem:
            notes.insert(0, to_sentence(problem))
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def _folder_text(self) -> str:
        item = self._session.current
        if item is None or not item.folder_class:
            return ""
        folder = self._session.class_styles.find(item.folder_class).name
        if item.prediction is None:
            return self.tr("Folder: {folder}").format(folder=folder)
        if item.prediction.class_id == item.folder_class:
            return self.tr("Folder: {folder}, as predicted").format(folder=folder)
        predicted = self._session.class_styles.find(item.prediction.class_id).name
        return self.tr("Folder: {folder} — predicted: {predicted}").format(
            folder=folder, predicted=predicted
        )
