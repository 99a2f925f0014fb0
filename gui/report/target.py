"""How many leukocytes to count: all, 100, 200, or another number."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from gui.theme import Theme
from gui.words import number

USUAL = (100, 200)
_OTHER = -1
_MOST = 1_000_000


class TargetChoice(QWidget):
    """A choice, and a field beside it for another number."""

    chosen = Signal(object)
    """A number, or None for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        words = QLabel(self.tr("Count"))
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("How many leukocytes to count"))
        self.choice.addItem(self.tr("all leukocytes"), 0)
        for n in USUAL:
            self.choice.addItem(self.tr("{n} leukocytes").format(n=number(n)), n)
        self.choice.addItem(self.tr("another number…"), _OTHER)
        self.own = QSpinBox(minimum=1, maximum=_MOST, value=500)
        self.own.setAccessibleName(self.tr("Number of leukocytes"))
        self.own.setKeyboardTracking(False)
        words.setBuddy(self.choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("small"))
        for widget in (words, self.choice, self.own):
            row.addWidget(widget)
        row.addStretch()
        self.own.hide()
        self.choice.activated.connect(self._choose)
        self.own.valueChanged.connect(self._choose)

    def show_target(self, target: int | None) -> None:
        """Show what is counted now."""
        with QSignalBlocker(self.own):
            if target is not None and target not in USUAL:
                self.own.setValue(target)
        if target is None or target in USUAL:
            self.choice.setCurrentIndex(self.choice.findData(target or 0))
        else:
            self.choice.setCurrentIndex(self.choice.findData(_OTHER))
        self.own.setVisible(self.choice.currentData() == _OTHER)

    def _choose(self, _: int) -> None:
        chosen = self.choice.currentData()
        self.own.setVisible(chosen == _OTHER)
        self.chosen.emit(self.own.value() if chosen == _OTHER else chosen or None)
