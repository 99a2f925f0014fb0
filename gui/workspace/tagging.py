"""Tagging: connects the tag field of the inspector with the images that a key acts on."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from gui.inspector.tag_field import TagField
from gui.state.decisions import Decisions
from gui.state.session import Session


class Tagging(QObject):
    """Shows the tags of the selected images, or of the current one where nothing else is on the screen."""

    def __init__(self, session: Session, decisions: Decisions, field: TagField) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._field = field
        self._only_current = False
        field.changed.connect(decisions.set_tags)
        for signal in (session.current_changed, session.selection_changed, session.decided):
            signal.connect(self._refresh)
        decisions.project_changed.connect(self._refresh)

    def set_only_current(self, only_current: bool) -> None:
        """Set whether the current image fills the workspace, whatever the selection."""
        self._only_current = only_current
        self._refresh()

    def _refresh(self, *_: object) -> None:
        table, paths = self._session.table, self._paths()
        if table is None or self._decisions.project is None:
            self._field.set_images((), {}, ())
        else:
            self._field.set_images(paths, table.tags.counts(table.rows(paths)), table.tags.all())

    def _paths(self) -> Sequence[str]:
        if not self._only_current:
            return self._session.targets
        current = self._session.current
        return (current.path,) if current is not None else ()
