"""The report as files: which, how images are named, where to, and what was written."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
)

from gui import dialogs
from gui.activities import Activity
from gui.desk import Desk
from gui.report.page import ReportPage
from gui.report.reporting import Reporting
from gui.signed import void_words
from gui.workers import Task

if TYPE_CHECKING:
    from engine.exchange.report.context import Paths

_LONGEST = 120


class ExportPage(ReportPage):
    """Writes the report into a folder that a person chooses."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(desk.theme)
        self._desk, self._reporting = desk, reporting
        self._task: Task | None = None
        self.written: list[Path] = []
        theme = desk.theme
        self.title = QLineEdit(maxLength=_LONGEST)
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setPlaceholderText(self.tr("Stands above the report"))
        self.names = QComboBox()
        self.names.setAccessibleName(self.tr("How images are named"))
        self.names.addItem(self.tr("by their place in the folder"), "relative")
        self.names.addItem(self.tr("by ids: no name of a file or folder is said"), "ids")
        self.kinds = {
            "pdf": QCheckBox(self.tr("PDF, to print and to file")),
            "html": QCheckBox(self.tr("HTML, one file that opens offline")),
            "csv": QCheckBox(self.tr("CSV: the counts, and a line an image")),
            "json": QCheckBox(self.tr("JSON: all of it, for a program")),
        }
        for box in self.kinds.values():
            box.setChecked(True)
            box.toggled.connect(self.refresh)
        self.go = QPushButton(self.tr("Write the report…"))
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self._ask)
        self.void = self.said("")
        self.void.setProperty("role", "warning")
        self.done = self.said("")
        self.open = QPushButton(self.tr("Open the report"))
        self.open.clicked.connect(self._open)
        self.folder = QPushButton(self.tr("Show the folder"))
        self.folder.clicked.connect(self._show_folder)
        self._compose()
        desk.session.opened.connect(self._forget)
        desk.signed.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)

    @property
    def running(self) -> bool:
        """Whether a report is being written."""
        return self._task is not None

    def refresh(self) -> None:
        """Offer what can be done now."""
        some = any(box.isChecked() for box in self.kinds.values())
        possible = self._reporting.asked() is not None
        self.go.setEnabled(some and possible and not self.running)
        void = void_words(self._desk.signed.sign_off)
        self.void.setText(" ".join((void, self.tr("The report will say so."))))
        self.void.setVisible(bool(void))
        for widget in (self.done, self.open, self.folder):
            widget.setVisible(bool(self.written))
        self.open.setVisible(self._readable() is not None)

    def _ask(self) -> None:
        root = self._desk.session.root
        into = dialogs.ask(self, dialogs.REPORT, root.parent if root else None)
        if into is not None:
            self._write(into)

    def _write(self, into: Path) -> None:
        asked = self._reporting.asked()
        if asked is None or self.running:
            return
        from gui.report import work

        formats = [name for name, box in self.kinds.items() if box.isChecked()]
        paths: Paths = self.names.currentData()
        wish = work.Wish(into, formats, paths, self.title.text().strip())
        self.written = []
        desk = self._desk
        self._task = task = desk.watch(desk.workers.start(work.write, asked, wish))
        task.done.connect(self._take)
        task.finished.connect(self._end)
        desk.activities.show(Activity(task, self.tr("Writing the report"), images=False))
        self.refresh()

    def _take(self, written: list[Path]) -> None:
        self.written = written
        out = written[0].parent
        words = self.tr("Written into {folder}: {files}.")
        names = ", ".join(file.name for file in written)
        self.done.setText(words.format(folder=str(out), files=names))

    def _end(self) -> None:
        self._task = None
        self.refresh()
        if self.open.isVisible():
            self.open.setFocus()

    def _forget(self) -> None:
        self._desk.workers.drop(self._task)
        self._task, self.written = None, []
        self.refresh()

    def _readable(self) -> Path | None:
        return next((file for file in self.written if file.suffix in (".pdf", ".html")), None)

    def _open(self) -> None:
        file = self._readable()
        if file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _show_folder(self) -> None:
        if self.written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written[0].parent)))

    def _compose(self) -> None:
        theme = self._desk.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(theme.space("small"))
        grid.setColumnStretch(1, 1)
        for row, (words, field) in enumerate(
            ((self.tr("Title"), self.title), (self.tr("Images are named"), self.names))
        ):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        about = self.said()
        about.setText(
            self.tr(
                "It says which model read which images, who reviewed what, and that it is for research and "
                "curation, not for diagnosis. Names of patients can hide in the names of files: then name "
                "images by ids."
            )
        )
        after = QHBoxLayout()
        after.setSpacing(theme.space("small"))
        after.addWidget(self.open)
        after.addWidget(self.folder)
        after.addStretch()
        begin = QHBoxLayout()
        begin.addWidget(self.go)
        begin.addStretch()
        self.add(self.heading(self.tr("The report as files"), "title"), about, grid)
        self.add(*self.kinds.values(), apart=True)
        self.add(self.void, begin, self.done, after, apart=True)
        self.end()
        self.refresh()
