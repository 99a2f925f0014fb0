"""Project chooser: asks which project a folder belongs to, where several fit."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from engine.text import display_path, to_printable
from gui.deletion import clear_layout
from gui.theme import Theme
from gui.words import number, without_mnemonic

if TYPE_CHECKING:
    from engine.project.library import ProjectCandidate


def _local(at: datetime) -> str:
    """Return date and time to the second: two projects may have been started in one minute."""
    short = QLocale.FormatType.ShortFormat
    local = at.astimezone()
    day = QLocale().toString(QDate(local.year, local.month, local.day), short)
    time = QTime(local.hour, local.minute, local.second)
    return f"{day} {time.toString('HH:mm:ss')}"


class ProjectChooser(QWidget):
    """One button per candidate project, and one for a new project.

    It takes the keyboard with its explanation, on which keys do nothing: an Enter or an arrow key that
    was meant for an image must not choose a project.
    """

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
        """Show the candidates."""
        self.put_away()
        text = self.tr(
            "These images belong to an earlier project. Choose the project before making decisions."
        )
        keys = self.tr("Tab goes to the answers, and Enter chooses one.")
        explanation = QLabel(f"{text} {keys}", wordWrap=True)
        explanation.setProperty("role", "question")
        explanation.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows.addWidget(explanation)
        for candidate in choices:
            self._add(self._describe(candidate), candidate.summary.file)
        self._add(self.tr("None of these: start a new project for this folder"), None)
        self.show()
        explanation.setFocus()

    def put_away(self) -> None:
        """Close the question."""
        self.buttons.clear()
        clear_layout(self._rows)
        self.hide()

    def _describe(self, candidate: "ProjectCandidate") -> str:
        head = candidate.summary
        text = self.tr("Continue “{name}” ({root})")
        if candidate.is_copy:
            text = self.tr("Continue “{name}”, whose own folder is still at {root}")
        parts = [
            self.tr("{n} {n:image|images} decided").format(n=number(head.decided)),
            self.tr("opened {when}").format(when=_local(head.opened)),
            self.tr("{fits} of {of} sampled images match").format(
                fits=number(candidate.match.found), of=number(candidate.match.total)
            ),
        ]
        if (last := candidate.last_edit) is not None:
            parts.insert(
                1,
                self.tr("last change {when} by {who}").format(when=_local(last.at), who=last.who),
            )
        first = text.format(
            name=to_printable(head.name), root=display_path(head.root) if head.root else ""
        )
        return without_mnemonic(f"{first}\n{', '.join(parts)}")

    def _add(self, text: str, file: object) -> None:
        button = QPushButton(text)
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(lambda: self._answer(file))
        self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons.append(button)

    def _answer(self, file: object) -> None:
        self.put_away()
        self.chosen.emit(file)
