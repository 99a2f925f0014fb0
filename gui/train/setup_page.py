"""Setup page: the labelled images by class, and the buttons that start a training."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.clean.class_distribution import ClassDistribution
from gui.clean.cleaning_summary import ClassCount
from gui.train.active_learning import LabelSuggestions
from gui.train.augmentation_preview import AugmentationPreview
from gui.train.model_history import ModelHistory
from gui.train.retraining_controller import RetrainingController
from gui.train.training_form import TrainingForm
from gui.train.training_labels import count_classes
from gui.words import number, to_sentence
from gui.workspace.context import WorkspaceContext

_MIN_CLASSES = 2


class SetupPage(QScrollArea):
    """Summary of the training images, quick retrain, training form, suggestions and model history."""

    quick_requested = Signal()

    def __init__(self, context: WorkspaceContext, retraining: RetrainingController) -> None:
        super().__init__()
        self._context, self._retraining = context, retraining
        theme = context.theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = QLabel(self.tr("Retrain on the cleaned set"))
        self.title.setFont(theme.font("title", strong=True))
        self.summary = QLabel(wordWrap=True)
        self.summary.setProperty("role", "muted")
        self.warning = QLabel(wordWrap=True)
        self.warning.setProperty("role", "warning")
        self.quick = QPushButton(self.tr("Quick retrain"))
        self.quick.setProperty("role", "primary")
        self.quick.clicked.connect(self.quick_requested)
        self.running = QLabel(wordWrap=True)
        self.running.setProperty("role", "muted")
        # The button keeps its width while nothing runs.
        policy = self.running.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.running.setSizePolicy(policy)
        self.running.hide()
        self.about = QLabel(
            self.tr(
                "Refits the last layer to your labels, in two minutes at most. A fifth of the images is "
                "never used for training; on it the new model must prove that it is not "
                "worse."
            ),
            wordWrap=True,
        )
        self.about.setProperty("role", "muted")
        self.deep_about = QLabel(
            self.tr(
                "Or train the whole network with a recipe: minutes to hours, with live curves."
            ),
            wordWrap=True,
        )
        self.deep_about.setProperty("role", "muted")
        self.form = TrainingForm(context)
        self.augmentation = AugmentationPreview(context)
        self.form.recipe_selected.connect(
            lambda: self.augmentation.set_recipe(self.form.selected_recipe)
        )
        self.suggestions = LabelSuggestions(context)
        self.history = ModelHistory(context)
        self.data_heading = QLabel(self.tr("Training data"))
        self.data_heading.setFont(theme.font(strong=True))
        self.data_legend = QLabel(self.tr("Labelled by folder → with your decisions"))
        self.data_legend.setProperty("role", "muted")
        self.bars = ClassDistribution(theme, context.session.class_styles)
        self._compose()

    def refresh(self) -> None:
        """Count again if the page is visible."""
        if not self.isVisible():
            return
        session = self._context.session
        class_counts = (
            () if session.table is None else count_classes(session.table, session.class_styles)
        )
        blocking_reason = self._blocking_reason(class_counts)
        ready = not blocking_reason and not self._retraining.is_running
        if self.quick.hasFocus() and not ready:
            # A disabled button would pass the keyboard on to the list of recipes.
            self.setFocus()
        self.quick.setEnabled(ready)
        self.form.set_ready(ready=ready)
        self.suggestions.draw_curve.setEnabled(ready)
        self.suggestions.refresh()
        self.show_progress()
        self.warning.setText(blocking_reason or self._retraining.error)
        self.warning.setVisible(bool(self.warning.text()))
        is_open = session.table is not None and self._context.decisions.project is not None
        self.summary.setVisible(is_open)
        self._show_data(class_counts if is_open else ())
        if session.table is None:
            return
        images = sum(count.after for count in class_counts)
        template = self.tr(
            "{images} labelled {images:image|images}, {removed} removed, {relabelled} relabelled. "
            "The current model is {model}."
        )
        model = session.active_model.title if session.active_model else ""
        self.summary.setText(
            template.format(
                images=number(images),
                removed=number(int(session.table.column("removed").sum())),
                relabelled=number(int(session.table.relabelled().sum())),
                model=model,
            )
        )

    def _show_data(self, counts: tuple[ClassCount, ...]) -> None:
        """Show how many images each class has, and had by folder where folders give labels."""
        if not any(count.before for count in counts):
            counts = tuple(replace(count, before=count.after) for count in counts)
        self.bars.set_counts(counts, self._context.session.class_styles)
        self.data_legend.setVisible(self.bars.has_changes)
        self.data_heading.setVisible(bool(counts))
        self.bars.setVisible(bool(counts))

    def show_progress(self) -> None:
        """Show how far a quick retraining or a comparison is; a deep training has its own page."""
        retraining = self._retraining
        self.running.setVisible(retraining.is_running)
        progress = retraining.progress
        text = retraining.title
        if progress is not None and progress.message is not None:
            text += f" · {to_sentence(progress.message)}"
        if progress is not None and progress.total:
            template = self.tr("{step}: {done} of {total}")
            done, total = number(progress.done), number(progress.total)
            text = template.format(step=text, done=done, total=total)
        self.running.setText(text)

    def _blocking_reason(self, class_counts: Sequence[ClassCount]) -> str:
        """Return why no training can start, empty if it can."""
        session, decisions = self._context.session, self._context.decisions
        if session.table is None or session.active_model is None:
            return self.tr("The model is being loaded.")
        if decisions.project is None:
            return self.tr(
                "This folder is being opened; its labelled images are counted once that is done."
            )
        if not decisions.writable:
            return self.tr("This project is read-only, so no model can be trained for it.")
        if not sum(count.after for count in class_counts):
            from gui.state.images_to_label import are_all_removed

            if are_all_removed(session.table):
                return self.tr(
                    "All images are removed: bring some back in Review to train on them."
                )
            return self.tr(
                "No image has a class yet: label some in Review, or see below which to label first."
            )
        if sum(count.after > 0 for count in class_counts) < _MIN_CLASSES:
            return self.tr("All labelled images are of one class: label some of another in Review.")
        return ""

    def _compose(self) -> None:
        theme = self._context.theme
        large, small = theme.space("large"), theme.space("small")
        content = QWidget()
        content.setObjectName("scrolled")
        rows = QVBoxLayout(content)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        buttons = QHBoxLayout()
        buttons.addWidget(self.quick)
        buttons.addWidget(self.running, 1)
        for widget in (self.title, self.summary, self.about, self.warning):
            rows.addWidget(widget)
        rows.addSpacing(small)
        rows.addLayout(buttons)
        self._deep_rows = QVBoxLayout()
        self._deep_rows.setSpacing(small)
        self._deep_rows.addSpacing(large)
        self._deep_rows.addWidget(self.deep_about)
        self._deep_rows.addWidget(self.form)
        self._deep_rows.addWidget(self.augmentation)
        rows.addLayout(self._deep_rows)
        rows.addSpacing(large)
        rows.addWidget(self.data_heading)
        rows.addWidget(self.data_legend)
        rows.addWidget(self.bars)
        for section in (self.suggestions, self.history):
            rows.addSpacing(large)
            rows.addWidget(section)
        rows.addStretch()
        content.setMaximumWidth(38 * theme.space("wide"))
        self.setWidget(content)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)
