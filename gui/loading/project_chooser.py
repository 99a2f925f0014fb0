"""Which project: asked where several may be the folder's, and never guessed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.words import number

if TYPE_CHECKING:
    from engine.project.library import ProjectCandidate


class ProjectChooser(QWidget):
    """A button a project that the folder may belong to, and one for a project of its own."""

    chosen = Signal(object)
    """The project's file, or None for a new one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = QVBoxLayout(self)
        large, small = theme.space("large"), theme.space("small")
        self._rows.setContentsMargins(large, large, large, large)
        self._rows.setSpacing(small)
        self.buttons: list[QPushButton] = []
        self.hide()

    def ask(self, choices: "tuple[ProjectCandidate, ...]") -> None:
        """Show what there is to choose from."""
        self.put_away()
        words = QLabel(
            self.tr(
                "These images belong to an earlier project. Choose the project before "
                "making decisions."
            ),
            wordWrap=True,
        )
        self._rows.addWidget(words)
        for found in choices:
            self._add(self._describe(found), found.summary.file)
        self._add(self.tr("None of these: start a new project for this folder"), None)
        self.show()
        self.buttons[0].setFocus()

    def put_away(self) -> None:
        """Ask no more."""
        self.buttons.clear()
        while self._rows.count():
            gone = self._rows.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()
        self.hide()

    def _describe(self, found: "ProjectCandidate") -> str:
        head = found.summary
        when = QLocale().toString(head.opened.astimezone(), QLocale.FormatType.ShortFormat)
        words = self.tr(
            "Continue “{name}” ({root}), opened {when}: {fits} of {of} sampled images match"
        )
        if found.is_copy:
            words = self.tr(
                "Continue “{name}”, whose own folder is still at {root}, opened {when}: "
                "{fits} of {of} sampled images match"
            )
        return words.format(
            name=head.name,
            root=head.root,
            when=when,
            fits=number(found.match.found),
            of=number(found.match.total),
        )

    def _add(self, words: str, file: object) -> None:
        button = QPushButton(words)
        button.clicked.connect(lambda: self._answer(file))
        self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons.append(button)

    def _answer(self, file: object) -> None:
        self.put_away()
        self.chosen.emit(file)
