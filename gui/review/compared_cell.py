"""Compared cell: one of the images side by side, with its class and its likeliest classes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.inspector.cell_images import Cell, CellImages
from gui.inspector.cell_tile import CellTile
from gui.inspector.class_chip import ClassChip
from gui.inspector.elided_label import ElidedLabel
from gui.state.session import Session
from gui.theme import Theme
from gui.words import percent

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem

_CLASSES = 3
_MIN_SHARE = 0.0005
"""Smaller shares would be printed as 0.0%."""


class ComparedCell(QWidget):
    """A large tile with a caption below it.

    `class_id` is the class of a typical cell of another folder or a drawn one, which takes no focus: no
    key can act on it.
    """

    def __init__(
        self, session: Session, images: CellImages, theme: Theme, cell: Cell, class_id: str = ""
    ) -> None:
        super().__init__()
        self._session = session
        self.cell = cell
        self._class_id = class_id
        self.tile = CellTile(images, theme)
        self.tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.tile.setMinimumSize(4 * theme.space("wide"), 4 * theme.space("wide"))
        self.tile.set_cell(cell, cell.path)
        self.tile.setEnabled(cell.is_here)
        self.chip = ClassChip(theme)
        self.label = QLabel()
        self.label.setFont(theme.font(strong=True))
        self.name = ElidedLabel()
        self.name.setProperty("role", "muted")
        self.shares = QLabel(wordWrap=True)
        self.shares.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(theme.space("small"))
        line.addWidget(self.chip)
        line.addWidget(self.label)
        line.addWidget(self.name, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        rows.addWidget(self.tile, 1)
        rows.addLayout(line)
        rows.addWidget(self.shares)
        self.refresh()

    def refresh(self) -> None:
        """Show the class and the probabilities as they are now."""
        if not self.cell.is_here:
            self._describe_reference()
            return
        item = self._session.item(self.path)
        if item is None:
            return
        self.chip.set_look(
            None
            if item.displayed_class in (None, NOT_CLASSED)
            else self._session.class_styles.find(str(item.displayed_class))
        )
        self.label.setText(self._label(item))
        self.name.set_full_text(item.path)
        shares = list(item.prediction.shares.items()) if item.prediction else []
        self.shares.setText(
            " · ".join(
                f"{self._session.class_styles.find(class_id).name} {percent(share)}"
                for class_id, share in shares[:_CLASSES]
                if share >= _MIN_SHARE
            )
        )
        self.tile.setAccessibleName(f"{self.label.text()} {item.path}")

    @property
    def path(self) -> str:
        """The path of an image of the open folder, empty for another cell."""
        return self.cell.path

    @property
    def room(self) -> QSizeF:
        """The size of its tile in screen pixels."""
        return QSizeF(self.tile.size()) * self.devicePixelRatioF()

    def _describe_reference(self) -> None:
        style = self._session.class_styles.find(self._class_id)
        self.chip.set_look(style)
        signed = self.cell.signed
        if signed is None:
            self.label.setText(self.tr("{label}, drawn").format(label=style.name))
            self.shares.setText(self.tr("not at scale"))
        else:
            self.label.setText(self.tr("{label}, signed").format(label=style.name))
            self.name.set_full_text(signed.path)
            self.shares.setText(
                self.tr("from {project}, signed by {who}").format(
                    project=signed.project, who=signed.who
                )
            )
        parts = (self.label.text(), self.name.full_text, self.shares.text())
        self.tile.setToolTip(" · ".join(filter(None, parts)))
        self.tile.setAccessibleName(self.tile.toolTip())

    def _label(self, item: "ImageItem") -> str:
        if item.removed:
            return self.tr("Removed")
        if item.label == NOT_CLASSED:
            return self.tr("Not classed")
        if item.label is not None:
            name = self._session.class_styles.find(item.label).name
            return self.tr("{label}, labelled").format(label=name)
        if item.prediction is not None:
            name = self._session.class_styles.find(item.prediction.class_id).name
            return self.tr("{label}, predicted").format(label=name)
        return self.tr("Not read yet")
