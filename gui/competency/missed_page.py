"""Missed page: the missed cells of a competency test, each beside reference cells of both classes."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.competency.competency_tests import CompetencyTests, TestResult
from gui.inspector.image_view import ImageView
from gui.inspector.reference_gallery import ReferenceGallery, ReferenceRow
from gui.inspector.shown_references import shown_references
from gui.widgets.step_keys import image_step
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.competency.record import DrawnCell

_TILE_EDGE = 5.0


class MissedPage(QWidget):
    """One missed cell at a time; arrow keys step through them."""

    closed = Signal()

    def __init__(self, context: WorkspaceContext, tests: CompetencyTests) -> None:
        super().__init__()
        self._context, self._tests = context, tests
        self._cells: list[DrawnCell] = []
        self._absent = 0
        self._index = 0
        self.title = QLabel(wordWrap=True)
        self.title.setFont(context.theme.font(strong=True))
        self.answer = QLabel(wordWrap=True)
        self.image = ImageView(context.image_loader, context.activation_overlay, context.theme)
        self.gallery = ReferenceGallery(context.cell_images, context.theme, edge=_TILE_EDGE)
        self.gallery.picked.connect(context.show_image_requested)
        self.back = QPushButton(self.tr("Back to the results"))
        self.back.clicked.connect(self.closed)
        self.previous = QPushButton(self.tr("Previous"))
        self.previous.setToolTip(self.tr("The missed cell before (←)"))
        self.previous.clicked.connect(partial(self._step, -1))
        self.next = QPushButton(self.tr("Next"))
        self.next.setToolTip(self.tr("The next missed cell (→)"))
        self.next.clicked.connect(partial(self._step, 1))
        self.show_image = QPushButton(self.tr("Show it in Review"))
        self.show_image.clicked.connect(self._show_in_review)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._compose()
        context.reference_cells.changed.connect(self._show)
        context.session.opened.connect(self._forget)

    @property
    def current(self) -> "DrawnCell | None":
        """The missed cell on the screen."""
        return self._cells[self._index] if self._cells else None

    def show_missed(self, result: TestResult) -> None:
        """Show the missed cells of a test that lie in the open folder."""
        self._forget()
        count = len(result.score.missed)

        def take(present: "list[DrawnCell]") -> None:
            self._cells, self._index, self._absent = present, 0, count - len(present)
            self._show()

        self._tests.find_present(result.score.missed, take)

    def refresh(self) -> None:
        """Show the current cell again."""
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := image_step(event):
            self._step(step)
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._context.reference_cells.want("missed", True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Qt hides a widget once more while it is being destroyed, when its attributes are gone.
        if "_context" in self.__dict__:
            self._context.reference_cells.want("missed", False)

    def _step(self, step: int, *_: object) -> None:
        last = max(len(self._cells) - 1, 0)
        self._index = min(max(self._index + step, 0), last)
        self._show()

    def _forget(self) -> None:
        self._cells, self._index, self._absent = [], 0, 0
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return
        cell = self.current
        steps = (self.previous, self.next)
        for widget in (self.image, self.answer, self.gallery, self.show_image, *steps):
            widget.setVisible(cell is not None)
        # A disabled button would pass the keyboard on: the image takes it, whose keys step too.
        for button, is_possible in zip(
            steps, (self._index > 0, self._index + 1 < len(self._cells)), strict=True
        ):
            if button.hasFocus() and not is_possible:
                self.image.setFocus()
            button.setEnabled(is_possible)
        if cell is None:
            self.title.setText(
                self.tr("The missed cells are not in the open folder.") if self._absent else ""
            )
            return
        if self.hasFocus():
            self.image.setFocus()
        title = self.tr("Missed cell {n} of {total}: {path}").format(
            n=number(self._index + 1), total=number(len(self._cells)), path=cell.path
        )
        if self._absent:
            title += " " + self.tr("({n} more {n:is|are} not in the open folder)").format(
                n=number(self._absent)
            )
        self.title.setText(title)
        self.answer.setText(
            self.tr("It is: {truth}. The answer was: {answer}.").format(
                truth=self._name(cell.truth), answer=self._name(cell.answer)
            )
        )
        self._context.session.set_selection(cell.path, (cell.path,))
        classes = [self._row(cell.path, cell.truth, self.tr("the true class"))]
        if cell.answer is not None and cell.answer != NOT_CLASSED:
            classes.append(self._row(cell.path, cell.answer, self.tr("the answer")))
        self.gallery.show_cells(cell.path, classes)

    def _row(self, path: str, class_id: str, remark: str) -> ReferenceRow:
        style = self._context.session.class_styles.find(class_id)
        return style, remark, shown_references(self._context.reference_cells, class_id, path)

    def _name(self, class_id: str | None) -> str:
        if class_id is None:
            return self.tr("no answer")
        if class_id == NOT_CLASSED:
            return self.tr("Not classed")
        return self._context.session.class_styles.find(class_id).name

    def _show_in_review(self) -> None:
        if self.current is not None:
            self._context.show_image_requested.emit(self.current.path)

    def _compose(self) -> None:
        theme = self._context.theme
        small, large = theme.space("small"), theme.space("large")
        buttons = QHBoxLayout()
        buttons.setSpacing(small)
        for button in (self.previous, self.next, self.show_image, self.back):
            buttons.addWidget(button)
        buttons.addStretch()
        side = QVBoxLayout()
        side.addWidget(self.gallery)
        side.addStretch()
        middle = QHBoxLayout()
        middle.setSpacing(large)
        middle.addWidget(self.image, 1)
        middle.addLayout(side, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        rows.addWidget(self.title)
        rows.addWidget(self.answer)
        rows.addLayout(middle, 1)
        rows.addLayout(buttons)
