"""Gate card: the verdict on a candidate model, its figures, and buttons to adopt or decline it."""

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

from gui.train import verdict_text
from gui.train.metrics_table import MetricsTable
from gui.train.recall_bars import RecallBars
from gui.train.tasks import TrainingOutcome
from gui.words import number
from gui.workspace.context import WorkspaceContext


class GateCard(QWidget):
    """Verdict, comparison of both models, and the decision."""

    adopted = Signal(str)
    """Make the candidate current; the text is the reason if the gate does not approve it."""
    declined = Signal()
    comparison_requested = Signal()

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._session = context.session
        theme = context.theme
        self.title = QLabel(wordWrap=True)
        self.title.setFont(theme.font("title", strong=True))
        self.reasons = QLabel(wordWrap=True)
        self.lost_classes = QLabel(wordWrap=True)
        self.lost_classes.setProperty("role", "warning")
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "muted")
        self.figures = MetricsTable(theme)
        self.recalls = RecallBars(theme)
        self.reason_field = QLineEdit()
        self.reason_field.setPlaceholderText(self.tr("Your reason for using it anyway"))
        self.reason_field.setAccessibleName(self.reason_field.placeholderText())
        self.adopt = QPushButton()
        self.adopt.setProperty("role", "primary")
        self.decline = QPushButton(self.tr("Keep the current model"))
        self.stale = QLabel(self.tr("Labels have been corrected since."))
        self.stale.setProperty("role", "muted")
        self.compare = QPushButton(self.tr("Compare again"))
        self._is_approved = True
        self._compose(context)
        self.reason_field.textChanged.connect(self._update_adopt)
        self.reason_field.returnPressed.connect(self._adopt)
        self.adopt.clicked.connect(self._adopt)
        self.decline.clicked.connect(self.declined)
        self.compare.clicked.connect(self.comparison_requested)
        self.set_stale(stale=False)

    def show_outcome(self, outcome: TrainingOutcome) -> None:
        """Show the verdict on a candidate."""
        verdict, class_styles = outcome.verdict, self._session.class_styles
        comparison = verdict.comparison
        self._is_approved = comparison.verdict == "not_worse"
        self.title.setText(verdict_text.verdict_title(comparison.verdict))
        self.reasons.setText(
            " ".join(
                verdict_text.localise_reason(message, class_styles)
                for message in comparison.reasons
            )
        )
        self.lost_classes.setText(self._lost_classes_text(outcome))
        self.lost_classes.setVisible(bool(self.lost_classes.text()))
        self.about.setText(self._basis_text(outcome))
        self.figures.show_outcome(outcome)
        self.recalls.show_outcome(outcome, class_styles)
        self.reason_field.clear()
        self.reason_field.setVisible(not self._is_approved)
        self.adopt.setText(
            self.tr("Make it current") if self._is_approved else self.tr("Use it anyway")
        )
        self._update_adopt()

    def _lost_classes_text(self, outcome: TrainingOutcome) -> str:
        """Return which classes of the current model the candidate lacks, empty if none."""
        table, styles = self._session.table, self._session.class_styles
        merged = table.merged if table is not None else {}
        known = {merged.get(name, name) for name in outcome.candidate.card.classes}
        before = dict.fromkeys(merged.get(name, name) for name in outcome.current.card.classes)
        lost = [styles.find(name).name for name in before if name not in known]
        template = self.tr(
            "The new model does not know {names}, because no training image is labelled so: it "
            "gives such cells another class."
        )
        return template.format(names=", ".join(lost)) if lost else ""

    def _basis_text(self, outcome: TrainingOutcome) -> str:
        """Return a description of the images that both models were compared on."""
        verdict = outcome.verdict
        new, old = outcome.titles
        is_old_known, is_new_known = verdict.training_images_known
        if is_old_known and is_new_known:
            template = self.tr(
                "{new} compared with {old} on {count} {count:image|images} that neither "
                "was trained on."
            )
        else:
            template = self.tr(
                "{new} compared with {old} on {count} {count:image|images} not used in any "
                "training here. {silent} does not list its other training images; if these "
                "are among them, its figures are too good."
            )
        text = template.format(
            new=new,
            old=old,
            silent=old if not is_old_known else new,
            count=number(verdict.comparison.n),
        )
        sentences = [text]
        if verdict.excluded_count:
            excluded = self.tr(
                "{count} more {count:is|are} left out because one of the models was trained on "
                "{count:it|them}."
            )
            sentences.append(excluded.format(count=number(verdict.excluded_count)))
        views = outcome.candidate.card.preprocessing.views
        if views > 1:
            in_views = self.tr(
                "{new} reads each image in {count} rotated and mirrored views and averages them."
            )
            sentences.append(in_views.format(new=new, count=number(views)))
        return " ".join(sentences)

    def set_stale(self, *, stale: bool) -> None:
        """Set whether labels changed since the comparison."""
        self.stale.setVisible(stale)
        self.compare.setVisible(stale)

    def _update_adopt(self) -> None:
        self.adopt.setEnabled(self._is_approved or bool(self.reason_field.text().strip()))

    def _adopt(self) -> None:
        if self.adopt.isEnabled():
            self.adopted.emit(self.reason_field.text().strip())

    def _compose(self, context: WorkspaceContext) -> None:
        theme = context.theme
        small, large = theme.space("small"), theme.space("large")
        buttons = QHBoxLayout()
        buttons.setSpacing(small)
        for button in (self.adopt, self.decline):
            buttons.addWidget(button)
        buttons.addStretch()
        comparison = QHBoxLayout()
        comparison.setSpacing(small)
        comparison.addWidget(self.stale)
        comparison.addWidget(self.compare)
        comparison.addStretch()
        main = QVBoxLayout()
        main.setSpacing(small)
        for widget in (self.title, self.reasons, self.lost_classes, self.about, self.figures):
            main.addWidget(widget)
        main.addWidget(self.reason_field)
        main.addLayout(buttons)
        main.addLayout(comparison)
        main.addStretch()
        side = QVBoxLayout()
        side.setSpacing(small)
        heading = QLabel(self.tr("Recall by class: current model above, new one below"))
        heading.setProperty("role", "muted")
        side.addWidget(heading)
        side.addWidget(self.recalls)
        side.addStretch()
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(large, large, large, small)
        self._whole.setSpacing(2 * large)
        self._whole.addLayout(main, 3)
        self._whole.addLayout(side, 2)

    def minimumSizeHint(self) -> QSize:
        # As wide as the wider half: in a narrow window the halves are stacked.
        width = max(self.figures.minimumSizeHint().width(), self.recalls.minimumSizeHint().width())
        margins = self._whole.contentsMargins()
        width += margins.left() + margins.right()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        directions = QBoxLayout.Direction
        needed_width = self.figures.minimumSizeHint().width() + self.recalls.sizeHint().width()
        fits = event.size().width() >= needed_width + 4 * self._whole.spacing()
        self._whole.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
        super().resizeEvent(event)
