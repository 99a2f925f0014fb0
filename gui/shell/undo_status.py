"""Undo status: a line in the job strip on what undo or redo changed, and on what became of the sign-off.

Decisions whose effect is on no screen have such a line too, with the key that takes them back.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from engine.project.decisions import DISMISSED_PREFIX, SETTLE_ACTION
from gui.inspector.edit_descriptions import describe_distinct, describe_source
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.decisions import Edit

_MAX_DESCRIPTIONS = 3
_MAX_PATH_CHARS = 60
_DECIDING_FIELDS = ("label", "removed")


class UndoStatus(QObject):
    """Says after each undo and redo what changed, in every workspace: the image may be on no screen.

    An edit that voids the sign-off, or an undo that makes it valid again, says that too. `undo_keys`
    returns the keys of undo as text; `hides_decided` whether a decided image leaves the screen, as in Clean.
    """

    def __init__(
        self,
        context: WorkspaceContext,
        undo_keys: Callable[[], str],
        hides_decided: Callable[[], bool],
    ) -> None:
        super().__init__(context)
        self._context = context
        self._undo_keys = undo_keys
        self._hides_decided = hides_decided
        self._text = ""
        self._is_undo_or_redo = False
        self._was_valid = False
        context.decisions.saved.connect(self._on_edit)
        context.sign_off_monitor.changed.connect(self._on_sign_off)

    def _on_edit(self, edit: "Edit") -> None:
        self._is_undo_or_redo = edit.undoes is not None or edit.redoes is not None
        styles, self._text = self._context.session.class_styles, ""
        if self._is_undo_or_redo or describe_source(edit) or self._is_out_of_sight(edit):
            self._text = undo_text(edit, lambda class_id: styles.find(class_id).name)
        if self._text and not self._is_undo_or_redo:
            hint = self.tr("{keys} takes it back.").format(keys=self._undo_keys())
            self._text = f"{self._text} {hint}"
        if self._text:
            self._context.status_message.emit(self._text)

    def _is_out_of_sight(self, edit: "Edit") -> bool:
        """Return whether nothing on the screen shows all that an edit decided."""
        # A settled conflict makes room for the next one.
        if edit.action == SETTLE_ACTION:
            return True
        first = None
        for change in edit.changes:
            if change.field == "sign_off":
                return True
            if change.field in _DECIDING_FIELDS or change.field.startswith(DISMISSED_PREFIX):
                if self._hides_decided() or first not in (None, change.path):
                    return True
                first = change.path
        return False

    def _on_sign_off(self) -> None:
        monitor = self._context.sign_off_monitor
        is_valid = monitor.sign_off is not None and not monitor.is_void
        effect = ""
        if monitor.is_void and self._was_valid:
            effect = self.tr("The sign-off no longer holds.")
        elif is_valid and not self._was_valid and self._text and self._is_undo_or_redo:
            effect = self.tr("The sign-off holds.")
        self._was_valid = is_valid
        if effect:
            self._context.status_message.emit(" ".join(filter(None, (self._text, effect))))


def undo_text(edit: "Edit", class_name: Callable[[str], str]) -> str:
    """Return what an edit, an undo or a redo changed and where, as one sentence."""
    source = describe_source(edit)
    # A merge or a restored state is named as a whole: its changes are of all kinds.
    texts = [source] if source else describe_distinct(edit, class_name, _MAX_DESCRIPTIONS + 1)
    what = ", ".join(texts[:_MAX_DESCRIPTIONS])
    if len(texts) > _MAX_DESCRIPTIONS:
        what = _tr("{changes} and others").format(changes=what)
    paths = dict.fromkeys(change.path for change in edit.changes if change.path is not None)
    is_undo = edit.undoes is not None
    if not is_undo and edit.redoes is None:
        return _decision_text(what, list(paths))
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


def _decision_text(what: str, paths: Sequence[str]) -> str:
    if not paths:
        return _tr("Done: {what}.").format(what=what)
    if len(paths) == 1:
        return _tr("Done: {what} ({path}).").format(what=what, path=_shorten(paths[0]))
    template = _tr("Done on {count} {count:image|images}: {what}.")
    return template.format(count=number(len(paths)), what=what)


def _shorten(path: str) -> str:
    if len(path) <= _MAX_PATH_CHARS:
        return path
    half = _MAX_PATH_CHARS // 2
    return f"{path[:half]}…{path[-half:]}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("UndoStatus", text)
