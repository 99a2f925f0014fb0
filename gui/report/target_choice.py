"""Target choice: the number of leukocytes to count, all, 100, 200 or a custom number."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from gui.theme import Theme
from gui.widgets.number_field import NumberField
from gui.words import number

USUAL_TARGETS = (100, 200)
_OTHER = -1
_MAX_TARGET = 1_000_000


class TargetChoice(QWidget):
    """Combo box with the usual targets, and a field for a custom number."""

    chosen = Signal(object)
    """A number, or None for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        label = QLabel(self.tr("Count"))
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("How many leukocytes to count"))
        self.choice.addItem(self.tr("all leukocytes"), 0)
        for n in USUAL_TARGETS:
            self.choice.addItem(self.tr("{n} leukocytes").format(n=number(n)), n)
        self.choice.addItem(self.tr("another number…"), _OTHER)
        self.custom = NumberField(theme, minimum=1, maximum=_MAX_TARGET, value=500)
        self.custom.setAccessibleName(self.tr("Number of leukocytes"))
        self.custom.setKeyboardTracking(False)
        label.setBuddy(self.choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("small"))
        for widget in (label, self.choice, self.custom):
            row.addWidget(widget)
        row.addStretch()
        self.custom.hide()
        self.choice.activated.connect(self._choose)
        self.custom.valueChanged.connect(self._choose)

    def show_target(self, target: int | None) -> None:
        """Show the current target, None for all."""
        with QSignalBlocker(self.custom):
            if target is not None and target not in USUAL_TARGETS:
                self.custom.setValue(target)
        if target is None or target in USUAL_TARGETS:
            self.choice.setCurrentIndex(self.choice.findData(target or 0))
        else:
            self.choice.setCurrentIndex(self.choice.findData(_OTHER))
        self.custom.setVisible(self.choice.currentData() == _OTHER)

    def _choose(self, _: int) -> None:
        chosen = self.choice.currentData()
        self.custom.setVisible(chosen == _OTHER)
        self.chosen.emit(self.custom.value() if chosen == _OTHER else chosen or None)
