"""What is found on the image that is looked at, what is suggested, and the answers as buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.curate.finding import Action, Finding, Kind
from gui.clean import words
from gui.running_on import RunningOn
from gui.session import Session
from gui.theme import Theme
from gui.words import percent, say


class FindingCard(QWidget):
    """The sentence of a finding, and one button an answer."""

    accepted = Signal()
    kept_only = Signal()
    removed = Signal()
    dismissed = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.reason = QLabel(wordWrap=True)
        self.reason.setFont(theme.font(strong=True))
        self.suggestion = QLabel(wordWrap=True)
        self.suggestion.setProperty("role", "muted")
        self.accept = self._button(self.accepted, primary=True)
        self.keep_only = self._button(self.kept_only)
        self.keep_only.setText(self.tr("Keep this one only"))
        self.remove = self._button(self.removed)
        self.remove.setText(self.tr("Remove"))
        self.dismiss = self._button(self.dismissed)
        self.dismiss.setText(self.tr("Dismiss"))
        self.dismiss.setToolTip(self.tr("Nothing is wrong here: it is not found again"))
        buttons = RunningOn(theme.space("small"))
        # Above the sentences, and those that are always there first: none moves under the pointer.
        for button in (self.remove, self.dismiss, self.accept, self.keep_only):
            buttons.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addLayout(buttons)
        for label in (self.reason, self.suggestion):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            rows.addWidget(label)

    def set_finding(self, finding: Finding | None) -> None:
        """Show a finding, or that none is looked at."""
        for button in (self.accept, self.keep_only, self.remove, self.dismiss):
            button.setEnabled(finding is not None)
        if finding is None:
            self.reason.setText(self.tr("Choose an image to see why it is here."))
            self.suggestion.clear()
            self.accept.hide()
            self.keep_only.hide()
            return
        self.reason.setText(say(words.reason(finding, self._session.looks)))
        sure = self.tr("Score {share}.").format(share=percent(finding.score))
        what, button = self._suggested(finding)
        self.suggestion.setText(f"{what} {sure}")
        self.accept.setVisible(bool(button))
        self.accept.setText(button)
        other = finding.action is not Action.KEEP or finding.conflict
        self.keep_only.setVisible(finding.cluster is not None and other)

    def _suggested(self, finding: Finding) -> tuple[str, str]:
        if finding.conflict:
            return (
                self.tr(
                    "Which label holds is yours to say: give the class with its key, and keep one copy."
                ),
                "",
            )
        if finding.kind is Kind.SUSPECT_LABEL and finding.suggested_label:
            name = self._session.looks.find(finding.suggested_label).name
            return (
                self.tr("Suggested: relabel as {name}.").format(name=name),
                self.tr("Relabel as {name}").format(name=name),
            )
        if finding.action is Action.REMOVE:
            if finding.cluster is None:
                return self.tr("Suggested: remove it."), ""
            return self.tr("Suggested: remove it, another copy stays."), ""
        if finding.action is Action.KEEP:
            return (
                self.tr("Suggested: this copy stays, the others go."),
                self.tr("Remove the others"),
            )
        return self.tr("Nothing is suggested: look and decide."), ""

    def _button(self, signal: Signal, *, primary: bool = False) -> QPushButton:
        button = QPushButton()
        if primary:
            button.setProperty("role", "primary")
        button.clicked.connect(signal)
        return button
