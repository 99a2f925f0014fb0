"""Merge dialog: what merging another project file would change, before anything is changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.words import number

if TYPE_CHECKING:
    from engine.project.merge_comparison import MergePlan


class MergeDialog(QDialog):
    """The outcome in one line per kind, with buttons to merge or to change nothing."""

    agreed = Signal()

    def __init__(
        self, name: str, plan: "MergePlan", theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge {name}").format(name=name))
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.space("small"))
        conflicts = len({conflict.path for conflict in plan.conflicts})
        lines = [
            (
                plan.taken,
                self.tr("{n} {n:image gets|images get} a decision that only the other has"),
            ),
            (plan.same, self.tr("{n} {n:image has|images have} the same decision in both")),
            (
                conflicts,
                self.tr(
                    "{n} {n:image has|images have} different decisions: those of this project "
                    "hold until you settle them"
                ),
            ),
            (
                plan.absent,
                self.tr(
                    "{n} of them {n:is|are} not in this folder; {n:its|their} decisions wait "
                    "for the images"
                ),
            ),
            (plan.edits, self.tr("{n} {n:edit joins|edits join} the journal")),
        ]
        self.lines = [text.format(n=number(count)) for count, text in lines if count]
        if plan.is_empty:
            self.lines = [self.tr("Everything in it is here already.")]
        for line in self.lines:
            rows.addWidget(QLabel(line, wordWrap=True))
        if not plan.is_empty:
            rows.addWidget(
                QLabel(
                    self.tr(
                        "The merge is one step: the project is backed up first, and undo takes "
                        "it back."
                    ),
                    wordWrap=True,
                )
            )
        rows.addSpacing(theme.space("large"))
        rows.addStretch()
        self.merge = QPushButton(self.tr("Merge"))
        self.merge.setProperty("role", "primary")
        self.merge.setEnabled(not plan.is_empty)
        self.merge.clicked.connect(self._agree)
        self.cancel = QPushButton(self.tr("Change nothing"))
        self.cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.merge)
        rows.addLayout(buttons)
        self.setMinimumWidth(16 * theme.space("wide"))
        (self.cancel if plan.is_empty else self.merge).setFocus()

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit()
