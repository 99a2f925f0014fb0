"""One action on all findings that are shown: first what it will do, then the deed."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.clean.answers import Answer
from gui.session import Session
from gui.theme import Theme
from gui.words import number

_MOST_CLASSES = 3


class Bulk(QWidget):
    """A button that says what it would do; pressed, it tells in full and asks once more in place."""

    agreed = Signal(object)
    """An `Answer` that shall be done."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._answer = Answer()
        self.begin = QPushButton()
        self.preview = QLabel(wordWrap=True)
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.no = QPushButton(self.tr("Cancel"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("small"))
        row.addWidget(self.begin)
        row.addWidget(self.preview, 1)
        row.addWidget(self.go)
        row.addWidget(self.no)
        row.addStretch()
        self.begin.clicked.connect(self._ask)
        self.go.clicked.connect(self._do)
        self.no.clicked.connect(self.rest)
        self.rest()

    @property
    def asking(self) -> bool:
        """Whether the preview is shown."""
        return self.go.isVisibleTo(self)

    def set_answer(self, answer: Answer) -> None:
        """Take what pressing it would do now; a preview of something else is put away."""
        if answer != self._answer:
            self._answer = answer
            self.rest()

    def rest(self) -> None:
        """Ask no more."""
        answer = self._answer
        self.begin.setVisible(bool(answer))
        words = (
            self.tr("Remove all shown ({count})…")
            if answer.remove
            else self.tr("Relabel all shown ({count})…")
        )
        self.begin.setText(words.format(count=number(len(answer.remove or answer.relabel))))
        for widget in (self.preview, self.go, self.no):
            widget.hide()

    def _ask(self) -> None:
        answer = self._answer
        self.begin.hide()
        if answer.remove:
            words = self.tr("Removes {count} images ({classes}); {kept} stay. One undo for all.")
            self.go.setText(self.tr("Remove {count}").format(count=number(len(answer.remove))))
        else:
            words = self.tr("Relabels {count} images (to {classes}). One undo for all.")
            self.go.setText(self.tr("Relabel {count}").format(count=number(len(answer.relabel))))
        self.preview.setText(
            words.format(
                count=number(len(answer.remove or answer.relabel)),
                classes=self._classes(answer),
                kept=number(answer.kept),
            )
        )
        for widget in (self.preview, self.go, self.no):
            widget.show()
        self.go.setFocus()

    def _classes(self, answer: Answer) -> str:
        looks = self._session.looks
        found: Counter[str] = Counter(answer.relabel.values())
        for path in answer.remove:
            item = self._session.item(path)
            found[(item.label or item.given or "") if item else ""] += 1
        names = [
            f"{number(count)} {looks.find(one).name if one else self.tr('without a label')}"
            for one, count in found.most_common(_MOST_CLASSES)
        ]
        return ", ".join(names) + (", …" if len(found) > _MOST_CLASSES else "")

    def _do(self) -> None:
        answer, self._answer = self._answer, Answer()
        self.rest()
        self.agreed.emit(answer)
