"""Finding card: the finding on the current image, the suggestion, and buttons to resolve it."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.curate.finding import Finding, FindingAction
from gui.state import finding_text
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.flow_layout import FlowLayout
from gui.words import percent, to_sentence, without_mnemonic


class FindingCard(QWidget):
    """The reason for a finding, and one button for each way to resolve it."""

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
        self.keep_only.setText(self.tr("Keep only this copy"))
        self.remove = self._button(self.removed)
        self.remove.setText(self.tr("Remove"))
        self.dismiss = self._button(self.dismissed)
        self.dismiss.setText(self.tr("Dismiss"))
        self.dismiss.setToolTip(self.tr("Nothing is wrong here; later scans will not list it"))
        buttons = FlowLayout(theme.space("small"))
        # Above the texts, permanent buttons first, so that none moves under the pointer.
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
        """Show a finding; None while no image is current."""
        for button in (self.accept, self.keep_only, self.remove, self.dismiss):
            button.setEnabled(finding is not None)
        if finding is None:
            self.reason.setText(self.tr("Select an image to see why it is listed."))
            self.suggestion.clear()
            self.accept.hide()
            self.keep_only.hide()
            return
        self.reason.setText(
            to_sentence(finding_text.localise_reason(finding, self._session.class_styles))
        )
        score = self.tr("Score {share}; 100% is the clearest finding.").format(
            share=percent(finding.score)
        )
        suggestion, accept_text = self._suggestion(finding)
        self.suggestion.setText(f"{suggestion} {score}")
        self.accept.setVisible(bool(accept_text))
        self.accept.setText(without_mnemonic(accept_text))
        can_keep_only = finding.action is not FindingAction.KEEP or finding.is_label_conflict
        self.keep_only.setVisible(finding.cluster is not None and can_keep_only)

    def _suggestion(self, finding: Finding) -> tuple[str, str]:
        if finding.is_label_conflict:
            return (
                self.tr(
                    "The labels conflict: press the key of the right class, then keep one copy."
                ),
                "",
            )
        if finding.kind.is_about_label and finding.suggested_label:
            name = self._session.class_styles.find(finding.suggested_label).name
            return (
                self.tr("Suggested: relabel as {name}.").format(name=name),
                self.tr("Relabel as {name}").format(name=name),
            )
        if finding.action is FindingAction.REMOVE:
            if finding.cluster is None:
                return self.tr("Suggested: remove it."), ""
            return self.tr("Suggested: remove it; another copy stays."), ""
        if finding.action is FindingAction.KEEP:
            return (
                self.tr("Suggested: keep this copy and remove the others."),
                self.tr("Remove the others"),
            )
        return self.tr("No suggestion: look and decide."), ""

    def _button(self, signal: SignalInstance, *, primary: bool = False) -> QPushButton:
        button = QPushButton()
        if primary:
            button.setProperty("role", "primary")
        button.clicked.connect(signal)
        return button
