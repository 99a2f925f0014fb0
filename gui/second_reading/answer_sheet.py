"""Answer sheet: what the blind page shows and writes to, of a second reading or of a competency test."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class SheetImage:
    """One image with the label and the note that its reader gave so far."""

    path: str
    label: str | None = None
    note: str = ""

    @property
    def is_read(self) -> bool:
        """True if it has a label."""
        return self.label is not None


class AnswerSheet(QObject):
    """The images of one reader in their order; answers are shown once they are saved."""

    answered = Signal(int)
    """The index of an image whose label or note was saved."""
    reverted = Signal(int)
    """The index of an image of which an answer was undone or redone."""
    failed = Signal(object)
    """A `Message` on why an answer was not saved."""
    clock_changed = Signal()
    time_over = Signal()

    takes_notes = True
    ending = ""
    """The text of the button that ends the reading."""
    completed = ""
    """The sentence once every image has a label."""
    clock_text = ""
    """The time that is left, empty where there is no limit."""

    def __init__(self, images: list[SheetImage], parent: QObject) -> None:
        super().__init__(parent)
        self.images = images

    def heading(self, done: int) -> str:
        """Return who reads, and how many images have a label."""
        raise NotImplementedError

    def set_label(self, index: int, class_id: str | None) -> None:
        """Save a label: a class, `NOT_CLASSED`, or None to clear it."""
        raise NotImplementedError

    def set_note(self, path: str, text: str) -> None:
        """Save a note; an empty text deletes it."""

    def leave_out(self, index: int) -> None:
        """An image cannot be shown: it does not count, unless it was answered before."""

    def undo(self, *, redo: bool = False) -> None:
        """Undo the reader's last answer, or redo the one undone last."""
        raise NotImplementedError

    def begin(self) -> None:
        """The reader begins or goes on."""

    def pause(self) -> None:
        """The reader stops for now."""

    def end(self) -> None:
        """The reader is done."""
        raise NotImplementedError
