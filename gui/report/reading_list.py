"""Reading list: the second readings of a project, of which one is chosen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.report.class_table import ClassTable, TableRow
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.second_reading.reader_names import first_readers_text, started_text
from gui.second_reading.readings import SecondReadings
from gui.theme import Theme
from gui.words import number, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.exchange.report.second_readings import SecondReading
    from engine.project.second_reading import ReadingRound, RoundImage


class ReadingList(QWidget):
    """A table with a row for each second reading, the last one first; shown where there are several."""

    chosen_changed = Signal()

    def __init__(self, theme: Theme, readings: SecondReadings) -> None:
        super().__init__()
        self._readings = readings
        self._chosen = ""
        self._newest = ""
        self.table = ClassTable(
            theme,
            (
                self.tr("Second reader"),
                self.tr("First reader"),
                self.tr("Started"),
                self.tr("read"),
                self.tr("agreement"),
                self.tr("open conflicts"),
            ),
        )
        self.table.setAccessibleName(self.tr("Second readings"))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        area = HorizontalScrollArea(self.table)
        self.table.reached.connect(area.reveal)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(area)

    @property
    def chosen(self) -> "tuple[ReadingRound, list[RoundImage]] | None":
        """The chosen reading with its images; the last one before any is chosen."""
        rounds = self._readings.rounds
        found = (pair for pair in rounds if pair[0].id == self._chosen)
        return next(found, rounds[0] if rounds else None)

    def refresh(self, summaries: "Mapping[str, SecondReading]") -> None:
        """Show the readings that are stored now, with the figures of the current report by id."""
        from engine.project.reader_comparison import first_readers

        rounds = self._readings.rounds
        newest = rounds[0][0].id if rounds else ""
        if newest != self._newest:
            # One was just started, or another project is open.
            self._newest = self._chosen = newest
        self.setVisible(len(rounds) > 1)
        open_conflicts = [reading.id for reading, _ in self._readings.conflicts()]
        self.table.blockSignals(True)
        self.table.selectionModel().blockSignals(True)
        shown = []
        for reading, images in rounds:
            figures = (self.tr("not ended"), "")
            summary = summaries.get(reading.id)
            if reading.ended:
                share = summary.agreement.overall.share if summary is not None else None
                figures = (
                    "" if share is None else percent(share),
                    number(open_conflicts.count(reading.id)),
                )
            read = sum(image.is_read for image in images)
            texts = (
                reading.reader,
                first_readers_text(first_readers(images)),
                started_text(reading),
                self.tr("{n} of {total}").format(n=number(read), total=number(len(images))),
                *figures,
            )
            shown.append(TableRow(None, texts, is_total=False))
        self.table.show_rows(shown)
        ids = [reading.id for reading, _ in rounds]
        if self._chosen in ids:
            self.table.selectRow(ids.index(self._chosen))
        self.table.selectionModel().blockSignals(False)
        self.table.blockSignals(False)

    def _choose(self, *_: object) -> None:
        row, rounds = self.table.currentIndex().row(), self._readings.rounds
        if 0 <= row < len(rounds) and rounds[row][0].id != self._chosen:
            self._chosen = rounds[row][0].id
            self.chosen_changed.emit()
