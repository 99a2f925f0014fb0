"""Model page: exports the active model as a file for other programs."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton

from engine.messages import Message
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.widgets import dialogs
from gui.widgets.flow_layout import FlowLayout
from gui.words import to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.exchange.models.export import ExportedModel


class ModelPage(ReportPage):
    """Format and a button; the export is kept only if it reproduces the predictions of the model."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__(context.theme)
        self._context, self._reporting = context, reporting
        self.task: Task | None = None
        self.result: ExportedModel | None = None
        self.model_name = self.text_label("")
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        self._descriptions = {
            "bundle": self.tr("The complete model, to open or train further elsewhere."),
            "compact": self.tr("Half the size; the network is built at first use."),
            "keras": self.tr(
                "For Python with Keras 3; classes and licence are in a .json beside it."),
            "onnx": self.tr(
                "For ONNX Runtime and most other programs; classes are in a .json beside "
                "it."),
            "openvino": self.tr("A folder with the OpenVINO network."),
            "codabench": self.tr(
                "A zip with model.py and the weights that runs without Bloodbench, as the "
                "challenge requires."
            ),
        }  # fmt: skip
        for key, title in (
            ("bundle", self.tr("Bloodbench bundle, zip")),
            ("compact", self.tr("Bloodbench bundle, small")),
            ("keras", self.tr("Keras")),
            ("onnx", self.tr("ONNX")),
            ("openvino", self.tr("OpenVINO")),
            ("codabench", self.tr("Codabench submission")),
        ):
            self.format.addItem(title, key)
        self.format.currentIndexChanged.connect(self.refresh)
        self.description = self.text_label()
        self.write = QPushButton(self.tr("Save the model…"))
        self.write.setProperty("role", "primary")
        self.write.clicked.connect(self._choose_folder)
        self.status = self.text_label("")
        self.show_folder = QPushButton(self.tr("Show the folder"))
        self.show_folder.clicked.connect(self._open_folder)
        context.session.opened.connect(self._reset)
        self._compose()

    def refresh(self) -> None:
        """Update which actions are enabled."""
        model = self._context.session.active_model
        self.model_name.setText(model.title if model else "")
        self.description.setText(self._descriptions[self.format.currentData()])
        self.write.setEnabled(self._reporting.report_request() is not None and self.task is None)
        for widget in (self.status, self.show_folder):
            widget.setVisible(self.result is not None)

    def _choose_folder(self) -> None:
        context, request = self._context, self._reporting.report_request()
        folder = dialogs.ask(self, dialogs.MODEL, None)
        if folder is None or request is None or self.task is not None:
            return
        from gui.report import exchange_tasks

        self.result = None
        task = context.workers.start(
            exchange_tasks.export_model, request, self.format.currentData(), folder
        )
        self.task = context.errors.watch(task)
        task.done.connect(self._show_result)
        task.finished.connect(self._on_finished)
        context.activities.show(Activity(task, self.tr("Saving the model"), counts_images=False))
        self.refresh()

    def _show_result(self, result: "ExportedModel") -> None:
        self.result = result
        difference = max(result.difference, 1e-6)
        params: dict[str, str | int | float] = {
            "path": str(result.path),
            "images": result.compared,
            "difference": difference,
        }
        self.status.setText(to_sentence(Message("model_export.done", params)))

    def _on_finished(self) -> None:
        self.task = None
        self.refresh()

    def _reset(self) -> None:
        self._context.workers.drop(self.task)
        self.task = self.result = None
        self.refresh()

    def _open_folder(self) -> None:
        if self.result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.result.path.parent)))

    def _compose(self) -> None:
        theme = self._context.theme
        about = self.text_label()
        about.setText(
            self.tr(
                "Exports the current model for another program. The exported file is "
                "tested on images of this folder and kept only if its predictions match."
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(theme.space("small"))
        grid.setColumnStretch(2, 1)
        format_label = QLabel(self.tr("Format"))
        format_label.setBuddy(self.format)
        for row, (label, field) in enumerate(
            ((QLabel(self.tr("Model")), self.model_name), (format_label, self.format))
        ):
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.description, 2, 1, 1, 2)
        buttons = FlowLayout(theme.space("small"))
        buttons.addWidget(self.write)
        buttons.addWidget(self.show_folder)
        self.add(self.heading(self.tr("Export the model"), "title"), about, grid)
        self.add(buttons, self.status, gap_before=True)
        self.add_stretch()
        self.refresh()
