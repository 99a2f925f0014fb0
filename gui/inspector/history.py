"""The history of an image: who decided what and when, the newest first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.inspector.edits import line, undone
from gui.theme import Theme
from gui.words import number

if TYPE_CHECKING:
    from engine.project.values import Edit

_SCREENFUL = 6


class History(QWidget):
    """A line an edit; at first a screenful of them. `class_name` tells what a class is called."""

    def __init__(self, class_name: Callable[[str], str], theme: Theme) -> None:
        super().__init__()
        self._class_name = class_name
        self._theme = theme
        self._edits: Sequence[Edit] = ()
        self._whole = False
        self._lines: list[QLabel] = []
        self.nothing = QLabel(self.tr("Nothing was decided on this image yet."), wordWrap=True)
        self.nothing.setProperty("role", "muted")
        self.all = QPushButton()
        self.all.setProperty("role", "flat")
        self.all.clicked.connect(self._show_all)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.space("tight"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.space("tight"))
        whole.addWidget(self.nothing)
        whole.addLayout(self._rows)
        whole.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_edits([])

    @property
    def lines(self) -> list[str]:
        """What is shown now."""
        return [label.text() for label in self._lines if not label.isHidden()]

    def set_edits(self, edits: "Sequence[Edit]") -> None:
        """Show these edits, the newest first."""
        self._edits = edits
        self._whole = False
        self._show()

    def _show_all(self) -> None:
        self._whole = True
        self._show()

    def _show(self) -> None:
        edits, gone = self._edits, undone(self._edits)
        # One more would take no more room than the button that hides it.
        shown = edits if self._whole or len(edits) <= _SCREENFUL + 1 else edits[:_SCREENFUL]
        now = datetime.now().astimezone()
        while len(self._lines) < len(shown):
            self._lines.append(self._add())
        for label, edit in zip(self._lines, shown, strict=False):
            self._fill(label, line(edit, self._class_name, now), taken_back=edit.id in gone)
        for place, label in enumerate(self._lines):
            label.setVisible(place < len(shown))
        self.nothing.setVisible(not edits)
        self.all.setVisible(len(shown) < len(edits))
        self.all.setText(self.tr("Show all {count}").format(count=number(len(edits))))

    def _fill(self, label: QLabel, words: str, *, taken_back: bool) -> None:
        font = self._theme.font()
        font.setStrikeOut(taken_back)
        label.setFont(font)
        label.setText(words)
        # A line through it is not heard.
        label.setAccessibleName(
            self.tr("{words} (taken back)").format(words=words) if taken_back else words
        )
        label.setToolTip(self.tr("Taken back") if taken_back else "")

    def _add(self) -> QLabel:
        label = QLabel(wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows.addWidget(label)
        return label
