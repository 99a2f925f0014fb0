"""How many images a person has to look at, so that what is accepted unseen is as right as is wanted."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from engine.evaluate.curves import Needs
from gui.desk import Desk
from gui.words import number, percent

if TYPE_CHECKING:
    from gui.report.judged import Judged


class NeedsList(QWidget):
    """A line an accuracy, with a button that shows the images to look at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(desk.theme.space("large"))
        self._grid.setVerticalSpacing(desk.theme.space("tight"))
        self._grid.setColumnStretch(2, 1)

    def show_needs(self, needs: Sequence[Needs], judged: "Judged") -> None:
        """Show these."""
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for row, one in enumerate(needs):
            words = self.tr("For {accuracy}, look at {n} {n:image|images} ({share})").format(
                accuracy=percent(one.accuracy), n=number(one.look_at), share=percent(one.share)
            )
            if not one.look_at:
                words = self.tr("{accuracy} without looking at any").format(
                    accuracy=percent(one.accuracy)
                )
            self._grid.addWidget(QLabel(words), row, 0)
            button = QPushButton(self.tr("Show"))
            self._grid.addWidget(button, row, 1)
            button.setAccessibleName(f"{button.text()}: {words}")
            button.setVisible(bool(one.look_at))
            button.clicked.connect(partial(self._open, one, judged, words))
            self.buttons.append(button)

    def _open(self, needs: Needs, judged: "Judged", words: str, *_: object) -> None:
        self._desk.show_images(judged.below(needs.confidence), words)
