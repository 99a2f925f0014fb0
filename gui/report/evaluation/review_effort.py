"""Review effort: images to review so that the unreviewed ones reach a target accuracy."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from engine.evaluate.curves import ReviewEffort
from gui.deletion import clear_layout
from gui.words import number, percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from gui.report.evaluated_images import EvaluatedImages


class ReviewEffortList(QWidget):
    """One row for each target accuracy, with a button that shows the images to review."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(context.theme.space("large"))
        self._grid.setVerticalSpacing(context.theme.space("tight"))
        self._grid.setColumnStretch(2, 1)

    def show_efforts(self, efforts: Sequence[ReviewEffort], evaluated: "EvaluatedImages") -> None:
        """Show the review effort for each target accuracy."""
        clear_layout(self._grid)
        self.buttons = []
        for row, effort in enumerate(efforts):
            text = self._text(effort)
            self._grid.addWidget(QLabel(text), row, 0)
            button = QPushButton(self.tr("Show"))
            self._grid.addWidget(button, row, 1)
            button.setAccessibleName(f"{button.text()}: {text}")
            button.setVisible(bool(effort.images_to_review))
            button.clicked.connect(partial(self._open, effort, evaluated, text))
            self.buttons.append(button)

    def _text(self, effort: ReviewEffort) -> str:
        if not effort.images_to_review:
            template = self.tr("At least {accuracy} of all images are correct without any review")
        elif effort.confidence is None:
            template = self.tr("No confidence reaches {accuracy}: review all images")
        else:
            template = self.tr(
                "Review the {n} least certain {n:image|images} ({share}): at least {accuracy} of the "
                "rest are correct"
            )
        return template.format(
            accuracy=percent(effort.accuracy),
            n=number(effort.images_to_review),
            share=percent(effort.share),
        )

    def _open(
        self, effort: ReviewEffort, evaluated: "EvaluatedImages", title: str, *_: object
    ) -> None:
        self._context.show_images(evaluated.less_confident_than(effort.confidence), title)
