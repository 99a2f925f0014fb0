"""The model as a file that other programs open: a format, where to, and how near it is to the model."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton

from engine.messages import Message
from gui import dialogs
from gui.activities import Activity
from gui.desk import Desk
from gui.report.page import ReportPage
from gui.report.reporting import Reporting
from gui.running_on import RunningOn
from gui.words import say
from gui.workers import Task

if TYPE_CHECKING:
    from engine.exchange.models.export import Exported


class ModelPage(ReportPage):
    """Writes the model in use for others, once it gave the same answers there."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(desk.theme)
        self._desk, self._reporting = desk, reporting
        self.task: Task | None = None
        self.exported: Exported | None = None
        self.which = self.said("")
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Format"))
        self._says = {
            "bundle": self.tr("All that Bloodbench has of it, to be opened or learned on elsewhere."),
            "compact": self.tr("Half the size: the network is made where it is first used."),
            "keras": self.tr("For Python with Keras 3; its classes and licence lie in a .json beside it."),
            "onnx": self.tr("For ONNX Runtime and most other programs; its classes lie in a .json beside it."),
            "openvino": self.tr("A folder with the network as OpenVINO reads it."),
            "codabench": self.tr(
                "model.py and the weights in a zip that runs without Bloodbench, as the challenge asks."
            ),
        }  # fmt: skip
        for key, words in (
            ("bundle", self.tr("Bloodbench bundle, zip")),
            ("compact", self.tr("Bloodbench bundle, small")),
            ("keras", self.tr("Keras")),
            ("onnx", self.tr("ONNX")),
            ("openvino", self.tr("OpenVINO")),
            ("codabench", self.tr("Codabench submission")),
        ):
            self.kind.addItem(words, key)
        self.kind.currentIndexChanged.connect(self.refresh)
        self.about_kind = self.said()
        self.go = QPushButton(self.tr("Write the model…"))
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self._ask)
        self.done = self.said("")
        self.open = QPushButton(self.tr("Show the folder"))
        self.open.clicked.connect(self._open)
        desk.session.opened.connect(self._forget)
        self._compose()

    def refresh(self) -> None:
        """Offer what can be done now."""
        engine = self._desk.session.engine
        self.which.setText(engine.title if engine else "")
        self.about_kind.setText(self._says[self.kind.currentData()])
        self.go.setEnabled(self._reporting.asked() is not None and self.task is None)
        for widget in (self.done, self.open):
            widget.setVisible(self.exported is not None)

    def _ask(self) -> None:
        desk, asked = self._desk, self._reporting.asked()
        into = dialogs.ask(self, dialogs.MODEL, None)
        if into is None or asked is None or self.task is not None:
            return
        from gui.report import exchanging

        self.exported = None
        task = desk.workers.start(exchanging.export_model, asked, self.kind.currentData(), into)
        self.task = desk.watch(task)
        task.done.connect(self._take)
        task.finished.connect(self._end)
        desk.activities.show(Activity(task, self.tr("Writing the model"), images=False))
        self.refresh()

    def _take(self, exported: "Exported") -> None:
        self.exported = exported
        difference = max(exported.difference, 1e-6)
        says = {"path": str(exported.path), "images": exported.compared, "difference": difference}
        self.done.setText(say(Message("model_export.done", says)))

    def _end(self) -> None:
        self.task = None
        self.refresh()

    def _forget(self) -> None:
        self._desk.workers.drop(self.task)
        self.task = self.exported = None
        self.refresh()

    def _open(self) -> None:
        if self.exported is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.exported.path.parent)))

    def _compose(self) -> None:
        theme = self._desk.theme
        about = self.said()
        about.setText(
            self.tr(
                "The model in use, for another program. What is written reads images of this folder before "
                "it gets its name, and is only kept if it gives the model's own answers."
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(theme.space("small"))
        grid.setColumnStretch(2, 1)
        format_words = QLabel(self.tr("Format"))
        format_words.setBuddy(self.kind)
        for row, (words, field) in enumerate(
            ((QLabel(self.tr("Model")), self.which), (format_words, self.kind))
        ):
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.about_kind, 2, 1, 1, 2)
        begin = RunningOn(theme.space("small"))
        begin.addWidget(self.go)
        begin.addWidget(self.open)
        self.add(self.heading(self.tr("The model as a file"), "title"), about, grid)
        self.add(begin, self.done, apart=True)
        self.end()
        self.refresh()
