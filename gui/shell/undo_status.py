"""Undo status: a line in the job strip on what undo or redo changed, and on what became of the sign-off."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from gui.inspector.edit_descriptions import describe_distinct
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.decisions import Edit

_MAX_DESCRIPTIONS = 3
_MAX_PATH_CHARS = 60


class UndoStatus(QObject):
    """Says after each undo and redo what changed, in every workspace: the image may be on no screen.

    An edit that voids the sign-off, or an undo that makes it valid again, says that too.
    """

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__(context)
        self._context = context
        self._text = ""
        self._was_valid = False
        context.decisions.saved.connect(self._on_edit)
        context.sign_off_monitor.changed.connect(self._on_sign_off)

    def _on_edit(self, edit: "Edit") -> None:
        is_undo_or_redo = edit.undoes is not None or edit.redoes is not None
        styles = self._context.session.class_styles
        self._text = (
            undo_text(edit, lambda class_id: styles.find(class_id).name) if is_undo_or_redo else ""
        )
        if self._text:
            self._context.status_message.emit(self._text)

    def _on_sign_off(self) -> None:
        monitor = self._context.sign_off_monitor
        is_valid = monitor.sign_off is not None and not monitor.is_void
        effect = ""
        if monitor.is_void and self._was_valid:
            effect = self.tr("The sign-off no longer holds.")
        elif is_valid and not self._was_valid and self._text:
            effect = self.tr("The sign-off holds.")
        self._was_valid = is_valid
        if effect:
            self._context.status_message.emit(" ".join(filter(None, (self._text, effect))))


def undo_text(edit: "Edit", class_name: Callable[[str], str]) -> str:
    """Return what an undo or redo changed and where, as one sentence."""
    texts = describe_distinct(edit, class_name, _MAX_DESCRIPTIONS + 1)
    what = ", ".join(texts[:_MAX_DESCRIPTIONS])
    if len(texts) > _MAX_DESCRIPTIONS:
        what = _tr("{changes} and others").format(changes=what)
    paths = dict.fromkeys(change.path for change in edit.changes if change.path is not None)
    is_undo = edit.undoes is not None
    if not what:
        # The edit was about images that are not in the folder any more.
        return (
            _tr("Undone, on images that are not in this folder.")
            if is_undo
            else _tr("Redone, on images that are not in this folder.")
        )
    if not paths:
        return (_tr("Undone: {what}.") if is_undo else _tr("Redone: {what}.")).format(what=what)
    if len(paths) == 1:
        template = _tr("Undone: {what} ({path}).") if is_undo else _tr("Redone: {what} ({path}).")
        return template.format(what=what, path=_shorten(next(iter(paths))))
    template = (
        _tr("Undone on {count} {count:image|images}: {what}.")
        if is_undo
        else _tr("Redone on {count} {count:image|images}: {what}.")
    )
    return template.format(count=number(len(paths)), what=what)


def _shorten(path: str) -> str:
    if len(path) <= _MAX_PATH_CHARS:
        return path
    half = _MAX_PATH_CHARS // 2
    return f"{path[:half]}…{path[-half:]}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("UndoStatus", text)
