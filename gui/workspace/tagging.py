"""Tagging: connects the tag field of the inspector with the images that a key acts on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.inspector.tag_field import TagField
from gui.state.decisions import Decisions
from gui.state.session import Session

if TYPE_CHECKING:
    from gui.state.image_columns import Rows
    from gui.state.image_table import ImageTable


class Tagging(QObject):
    """Shows the tags of the selected images, or of the current one where nothing else is on the screen."""

    def __init__(self, session: Session, decisions: Decisions, field: TagField) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._field = field
        self._only_current = False
        # Looking up the rows of 100,000 selected paths takes 30 ms, and several signals report one change.
        self._looked_up: tuple[ImageTable, Sequence[str], Rows] | None = None
        field.changed.connect(decisions.set_tags)
        for signal in (session.current_changed, session.selection_changed, session.decided):
            signal.connect(self._refresh)
        decisions.project_changed.connect(self._refresh)
        decisions.saved.connect(field.hide_problem)

    def set_only_current(self, only_current: bool) -> None:
        """Set whether the current image fills the workspace, whatever the selection."""
        self._only_current = only_current
        self._refresh()

    def _refresh(self, *_: object) -> None:
        table, paths = self._session.table, self._paths()
        self._field.set_refusal(self._decisions.refusal_text)
        if table is None or self._decisions.project is None:
            self._looked_up = None
            self._field.set_images((), {}, ())
        else:
            counts = table.tags.counts(self._rows(table, paths), len(table))
            self._field.set_images(paths, counts, table.tags.all())

    def _rows(self, table: "ImageTable", paths: Sequence[str]) -> "Rows":
        last = self._looked_up
        if last is None or last[0] is not table or last[1] is not paths:
            last = self._looked_up = (table, paths, table.rows(paths))
        return last[2]

    def _paths(self) -> Sequence[str]:
        if not self._only_current:
            return self._session.targets
        current = self._session.current
        return (current.path,) if current is not None else ()
