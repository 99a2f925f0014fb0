"""Class buttons: one per class with badge, name and key; no order or mark tells what a model predicts."""

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.deletion import delete_later
from gui.gallery.delegate import paint_class_letter
from gui.shortcuts.keymap import Keymap, class_keys, native_key_text
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.flow_layout import FlowLayout
from gui.words import class_name, without_mnemonic


class ClassButtons(QWidget):
    """The classes of the project in their order, then “Not classed”."""

    chosen = Signal(str)

    def __init__(self, session: Session, keymap: Keymap, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._keymap = keymap
        self._theme = theme
        self.buttons: dict[str, QPushButton] = {}
        self._row = FlowLayout(theme.space("small"))
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        session.classes_changed.connect(self.refresh)
        session.model_changed.connect(self.refresh)
        keymap.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def set_chosen(self, class_id: str | None) -> None:
        """Mark one class, or none."""
        for button_id, button in self.buttons.items():
            button.setChecked(button_id == class_id)

    def refresh(self) -> None:
        """Show the classes as they are now."""
        for button in self.buttons.values():
            self._row.removeWidget(button)
            delete_later(button)
        self.buttons = {}
        classes = self._session.project_or_model_classes()
        keys = class_keys(classes, self._keymap)
        for entry in classes:
            icon = self._badge(entry.id)
            self._add(entry.id, class_name(entry.name), native_key_text(keys[entry.id]), icon)
        key = native_key_text(self._keymap.keys("not_classed"))
        self._add(NOT_CLASSED, self.tr("Not classed"), key, QIcon())

    def _add(self, class_id: str, name: str, key: str, icon: QIcon) -> None:
        button = QPushButton(icon, without_mnemonic(f"{name}   {key}".rstrip()))
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._choose, class_id))
        self.buttons[class_id] = button
        self._row.addWidget(button)

    def _choose(self, class_id: str, *_: object) -> None:
        self.chosen.emit(class_id)

    def _badge(self, class_id: str) -> QIcon:
        edge = self._theme.space("large")
        ratio = self.devicePixelRatioF()
        size = round(edge * ratio)
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(0)
        painter = QPainter(image)
        style = self._session.class_styles.find(class_id)
        paint_class_letter(painter, self._theme, style, QRect(0, 0, edge, edge))
        painter.end()
        return QIcon(QPixmap.fromImage(image))
