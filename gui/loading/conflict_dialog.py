"""Conflict dialog: a person chooses which earlier image an ambiguous image is."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.project.decisions import NOT_CLASSED
from gui.inspector.elided_label import ElidedLabel
from gui.theme import Theme
from gui.words import without_mnemonic

if TYPE_CHECKING:
    from engine.project.link_result import AmbiguousImage, LinkCandidate


class ConflictDialog(QDialog):
    """One line per image, with a button for each candidate and one for none of them."""

    resolved = Signal(object, object)
    """The image's path and the id of the chosen candidate, None for none of them."""

    def __init__(
        self,
        images: "Sequence[AmbiguousImage]",
        class_name: Callable[[str], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._class_name = class_name
        self.setWindowTitle(self.tr("Which images are these?"))
        explanation = QLabel(
            self.tr(
                "Copies of one image with different decisions were moved. Say which copy "
                "each one was; until then no decision is carried over."
            ),
            wordWrap=True,
        )
        self.lines: dict[str, QWidget] = {}
        inside = QWidget()
        inside.setObjectName("scrolled")
        rows = QVBoxLayout(inside)
        rows.setSpacing(theme.space("large"))
        for image in images:
            self.lines[image.path] = line = self._line(image, theme)
            rows.addWidget(line)
        rows.addStretch()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close = QPushButton(self.tr("Later"))
        close.clicked.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setSpacing(theme.space("large"))
        whole.addWidget(explanation)
        whole.addWidget(scroll, 1)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(24 * theme.space("wide"), 16 * theme.space("wide"))

    def _line(self, image: "AmbiguousImage", theme: Theme) -> QWidget:
        line = QWidget()
        rows = QVBoxLayout(line)
        rows.setContentsMargins(0, 0, 0, 0)
        name = ElidedLabel()
        name.set_full_text(image.path)
        rows.addWidget(name)
        for candidate in image.candidates:
            self._add(rows, self._text(candidate), image.path, candidate.image, theme)
        self._add(rows, self.tr("None of these"), image.path, None, theme)
        return line

    def _add(
        self, rows: QVBoxLayout, text: str, path: str, image: int | None, theme: Theme
    ) -> None:
        button = QPushButton(without_mnemonic(text))
        button.clicked.connect(partial(self._resolve, path, image))
        row = QHBoxLayout()
        row.addSpacing(theme.space("large"))
        row.addWidget(button)
        row.addStretch()
        rows.addLayout(row)

    def _text(self, candidate: "LinkCandidate") -> str:
        decision = candidate.decision
        parts = [self.tr("not decided")]
        if decision.label == NOT_CLASSED:
            parts = [self.tr("not classed")]
        elif decision.label is not None:
            parts = [self._class_name(decision.label)]
        if decision.removed is not None:
            parts.append(self.tr("removed"))
        if decision.note:
            parts.append(f"“{decision.note}”")
        if decision.tags:
            parts.append(self.tr("Tags: {tags}").format(tags=", ".join(decision.tags)))
        return self.tr("{path}: {decisions}").format(
            path=candidate.path, decisions=", ".join(parts)
        )

    def _resolve(self, path: str, image: int | None, *_: object) -> None:
        line = self.lines.pop(path)
        line.setEnabled(False)
        line.hide()
        self.resolved.emit(path, image)
        if not self.lines:
            self.accept()
