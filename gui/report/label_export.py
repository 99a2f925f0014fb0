"""Label export: the labelled images as a data set for other programs."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.report.report_controller import ReportController
from gui.widgets import dialogs
from gui.widgets.number_field import NumberField
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from gui.report.exchange_tasks import WrittenDataset

_RESIZES_IMAGES = Qt.ItemDataRole.UserRole + 1
"""Role of whether a format resizes images; stated here, as the formats load NumPy."""


class LabelExport(QWidget):
    """Format, image names and size, and a button that writes the data set."""

    finished = Signal()

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__()
        self._context, self._reporting = context, reporting
        self._task: Task | None = None
        self.result: WrittenDataset | None = None
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        for key, title, resizes_images in (
            ("folder", self.tr("One folder per class"), False),
            ("csv", self.tr("CSV: labels only, no images"), False),
            ("hf-csv", self.tr("Hugging Face imagefolder, metadata.csv"), False),
            ("hf-jsonl", self.tr("Hugging Face imagefolder, metadata.jsonl"), False),
            ("fiftyone", self.tr("FiftyOne classification"), False),
            ("labelme", self.tr("labelme and X-AnyLabeling, flags"), False),
            ("medmnist", self.tr("MedMNIST npz, with splits"), True),
            ("npz", self.tr("npz: data and labels"), True),
        ):
            self.format.addItem(title, key)
            self.format.setItemData(self.format.count() - 1, resizes_images, _RESIZES_IMAGES)
        self.names = QComboBox()
        self.names.setAccessibleName(self.tr("How images are named"))
        self.names.addItem(self.tr("by path in the folder"), True)
        self.names.addItem(self.tr("by id derived from content"), False)
        self.image_size = NumberField(
            context.theme, minimum=8, maximum=1024, value=96, suffix=" px"
        )
        self.image_size.setAccessibleName(self.tr("Image size"))
        self._size_label = QLabel(self.tr("Image size"))
        self.write = QPushButton(self.tr("Save the data set…"))
        self.write.clicked.connect(self._choose_folder)
        self.status = QLabel(wordWrap=True)
        self.show_folder = QPushButton(self.tr("Show the folder"))
        self.show_folder.clicked.connect(self._open_folder)
        self.format.currentIndexChanged.connect(self.refresh)
        context.session.opened.connect(self._reset)
        self._compose()
        self.refresh()

    @property
    def is_running(self) -> bool:
        """True while a data set is being written."""
        return self._task is not None

    def refresh(self) -> None:
        """Update which actions are enabled."""
        resizes_images = self.format.currentData(_RESIZES_IMAGES)
        self.image_size.setVisible(resizes_images)
        self._size_label.setVisible(resizes_images)
        self.write.setEnabled(self._reporting.report_request() is not None and not self.is_running)
        for widget in (self.status, self.show_folder):
            widget.setVisible(self.result is not None)

    def _choose_folder(self) -> None:
        request, root = self._reporting.report_request(), self._context.session.root
        folder = dialogs.ask(self, dialogs.DATASET, root.parent if root else None)
        if folder is None or request is None or self.is_running:
            return
        from gui.report import exchange_tasks

        kind, names = self.format.currentData(), bool(self.names.currentData())
        options = exchange_tasks.DatasetRequest(folder, kind, self.image_size.value(), names)
        self.result = None
        context = self._context
        task = context.workers.start(
            exchange_tasks.export_dataset, request, options, context.session.classes
        )
        self._task = context.errors.watch(task)
        task.done.connect(self._show_result)
        task.finished.connect(self._on_finished)
        context.activities.show(Activity(task, self.tr("Saving the data set"), counts_images=False))
        self.refresh()

    def _show_result(self, result: "WrittenDataset") -> None:
        self.result = result
        template = self.tr(
            "{n} {n:image was|images were} saved in {place}; {left} without a label "
            "{left:was|were} left out."
        )
        self.status.setText(
            template.format(
                n=number(result.images),
                place=str(result.path),
                left=number(result.left_out),
            )
        )

    def _on_finished(self) -> None:
        self._task = None
        self.refresh()
        self.finished.emit()

    def _reset(self) -> None:
        self._context.workers.drop(self._task)
        self._task = self.result = None
        self.refresh()

    def _open_folder(self) -> None:
        if self.result is not None:
            path = self.result.path
            folder = path if path.is_dir() else path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _compose(self) -> None:
        theme = self._context.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(theme.space("small"))
        grid.setColumnStretch(2, 1)
        for row, (label, field) in enumerate(
            (
                (QLabel(self.tr("Format")), self.format),
                (QLabel(self.tr("Image names")), self.names),
                (self._size_label, self.image_size),
            )
        ):
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        buttons.addWidget(self.write)
        buttons.addWidget(self.show_folder)
        buttons.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addLayout(grid)
        rows.addLayout(buttons)
        rows.addWidget(self.status)
