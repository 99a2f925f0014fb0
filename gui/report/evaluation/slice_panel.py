"""Slice panel: folders and image properties with the lowest accuracy; each opens its images."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.deletion import clear_layout
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.report.report_controller import ReportController
from gui.words import decimal, number, percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from gui.report.slice_tasks import SliceResult


class SlicePanel(QWidget):
    """A button that measures the images, then one row for each weak slice and telltale property."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__()
        self._context, self._reporting = context, reporting
        self._task: Task | None = None
        self.buttons: list[QPushButton] = []
        theme = context.theme
        self.status = QLabel(wordWrap=True)
        self.status.setProperty("role", "muted")
        self.measure = QPushButton(self.tr("Measure"))
        self.measure.setAccessibleName(self.tr("Measure the slices"))
        self.measure.clicked.connect(self._measure)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space("large"))
        self._grid.setVerticalSpacing(theme.space("tight"))
        self._grid.setColumnStretch(2, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(self.status)
        rows.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addLayout(self._grid)
        # The figures of another model or another folder are void.
        for signal in (context.session.opened, context.session.model_changed):
            signal.connect(self._reset)
        context.session.decided.connect(self._on_decided)
        self._reset()

    def _measure(self) -> None:
        request, context = self._reporting.report_request(), self._context
        if request is None or self._task is not None:
            return
        from gui.report import slice_tasks

        self._task = task = context.errors.watch(
            context.workers.start(slice_tasks.measure_evaluated, request)
        )
        task.done.connect(self._show)
        task.finished.connect(self._on_finished)
        context.activities.show(Activity(task, self.tr("Measuring images"), counts_images=True))
        self.measure.setEnabled(False)

    def _show(self, result: "SliceResult") -> None:
        self._clear()
        if not result.slices and not result.spurious:
            text = self.tr(
                "No folder and no group of similar images has a lower accuracy than the rest, beyond "
                "chance."
            )
            self.status.setText(text)
            return
        text = self.tr("Accuracy {accuracy} on all {n} {n:image|images}; the weakest first.")
        self.status.setText(text.format(accuracy=percent(result.accuracy), n=number(result.count)))
        for part in result.slices:
            name = self._property_name(part.name)
            text = self.tr("{name} {values}: {accuracy} of {n} ({low} to {high})").format(
                name=name,
                values=self._values(part.name, part.values),
                accuracy=percent(part.accuracy),
                n=number(len(part.paths)),
                low=percent(part.interval[0]),
                high=percent(part.interval[1]),
            )
            self._add_row(text, f"{name} {self._values(part.name, part.values)}", part.paths)
        styles = self._context.session.class_styles
        for found in result.spurious:
            text = self.tr(
                "{name} alone tells {class_name} (area under the curve {auroc}): the model may "
                "have learned that instead of the cell"
            ).format(
                name=self._property_name(found.name),
                class_name=styles.find(found.class_id).name,
                auroc=decimal(found.auroc, 2),
            )
            self._add_row(text, styles.find(found.class_id).name, found.paths)

    def _add_row(self, text: str, title: str, paths: list[str]) -> None:
        row = len(self.buttons)
        label = QLabel(text)
        button = QPushButton(self.tr("Show"))
        button.setAccessibleName(f"{button.text()}: {text}")
        button.clicked.connect(partial(self._open, paths, title))
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(button, row, 1)
        self.buttons.append(button)

    def _open(self, paths: list[str], title: str, *_: object) -> None:
        self._context.show_images(paths, title)

    def _property_name(self, name: str) -> str:
        return {
            "folder": self.tr("Folder"),
            "slide": self.tr("Slide"),
            "problem": self.tr("Quality problem"),
            "jpeg_quality": self.tr("JPEG quality"),
            "size": self.tr("Size"),
            "sharpness": self.tr("Sharpness"),
            "brightness": self.tr("Brightness"),
            "glass_brightness": self.tr("Brightness of the glass"),
            "glass_saturation": self.tr("Saturation of the glass"),
            "glass_yellowness": self.tr("Yellowness of the glass"),
        }[name]

    def _values(self, name: str, values: str) -> str:
        if name != "problem":
            return values
        return {
            "none": self.tr("none"),
            "blur": self.tr("blurred"),
            "dark": self.tr("dark"),
            "bright": self.tr("bright"),
            "empty": self.tr("empty"),
            "size": self.tr("unusual size"),
            "cut": self.tr("cut off"),
        }[values]

    def _on_decided(self, *_: object) -> None:
        # The rows stay: a person works through their images.
        if self.buttons:
            self.status.setText(
                self.tr("Decisions were made since; measure again for new figures.")
            )

    def _on_finished(self) -> None:
        self._task = None
        self.measure.setEnabled(True)

    def _clear(self) -> None:
        clear_layout(self._grid)
        self.buttons = []

    def _reset(self, *_: object) -> None:
        self._context.workers.drop(self._task)
        self._on_finished()
        self._clear()
        self.status.setText(
            self.tr(
                "Compares the accuracy between folders and slides, and between sharp and blurred, bright and "
                "dark, small and large images, and names properties that tell a class by themselves."
            )
        )
