"""The labelled images as a data set for other programs."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
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

from gui import dialogs
from gui.activities import Activity
from gui.desk import Desk
from gui.report.reporting import Reporting
from gui.words import number
from gui.workers import Task

if TYPE_CHECKING:
    from gui.report.exchanging import Exported

_ARRAYS = ("npz", "medmnist")


class LabelsOut(QWidget):
    """A format, how images are named, and a button."""

    ended = Signal()

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__()
        self._desk, self._reporting = desk, reporting
        self._task: Task | None = None
        self.exported: Exported | None = None
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Format"))
        for key, words in (
            ("folder", self.tr("Folders called like the classes")),
            ("csv", self.tr("CSV: labels only, no images")),
            ("hf-csv", self.tr("Hugging Face imagefolder, metadata.csv")),
            ("hf-jsonl", self.tr("Hugging Face imagefolder, metadata.jsonl")),
            ("fiftyone", self.tr("FiftyOne classification")),
            ("labelme", self.tr("labelme and X-AnyLabeling, flags")),
            ("medmnist", self.tr("MedMNIST npz, with splits")),
            ("npz", self.tr("npz: data and labels")),
        ):
            self.kind.addItem(words, key)
        self.names = QComboBox()
        self.names.setAccessibleName(self.tr("How images are named"))
        self.names.addItem(self.tr("by their names in the folder"), True)
        self.names.addItem(self.tr("by ids made from their content"), False)
        self.size = QSpinBox(minimum=8, maximum=1024, value=96, suffix=" px")
        self.size.setAccessibleName(self.tr("Edge of the images"))
        self._size_words = QLabel(self.tr("Edge of the images"))
        self.go = QPushButton(self.tr("Write the data set…"))
        self.go.clicked.connect(self._ask)
        self.said = QLabel(wordWrap=True)
        self.open = QPushButton(self.tr("Show the folder"))
        self.open.clicked.connect(self._open)
        self.kind.currentIndexChanged.connect(self.refresh)
        desk.session.opened.connect(self._forget)
        self._compose()
        self.refresh()

    @property
    def running(self) -> bool:
        """Whether a data set is being written."""
        return self._task is not None

    def refresh(self) -> None:
        """Offer what can be done now."""
        arrays = self.kind.currentData() in _ARRAYS
        self.size.setVisible(arrays)
        self._size_words.setVisible(arrays)
        self.go.setEnabled(self._reporting.asked() is not None and not self.running)
        for widget in (self.said, self.open):
            widget.setVisible(self.exported is not None)

    def _ask(self) -> None:
        asked, root = self._reporting.asked(), self._desk.session.root
        into = dialogs.ask(self, dialogs.DATASET, root.parent if root else None)
        if into is None or asked is None or self.running:
            return
        from gui.report import exchanging

        kind, names = self.kind.currentData(), bool(self.names.currentData())
        wish = exchanging.Export(into, kind, self.size.value(), names)
        self.exported = None
        desk = self._desk
        task = desk.workers.start(exchanging.export, asked, wish, desk.session.classes)
        self._task = desk.watch(task)
        task.done.connect(self._take)
        task.finished.connect(self._end)
        desk.activities.show(Activity(task, self.tr("Writing the data set"), images=False))
        self.refresh()

    def _take(self, exported: "Exported") -> None:
        self.exported = exported
        words = self.tr(
            "{n} {n:image is|images are} in {place}; {left} {left:was|were} left out, without a label."
        )
        self.said.setText(
            words.format(
                n=number(exported.images),
                place=str(exported.place),
                left=number(exported.left_out),
            )
        )

    def _end(self) -> None:
        self._task = None
        self.refresh()
        self.ended.emit()

    def _forget(self) -> None:
        self._desk.workers.drop(self._task)
        self._task = self.exported = None
        self.refresh()

    def _open(self) -> None:
        if self.exported is not None:
            place = self.exported.place
            folder = place if place.is_dir() else place.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _compose(self) -> None:
        theme = self._desk.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(theme.space("small"))
        grid.setColumnStretch(2, 1)
        for row, (words, field) in enumerate(
            (
                (QLabel(self.tr("Format")), self.kind),
                (QLabel(self.tr("Images are named")), self.names),
                (self._size_words, self.size),
            )
        ):
            words.setBuddy(field)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        begin = QHBoxLayout()
        begin.setSpacing(theme.space("small"))
        begin.addWidget(self.go)
        begin.addWidget(self.open)
        begin.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addLayout(grid)
        rows.addLayout(begin)
        rows.addWidget(self.said)
