"""Field tools: the field view with the buttons that edit its boxes, and what to do while one is on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.inspector.box_editor import EditMode
from gui.inspector.field_view import FieldView
from gui.theme import Theme


class FieldTools(QWidget):
    """The body of the inspector's field section."""

    def __init__(self, view: FieldView, theme: Theme) -> None:
        super().__init__()
        self._view = view
        self.add = self._button(self.tr("Add a cell"), view.start_adding)
        self.move_box = self._button(self.tr("Move the box"), view.start_moving)
        self.hint = QLabel(wordWrap=True)
        self.hint.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        for button in (self.add, self.move_box):
            buttons.addWidget(button)
        buttons.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(view)
        rows.addLayout(buttons)
        rows.addWidget(self.hint)
        view.editor.changed.connect(self._refresh)
        self._refresh()

    def set_refusal(self, refusal: str) -> None:
        """Set why no box can be drawn now, empty if it can."""
        for button in (self.add, self.move_box):
            button.setEnabled(not refusal)
            button.setToolTip(refusal)
        self._view.is_editable = not refusal

    def _button(self, text: str, start: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        # A click must not take the keyboard from the field, which would end the editing.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda checked: start() if checked else self._view.editor.end())
        return button

    def _refresh(self) -> None:
        mode = self._view.editor.mode
        self.add.setChecked(mode is EditMode.ADD)
        self.move_box.setChecked(mode is EditMode.MOVE)
        self.hint.setText(
            {
                EditMode.LOOK: "",
                EditMode.ADD: self.tr(
                    "Click the missed cell, or drag a box around it. With the keyboard: arrow keys "
                    "move the box, Shift and arrow keys resize it, Enter adds the cell, Esc stops."
                ),
                EditMode.MOVE: self.tr(
                    "Drag the box or its edges. With the keyboard: arrow keys move the box, Shift "
                    "and arrow keys resize it, Enter keeps the change, Esc cancels it."
                ),
            }[mode]
        )
        self.hint.setVisible(mode is not EditMode.LOOK)
