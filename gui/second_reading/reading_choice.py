"""Reading choice: a box from which a person chooses one of the ended second readings, or all."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from gui.second_reading.reader_names import reading_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project.second_reading import ReadingRound


class ReadingChoice(QComboBox):
    """“All second readings”, then each by reader and date; shown where there are several."""

    chosen = Signal(str)
    """The id of a reading, empty for all."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Conflicts of"))
        self.activated.connect(lambda _: self.chosen.emit(self.currentData()))

    def show_readings(self, readings: "Sequence[ReadingRound]", chosen_id: str) -> None:
        """List readings, one of them chosen."""
        self.setVisible(len(readings) > 1)
        entries = [("", self.tr("all second readings"))]
        entries += [(reading.id, reading_text(reading)) for reading in readings]
        # Listed anew only where it differs: the box may be open.
        if entries != [(self.itemData(n), self.itemText(n)) for n in range(self.count())]:
            self.clear()
            for round_id, text in entries:
                self.addItem(text, round_id)
        self.setCurrentIndex(max(self.findData(chosen_id), 0))
