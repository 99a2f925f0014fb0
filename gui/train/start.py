"""What there is to learn from, and the buttons that begin."""

from collections.abc import Sequence

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

from gui.clean.distribution import Distribution
from gui.clean.tally import ClassCount
from gui.desk import Desk
from gui.train.asking import NextToLabel
from gui.train.augmented import Augmented
from gui.train.deep import DeepForm
from gui.train.earlier import Earlier
from gui.train.learnable import counts, relabelled
from gui.train.retraining import Retraining
from gui.words import number

_LEAST_CLASSES = 2


class StartPage(QScrollArea):
    """The images by class, who labelled them, and the one button."""

    quick_asked = Signal()

    def __init__(self, desk: Desk, retraining: Retraining) -> None:
        super().__init__()
        self._desk, self._retraining = desk, retraining
        theme = desk.theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = QLabel(self.tr("Retrain on the cleaned set"))
        self.title.setFont(theme.font("title", strong=True))
        self.said = QLabel(wordWrap=True)
        self.said.setProperty("role", "muted")
        self.trouble = QLabel(wordWrap=True)
        self.trouble.setProperty("role", "warning")
        self.quick = QPushButton(self.tr("Quick retrain"))
        self.quick.setProperty("role", "primary")
        self.quick.clicked.connect(self.quick_asked)
        self.about = QLabel(
            self.tr(
                "The last layer is fitted anew to what you decided, in seconds. A fifth of the images is "
                "never learned from: on it the new model has to show that it is not worse."
            ),
            wordWrap=True,
        )
        self.about.setProperty("role", "muted")
        self.deep_about = QLabel(
            self.tr("Or train the whole network by a recipe: minutes to hours, with live curves."),
            wordWrap=True,
        )
        self.deep_about.setProperty("role", "muted")
        self.deep = DeepForm(desk)
        self.augmented = Augmented(desk)
        self.deep.recipe_chosen.connect(lambda: self.augmented.set_recipe(self.deep.chosen))
        self.next = NextToLabel(desk)
        self.earlier = Earlier(desk)
        self.bars = Distribution(theme, desk.session.looks)
        self._compose()

    def refresh(self) -> None:
        """Count again, if it is in sight."""
        if not self.isVisible():
            return
        session = self._desk.session
        known = () if session.table is None else counts(session.table, session.looks)
        why = self._why(known)
        ready = not why and not self._retraining.running
        self.quick.setEnabled(ready)
        self.deep.set_ready(ready=ready)
        self.next.draw.setEnabled(ready)
        self.trouble.setText(why or self._retraining.trouble)
        self.trouble.setVisible(bool(self.trouble.text()))
        if session.table is None:
            return
        images = sum(one.after for one in known)
        words = self.tr(
            "{images} labelled {images:image|images}, {removed} removed, {relabelled} relabelled. "
            "The current model is {model}."
        )
        model = session.engine.title if session.engine else ""
        self.said.setText(
            words.format(
                images=number(images),
                removed=number(int(session.table.column("removed").sum())),
                relabelled=number(relabelled(session.table)),
                model=model,
            )
        )
        self.bars.set_counts(known, session.looks)

    def _why(self, known: Sequence[ClassCount]) -> str:
        """Return why nothing can be begun now, empty if it can."""
        session, decisions = self._desk.session, self._desk.decisions
        if session.table is None or session.engine is None:
            return self.tr("The model is being loaded.")
        if decisions.project is None:
            return self.tr("The project of this folder is being opened.")
        if not decisions.writable:
            return self.tr("This project can only be read, so no model can be made for it.")
        if not sum(one.after for one in known):
            return self.tr(
                "No image has a class yet: label some in Review, or see below which to label first."
            )
        if sum(one.after > 0 for one in known) < _LEAST_CLASSES:
            return self.tr("All labelled images are of one class: label some of another in Review.")
        return ""

    def _compose(self) -> None:
        theme = self._desk.theme
        large, small = theme.space("large"), theme.space("small")
        inside = QWidget(objectName="scrolled")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        begin = QHBoxLayout()
        begin.addWidget(self.quick)
        begin.addStretch()
        for widget in (self.title, self.said, self.about, self.trouble):
            rows.addWidget(widget)
        rows.addSpacing(small)
        rows.addLayout(begin)
        self.more = QVBoxLayout()
        self.more.setSpacing(small)
        self.more.addSpacing(large)
        self.more.addWidget(self.deep_about)
        self.more.addWidget(self.deep)
        self.more.addWidget(self.augmented)
        rows.addLayout(self.more)
        rows.addSpacing(large)
        head = QLabel(self.tr("What there is to learn from"))
        head.setFont(theme.font(strong=True))
        rows.addWidget(head)
        rows.addWidget(self.bars)
        for widget in (self.next, self.earlier):
            rows.addSpacing(large)
            rows.addWidget(widget)
        rows.addStretch()
        inside.setMaximumWidth(38 * theme.space("wide"))
        self.setWidget(inside)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)
