"""Export page: writes the report as PDF, HTML, CSV and JSON."""

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

from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.state.sign_off import void_sign_off_text
from gui.widgets import dialogs
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.exchange.report.context import PathStyle

_MAX_TITLE_LENGTH = 120


class ExportPage(ReportPage):
    """Title, image names, formats, and a button that writes the report to a chosen folder."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__(context.theme)
        self._context, self._reporting = context, reporting
        self._task: Task | None = None
        self.written: list[Path] = []
        theme = context.theme
        self.title = QLineEdit(maxLength=_MAX_TITLE_LENGTH)
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setPlaceholderText(self.tr("Printed at the top of the report"))
        self.names = QComboBox()
        self.names.setAccessibleName(self.tr("How images are named"))
        self.names.addItem(self.tr("by path in the folder"), "relative")
        self.names.addItem(self.tr("by id, without file or folder names"), "ids")
        self.formats = {
            "pdf": QCheckBox(self.tr("PDF, for printing and filing")),
            "html": QCheckBox(self.tr("HTML, one file that opens offline")),
            "csv": QCheckBox(self.tr("CSV: the counts, and one row per image")),
            "json": QCheckBox(self.tr("JSON: everything, for other programs")),
        }
        for box in self.formats.values():
            box.setChecked(True)
            box.toggled.connect(self.refresh)
        self.write = QPushButton(self.tr("Save the report…"))
        self.write.setProperty("role", "primary")
        self.write.clicked.connect(self._choose_folder)
        self.void = self.text_label("")
        self.void.setProperty("role", "warning")
        self.result = self.text_label("")
        self.open_report = QPushButton(self.tr("Open the report"))
        self.open_report.clicked.connect(self._open_report)
        self.show_folder = QPushButton(self.tr("Show the folder"))
        self.show_folder.clicked.connect(self._show_folder)
        self._compose()
        context.session.opened.connect(self._reset)
        context.sign_off_monitor.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)

    @property
    def is_running(self) -> bool:
        """True while a report is being written."""
        return self._task is not None

    def refresh(self) -> None:
        """Update which actions are enabled."""
        has_format = any(box.isChecked() for box in self.formats.values())
        is_possible = self._reporting.report_request() is not None
        self.write.setEnabled(has_format and is_possible and not self.is_running)
        void = void_sign_off_text(self._context.sign_off_monitor.sign_off)
        self.void.setText(" ".join((void, self.tr("The report will say so."))))
        self.void.setVisible(bool(void))
        for widget in (self.result, self.open_report, self.show_folder):
            widget.setVisible(bool(self.written))
        self.open_report.setVisible(self._readable_file() is not None)

    def _choose_folder(self) -> None:
        root = self._context.session.root
        folder = dialogs.ask(self, dialogs.REPORT, root.parent if root else None)
        if folder is not None:
            self._write(folder)

    def _write(self, folder: Path) -> None:
        request = self._reporting.report_request()
        if request is None or self.is_running:
            return
        from gui.report import tasks

        formats = [name for name, box in self.formats.items() if box.isChecked()]
        paths: PathStyle = self.names.currentData()
        options = tasks.ReportOptions(folder, formats, paths, self.title.text().strip())
        self.written = []
        context = self._context
        self._task = task = context.errors.watch(
            context.workers.start(tasks.write_files, request, options)
        )
        task.done.connect(self._show_written)
        task.finished.connect(self._on_finished)
        context.activities.show(Activity(task, self.tr("Saving the report"), counts_images=False))
        self.refresh()

    def _show_written(self, written: list[Path]) -> None:
        self.written = written
        folder = written[0].parent
        template = self.tr("Saved in {folder}: {files}.")
        names = ", ".join(file.name for file in written)
        self.result.setText(template.format(folder=str(folder), files=names))

    def _on_finished(self) -> None:
        self._task = None
        self.refresh()
        if self.open_report.isVisible():
            self.open_report.setFocus()

    def _reset(self) -> None:
        self._context.workers.drop(self._task)
        self._task, self.written = None, []
        self.refresh()

    def _readable_file(self) -> Path | None:
        return next((file for file in self.written if file.suffix in (".pdf", ".html")), None)

    def _open_report(self) -> None:
        file = self._readable_file()
        if file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _show_folder(self) -> None:
        if self.written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written[0].parent)))

    def _compose(self) -> None:
        theme = self._context.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(theme.space("small"))
        grid.setColumnStretch(1, 1)
        for row, (title, field) in enumerate(
            ((self.tr("Title"), self.title), (self.tr("Image names"), self.names))
        ):
            label = QLabel(title)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        about = self.text_label()
        about.setText(
            self.tr(
                "The report says which model read which images, who reviewed what, and "
                "that it is for research and curation, not for diagnosis. If file names "
                "may contain patient names, name images by id."
            )
        )
        result_buttons = QHBoxLayout()
        result_buttons.setSpacing(theme.space("small"))
        result_buttons.addWidget(self.open_report)
        result_buttons.addWidget(self.show_folder)
        result_buttons.addStretch()
        buttons = QHBoxLayout()
        buttons.addWidget(self.write)
        buttons.addStretch()
        self.add(self.heading(self.tr("Export the report"), "title"), about, grid)
        self.add(*self.formats.values(), gap_before=True)
        self.add(self.void, buttons, self.result, result_buttons, gap_before=True)
        self.add_stretch()
        self.refresh()
