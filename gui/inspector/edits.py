"""What a person did to an image, in a line of words."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from engine.project.values import NOT_CLASSED, Change, Edit
from gui.words import moment

_LONGEST_NOTE = 80


def undone(edits: Iterable[Edit]) -> set[int]:
    """Return the ids of those edits that were taken back and not made again since."""
    gone: set[int] = set()
    for edit in sorted(edits, key=lambda one: one.id):
        if edit.undoes is not None:
            gone.add(edit.undoes)
        elif edit.redoes is not None:
            gone.discard(edit.redoes)
    return gone


def line(edit: Edit, class_name: Callable[[str], str], today: datetime) -> str:
    """Return when, who and what: "14:02 · Anna: Basophil → Monocyte"; times are those of `today`'s place."""
    return _tr("{when} · {who}: {what}").format(
        when=moment(edit.at, today), who=edit.who, what=what(edit, class_name)
    )


def what(edit: Edit, class_name: Callable[[str], str]) -> str:
    """Return what an edit did."""
    changes = edit.changes
    if edit.undoes is not None:
        # What was taken back is told as it was done.
        changes = tuple(replace(one, old=one.new, new=one.old) for one in changes)
    words = ", ".join(_change(one, edit, class_name) for one in changes) or _tr("nothing here")
    if edit.undoes is not None:
        return _tr("took back: {what}").format(what=words)
    if edit.redoes is not None:
        return _tr("made again: {what}").format(what=words)
    if edit.action == "clear":
        return _tr("cleared: {what}").format(what=words)
    return words


def _change(change: Change, edit: Edit, class_name: Callable[[str], str]) -> str:
    old, new = change.old, change.new
    match change.field:
        case "label":
            return _label(old, new, edit, class_name)
        case "removed":
            return _tr("removed") if new is not None else _tr("brought back")
        case "note":
            return _tr("note “{text}”").format(text=_short(new)) if new else _tr("note taken away")
        case "classes":
            return _tr("classes changed")
        case "settled":
            return _tr("said which image this was")
    return change.field


def _label(old: str | None, new: str | None, edit: Edit, class_name: Callable[[str], str]) -> str:
    names = {None: _tr("no class"), NOT_CLASSED: _tr("not classed")}
    before = names.get(old) or class_name(str(old))
    after = names.get(new) or class_name(str(new))
    if edit.action == "confirm" and old is None:
        return _tr("confirmed {name}").format(name=after)
    if edit.action == "classes":
        return _tr("{old} merged into {new}").format(old=before, new=after)
    if old is None:
        return after
    return _tr("{old} → {new}").format(old=before, new=after)


def _short(note: str) -> str:
    one_line = " ".join(note.split())
    return one_line if len(one_line) <= _LONGEST_NOTE else f"{one_line[:_LONGEST_NOTE]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
