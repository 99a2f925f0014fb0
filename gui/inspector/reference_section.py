"""Reference section of the inspector: the current cell beside typical cells of its likeliest classes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from gui.inspector.cell_images import CellImages
from gui.inspector.reference_gallery import ReferenceGallery, ReferenceRow
from gui.inspector.shown_references import shown_references
from gui.settings import load_setting, save_setting
from gui.state.reference_cells import ReferenceCells
from gui.state.session import Session
from gui.theme import Theme
from gui.words import percent

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem

_FEW_CLASSES = 3
_DELAY_MS = 120
_ALL_SETTING = "all_reference_classes"


class ReferenceSection(QWidget):
    """The gallery for the current image; looked up only while it is on the screen."""

    compare_requested = Signal()

    def __init__(
        self, session: Session, references: ReferenceCells, images: CellImages, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._references = references
        self.gallery = ReferenceGallery(images, theme)
        self.all_classes = QCheckBox(self.tr("All classes"))
        self.all_classes.setChecked(load_setting(_ALL_SETTING) is True)
        self.all_classes.toggled.connect(self._store_all)
        self.compare = QPushButton(self.tr("Compare with…"))
        self.compare.setToolTip(
            self.tr(
                "Puts two to four selected images side by side, or this one beside typical cells"
            )
        )
        self.compare.clicked.connect(self.compare_requested)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        for widget in (self.gallery, self.all_classes, self.compare):
            rows.addWidget(widget)
        # Delayed: nothing is looked up while a key is held down.
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._show)
        session.current_changed.connect(self._refresh)
        session.classes_changed.connect(self._refresh)
        references.changed.connect(self._refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._references.want("inspector", True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Qt hides a widget once more while it is being destroyed, when its attributes are gone.
        if "_references" in self.__dict__:
            self._references.want("inspector", False)
            self._timer.stop()

    def _refresh(self) -> None:
        if self.isVisible():
            self._timer.start()

    def _show(self) -> None:
        item = self._session.current
        if not self.isVisible() or item is None:
            return
        classes = self._likeliest_first(item)
        if not self.all_classes.isChecked():
            classes = classes[:_FEW_CLASSES]
        self.gallery.show_cells(item.path, classes)

    def _likeliest_first(self, item: "ImageItem") -> list[ReferenceRow]:
        shares = item.prediction.shares if item.prediction else {}
        ids = [entry.id for entry in self._session.project_or_model_classes()]
        ids.sort(key=lambda class_id: -shares.get(class_id, 0.0))
        return [
            (
                self._session.class_styles.find(class_id),
                percent(shares[class_id]) if class_id in shares else "",
                shown_references(self._references, class_id, item.path),
            )
            for class_id in ids
        ]

    def _store_all(self, *_: object) -> None:
        save_setting(_ALL_SETTING, self.all_classes.isChecked())
        self._show()
