"""One-line descriptions of edits for the history of an image."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.project.decisions import (
    ADD_ACTION,
    CONFLICT_PREFIX,
    DISMISSED_PREFIX,
    MOVED_PREFIX,
    NOT_CLASSED,
    READING_PREFIX,
    ROUND_PREFIX,
    SETTLE_ACTION,
    TAG_PREFIX,
    Change,
    Edit,
)
from engine.project.merged_journal import MERGE_ACTION
from engine.project.taken_back import RESTORE_ACTION
from gui.words import moment

_MAX_NOTE_CHARS = 80


def undone_ids(edits: Iterable[Edit]) -> set[int]:
    """Return the ids of the edits that were undone and not redone since."""
    undone_edits: set[int] = set()
    for edit in sorted(edits, key=lambda edit: edit.id):
        if edit.undoes is not None:
            undone_edits.add(edit.undoes)
        elif edit.redoes is not None:
            undone_edits.discard(edit.redoes)
    return undone_edits


def describe_with_author(edit: Edit, class_name: Callable[[str], str], today: datetime) -> str:
    """Return time, author and change, such as "14:02 · Anna: Basophil → Monocyte".

    Times are in the time zone of `today`. The reason follows where a person gave one.
    """
    text = _tr("{when} · {who}: {what}").format(
        when=moment(edit.at, today), who=edit.who, what=describe(edit, class_name)
    )
    if edit.action != SETTLE_ACTION or not edit.reason:
        return text
    return _tr("{text} (reason: {reason})").format(text=text, reason=edit.reason)


def describe(edit: Edit, class_name: Callable[[str], str]) -> str:
    """Return the change that an edit made."""
    changes = edit.changes
    if edit.undoes is not None:
        # Describe an undo by the change it took back.
        changes = tuple(replace(change, old=change.new, new=change.old) for change in changes)
    text = ", ".join(_describe_change(change, edit, class_name) for change in changes) or _tr(
        "nothing here"
    )
    if source := describe_source(edit):
        text = _tr("{source}: {what}").format(source=source, what=text)
    if edit.undoes is not None:
        return _tr("undid: {what}").format(what=text)
    if edit.redoes is not None:
        return _tr("redid: {what}").format(what=text)
    if edit.action == "clear":
        return _tr("cleared: {what}").format(what=text)
    return text


def describe_source(edit: Edit) -> str:
    """Return where the decisions of a whole merge or a restored state come from; empty for other edits."""
    if edit.action == MERGE_ACTION:
        return _tr("merged from {file}").format(file=edit.reason)
    if edit.action == RESTORE_ACTION:
        with contextlib.suppress(ValueError):
            when = moment(datetime.fromisoformat(edit.reason), datetime.now().astimezone())
            return _tr("state of {when} restored").format(when=when)
    return ""


def describe_distinct(edit: Edit, class_name: Callable[[str], str], limit: int) -> list[str]:
    """Return the different changes that an edit made or took back, each once, at most `limit`."""
    texts: dict[str, None] = {}
    # A hundred thousand changes are of a few kinds: each kind is described once.
    described: set[tuple[str, str, str]] = set()
    for recorded in edit.changes:
        kind = recorded.field, str(recorded.old), str(recorded.new)
        if kind in described:
            continue
        described.add(kind)
        change = recorded
        if edit.undoes is not None:
            change = replace(change, old=recorded.new, new=recorded.old)
        texts[_describe_change(change, edit, class_name)] = None
        if len(texts) == limit:
            break
    return list(texts)


def _describe_change(change: Change, edit: Edit, class_name: Callable[[str], str]) -> str:
    old, new = change.old, change.new
    if change.path is None:
        return _describe_project_change(change)
    match change.field:
        case "label":
            return _describe_label(old, new, edit, class_name)
        case "removed":
            return _tr("removed") if new is not None else _tr("brought back")
        case "note":
            return _tr("note “{text}”").format(text=_shorten(new)) if new else _tr("note removed")
        case "box":
            return _describe_box(new, edit)
        case "settled":
            return _tr("identified as a moved copy")
    if change.field.startswith(TAG_PREFIX):
        tag = change.field.removeprefix(TAG_PREFIX)
        return (_tr("tag “{tag}”") if new else _tr("tag “{tag}” taken away")).format(
            tag=_shorten(tag)
        )
    if change.field.startswith(CONFLICT_PREFIX):
        return _describe_conflict(change, edit, class_name)
    if change.field.startswith(READING_PREFIX):
        return _describe_second_reading(change.field.rpartition(".")[2], new, class_name)
    return change.field


def _describe_project_change(change: Change) -> str:
    """Return a change of a field of the project."""
    new = change.new
    match change.field:
        case "classes":
            return _tr("classes changed")
        case "sign_off":
            return _tr("signed off") if new else _tr("sign-off withdrawn")
        case "session":
            return _tr("session details changed")
        case "folder_names":
            return _tr("classes of folder names changed")
    if change.field.startswith(DISMISSED_PREFIX):
        return _tr("finding dismissed") if new else _tr("dismissed finding listed again")
    if change.field.startswith(MOVED_PREFIX):
        return _tr("files moved out of the folder") if new else _tr("files moved back")
    if change.field.startswith(ROUND_PREFIX):
        return _describe_round(new)
    return _tr("project details changed")


def _describe_round(new: dict[str, str] | None) -> str:
    if new is None:
        return _tr("second reading removed")
    if new.get("ended"):
        return _tr("second reading ended")
    return _tr("second reading continued") if new.get("resumed") else _tr("second reading started")


def _describe_box(new: dict[str, str | None] | None, edit: Edit) -> str:
    if edit.action == ADD_ACTION:
        return _tr("cell added")
    return _tr("box moved here") if new and new["kind"] else _tr("box moved away")


def _describe_conflict(change: Change, edit: Edit, class_name: Callable[[str], str]) -> str:
    if change.new:
        return _tr("other decision kept until it is settled")
    field = change.field.removeprefix(CONFLICT_PREFIX)
    if any(other.path == change.path and other.field == field for other in edit.changes):
        return _tr("conflict settled")
    # Nothing else says which decision holds.
    others = [
        _tr("{what} of {who}").format(
            what=_describe_value(field, other.get("value"), class_name), who=other.get("who", "")
        )
        for other in change.old or ()
        # Nothing keeps another program from writing anything into a project.
        if isinstance(other, dict)
    ]
    return _tr("conflict settled: decision kept instead of {others}").format(
        others=", ".join(others)
    )


def _describe_value(field: str, value: Any, class_name: Callable[[str], str]) -> str:
    match field, value:
        case "label", None:
            return _tr("no label")
        case "label", _:
            return _tr("not classed") if value == NOT_CLASSED else class_name(str(value))
        case "removed", _:
            return _tr("removed") if value else _tr("in the set")
        case "note", None:
            return _tr("no note")
        case "note", _:
            return _tr("note “{text}”").format(text=_shorten(str(value)))
    return _tr("the other decision")


def _describe_second_reading(name: str, new: Any, class_name: Callable[[str], str]) -> str:
    # Without the class: the first reader is not to see it before the readings are compared.
    match name:
        case "draw":
            return _tr("drawn for a second reading")
        case "settled":
            return _tr("conflict of the readers settled as {name}").format(
                name=_describe_value("label", new, class_name)
            )
        case "note":
            return _tr("note of the second reader")
    return _tr("read again")


def _describe_label(
    old: str | None, new: str | None, edit: Edit, class_name: Callable[[str], str]
) -> str:
    before = _describe_value("label", old, class_name)
    after = _describe_value("label", new, class_name)
    if edit.action == "confirm" and old is None:
        return _tr("confirmed {name}").format(name=after)
    if edit.action == "classes":
        return _tr("{old} merged into {new}").format(old=before, new=after)
    if old is None:
        return after
    return _tr("{old} → {new}").format(old=before, new=after)


def _shorten(note: str) -> str:
    text = " ".join(note.split())
    return text if len(text) <= _MAX_NOTE_CHARS else f"{text[:_MAX_NOTE_CHARS]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
