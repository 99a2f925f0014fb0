"""The gate's card: the verdict, the figures behind it, and what a person does about it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.desk import Desk
from gui.train import words
from gui.train.figures import Figures
from gui.train.recalls import Recalls
from gui.train.work import Outcome
from gui.words import number


class GateCard(QWidget):
    """The verdict in a sentence, both models side by side, and the buttons."""

    adopted = Signal(str)
    """Make the candidate current, with the person's reason where the gate does not say so."""
    declined = Signal()
    again = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._session = desk.session
        theme = desk.theme
        self.title = QLabel(wordWrap=True)
        self.title.setFont(theme.font("title", strong=True))
        self.reasons = QLabel(wordWrap=True)
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "muted")
        self.figures = Figures(theme)
        self.recalls = Recalls(theme)
        self.word = QLineEdit()
        self.word.setPlaceholderText(self.tr("Your reason for using it all the same"))
        self.word.setAccessibleName(self.word.placeholderText())
        self.adopt = QPushButton()
        self.adopt.setProperty("role", "primary")
        self.decline = QPushButton(self.tr("Keep the current model"))
        self.stale = QLabel(self.tr("Labels were corrected since."))
        self.stale.setProperty("role", "muted")
        self.compare = QPushButton(self.tr("Compare again"))
        self._sure = True
        self._compose(desk)
        self.word.textChanged.connect(self._allow)
        self.word.returnPressed.connect(self._adopt)
        self.adopt.clicked.connect(self._adopt)
        self.decline.clicked.connect(self.declined)
        self.compare.clicked.connect(self.again)
        self.set_stale(stale=False)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what the gate says of a candidate."""
        verdict, looks = outcome.verdict, self._session.looks
        found = verdict.comparison
        self._sure = found.verdict == "not_worse"
        self.title.setText(words.verdict(found.verdict))
        self.reasons.setText(" ".join(words.reason(one, looks) for one in found.reasons))
        self.about.setText(self._stands_on(outcome))
        self.figures.show_outcome(outcome)
        self.recalls.show_outcome(outcome, looks)
        self.word.clear()
        self.word.setVisible(not self._sure)
        self.adopt.setText(
            self.tr("Make it current") if self._sure else self.tr("Use it all the same")
        )
        self._allow()

    def _stands_on(self, outcome: Outcome) -> str:
        """Return which images the comparison is made on."""
        verdict = outcome.verdict
        new, old = outcome.titles
        known_old, known_new = verdict.known
        if known_old and known_new:
            words = self.tr(
                "{new} beside {old}, on {count} {count:image|images} that neither learned from."
            )
        else:
            words = self.tr(
                "{new} beside {old}, on {count} {count:image|images} that no training here learned from. "
                "{silent} does not say what else it learned from; if that is among them, its figures are "
                "too good."
            )
        said = words.format(
            new=new,
            old=old,
            silent=old if not known_old else new,
            count=number(verdict.comparison.n),
        )
        if not verdict.seen:
            return said
        more = self.tr(
            "{count} more {count:is|are} left out, because one of the models learned from {count:it|them}."
        )
        return f"{said} {more.format(count=number(verdict.seen))}"

    def set_stale(self, *, stale: bool) -> None:
        """Say whether labels were corrected since both models were compared."""
        self.stale.setVisible(stale)
        self.compare.setVisible(stale)

    def _allow(self) -> None:
        self.adopt.setEnabled(self._sure or bool(self.word.text().strip()))

    def _adopt(self) -> None:
        if self.adopt.isEnabled():
            self.adopted.emit(self.word.text().strip())

    def _compose(self, desk: Desk) -> None:
        theme = desk.theme
        small, large = theme.space("small"), theme.space("large")
        buttons = QHBoxLayout()
        buttons.setSpacing(small)
        for widget in (self.adopt, self.decline):
            buttons.addWidget(widget)
        buttons.addStretch()
        more = QHBoxLayout()
        more.setSpacing(small)
        more.addWidget(self.stale)
        more.addWidget(self.compare)
        more.addStretch()
        said = QVBoxLayout()
        said.setSpacing(small)
        for widget in (self.title, self.reasons, self.about, self.figures):
            said.addWidget(widget)
        said.addWidget(self.word)
        said.addLayout(buttons)
        said.addLayout(more)
        said.addStretch()
        beside = QVBoxLayout()
        beside.setSpacing(small)
        head = QLabel(self.tr("Read rightly, class by class"))
        head.setProperty("role", "muted")
        beside.addWidget(head)
        beside.addWidget(self.recalls)
        beside.addStretch()
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(large, large, large, small)
        self._whole.setSpacing(2 * large)
        self._whole.addLayout(said, 3)
        self._whole.addLayout(beside, 2)

    def minimumSizeHint(self) -> QSize:
        # As wide as its wider half: in a narrow window both lie below each other.
        wide = max(self.figures.minimumSizeHint().width(), self.recalls.minimumSizeHint().width())
        margins = self._whole.contentsMargins()
        wide += margins.left() + margins.right()
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        ways = QBoxLayout.Direction
        both = self.figures.minimumSizeHint().width() + self.recalls.sizeHint().width()
        fits = event.size().width() >= both + 4 * self._whole.spacing()
        self._whole.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        super().resizeEvent(event)
