"""Image texts: the names of classes, review states and findings, and the description of an image."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.project.decisions import NOT_CLASSED
from gui.gallery.bands import LABELLED_UNREAD, UNKNOWN_KEY
from gui.state.session import Session
from gui.words import percent, to_sentence

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem


class ImageTexts(QObject):
    """Texts in the language of the window, with the classes of the session."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def class_title(self, key: str) -> str:
        """Return the name of a class, also for "not classed", no prediction and "none of these"."""
        if key == UNKNOWN_KEY:
            return self.tr("Perhaps none of these")
        if key == NOT_CLASSED:
            return self.tr("Not classed", "the class of one image")
        return self._session.class_styles.find(key).name if key else self.tr("No prediction")

    def review_title(self, key: str) -> str:
        """Return the name of a review state."""
        return {
            "open": self.tr("Not reviewed"),
            "confirmed": self.tr("Prediction confirmed"),
            "corrected": self.tr("Prediction corrected"),
            LABELLED_UNREAD: self.tr("Labelled, no prediction"),
            "not_classed": self.tr("Not classed"),
            "removed": self.tr("Removed"),
            "bad": self.tr("Could not be read"),
        }[key]

    def finding_title(self, key: str) -> str:
        """Return the name of a kind of finding."""
        # Imported late: needed only after a scan.
        from engine.curate.finding import FindingKind
        from gui.state.finding_text import kind_title

        return kind_title(FindingKind(key))

    def describe(self, item: "ImageItem") -> str:
        """Return the path, class and findings of an image, a line for each."""
        lines = [item.path]
        class_styles = self._session.class_styles
        if item.label:
            lines.append(self.tr("Class: {name}").format(name=self.class_title(item.label)))
        if item.prediction:
            name = class_styles.find(item.prediction.class_id).name
            template = self.tr("Predicted: {name}, {confidence}")
            if not item.label:
                template = self.tr("Predicted: {name}, {confidence}, not confirmed")
            lines.append(template.format(name=name, confidence=percent(item.prediction.confidence)))
        if item.is_unknown:
            lines.append(self.class_title(UNKNOWN_KEY))
        if item.folder_class:
            lines.append(
                self.tr("Folder: {name}").format(name=class_styles.find(item.folder_class).name)
            )
        if item.removed:
            lines.append(self.tr("Removed", "one image"))
        if item.found:
            kinds = ", ".join(map(self.finding_title, item.found))
            lines.append(self.tr("Findings: {kinds}").format(kinds=kinds))
        if item.tags:
            lines.append(self.tr("Tags: {tags}").format(tags=", ".join(item.tags)))
        if item.note:
            lines.append(self.tr("Note: {note}").format(note=item.note))
        if item.problem:
            lines.append(to_sentence(item.problem))
        return "\n".join(lines)
