"""Decisions on the images of a table: labels and removals as columns, notes, reasons and tags by row."""

from typing import Any

from engine.project.decisions import TAG_PREFIX, Decision
from gui.state.class_codes import NONE, ClassCodes
from gui.state.image_columns import ImageColumns
from gui.state.image_tags import ImageTags


class ImageDecisions:
    """The decisions by row."""

    def __init__(self, columns: ImageColumns, codes: ClassCodes) -> None:
        self._columns = columns
        self._codes = codes
        self.notes: dict[int, str] = {}
        self.tags = ImageTags()
        self.reasons: dict[int, str] = {}
        """The reason for each removed row: "person" or the kind of a finding."""

    def apply(self, row: int, field: str, value: Any) -> None:
        """Apply one saved decision: `field` is label, removed, note or that of a tag."""
        if field == "label":
            self._columns["label"][row] = NONE if value is None else self._codes.code(value)
        elif field == "removed":
            self._columns["removed"][row] = value is not None
            if value is None:
                self.reasons.pop(row, None)
            else:
                self.reasons[row] = value
        elif field == "note":
            self._columns["noted"][row] = bool(value)
            self.notes[row] = value or ""
        elif field.startswith(TAG_PREFIX):
            self.tags.set_tag(row, field.removeprefix(TAG_PREFIX), present=value is not None)

    def apply_all(self, row: int, decision: Decision) -> None:
        """Apply all fields of a decision."""
        self.apply(row, "label", decision.label)
        self.apply(row, "removed", decision.removed)
        self.apply(row, "note", decision.note)
        for tag in decision.tags:
            self.tags.set_tag(row, tag, present=True)

    def clear(self) -> None:
        """Forget all decisions."""
        self._columns.clear_decisions()
        self.notes.clear()
        self.tags.clear()
        self.reasons.clear()

    def forget(self, row: int) -> None:
        """Forget the notes, reasons and tags of a row that is withdrawn."""
        for tag in self.tags.of(row):
            self.tags.set_tag(row, tag, present=False)
        self.notes.pop(row, None)
        self.reasons.pop(row, None)
