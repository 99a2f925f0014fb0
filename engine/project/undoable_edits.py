"""Undoable edits of an open project: the journal and the undo stack, which change together."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.project import journal
from engine.project.decisions import ACTIONS_WITHOUT_UNDO, Edit
from engine.project.journal import JournalEntry
from engine.project.store import Store


@dataclass(slots=True)
class UndoStack:
    """Ids of the edits that can be undone and redone, the next one last; derived from the journal."""

    undo: list[int] = field(default_factory=list)
    redo: list[int] = field(default_factory=list)

    def push(self, edit: int, undoes: int | None, redoes: int | None) -> None:
        """Add one edit."""
        if undoes is not None:
            self.undo.pop()
            self.redo.append(undoes)
        elif redoes is not None:
            self.redo.pop()
            self.undo.append(redoes)
        else:
            self.undo.append(edit)
            self.redo.clear()


class UndoableEdits:
    """The edits of one store, and which of them undo and redo apply to; safe from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stack = UndoStack()
        if not store.read_only:
            with store.read_connection() as database:
                self._stack = _read_undo_stack(database)

    def append(self, write: Callable[[sqlite3.Connection], Edit | None]) -> Edit | None:
        """Append the edit that `write` makes inside a transaction; None if nothing changes."""
        with self._store.exclusive_lock():
            with self._store.write_transaction() as database:
                edit = write(database)
            if edit and edit.action not in ACTIONS_WITHOUT_UNDO:
                self._stack.push(edit.id, edit.undoes, edit.redoes)
            return edit

    def undo(self, who: str) -> Edit | None:
        """Append the inverse of the last edit; None if there is nothing to undo."""
        return self._append_inverse(who, self._stack.undo, "undoes")

    def redo(self, who: str) -> Edit | None:
        """Append again the edit that was undone last; None if there is nothing to redo."""
        return self._append_inverse(who, self._stack.redo, "redoes")

    def next_undo(self) -> Edit | None:
        """Return the edit that `undo` would undo, without its changes."""
        return self._peek(self._stack.undo)

    def next_redo(self) -> Edit | None:
        """Return the edit that `redo` would redo, without its changes."""
        return self._peek(self._stack.redo)

    def _append_inverse(self, who: str, stack: list[int], direction: str) -> Edit | None:
        def write(database: sqlite3.Connection) -> Edit:
            last = journal.read_edit_header(database, stack[-1])
            entry = JournalEntry(last.action, who, last.reason, last.model, **{direction: last.id})
            return journal.append_inverse(database, entry)

        with self._store.exclusive_lock():
            return self.append(write) if stack else None

    def _peek(self, stack: list[int]) -> Edit | None:
        with self._store.read_connection() as database:
            return journal.read_edit_header(database, stack[-1]) if stack else None


def _read_undo_stack(database: sqlite3.Connection) -> UndoStack:
    """Return the stack that follows from the journal."""
    stack = UndoStack()
    for action, *row in database.execute("SELECT action, id, undoes, redoes FROM edit ORDER BY id"):
        if action not in ACTIONS_WITHOUT_UNDO:
            stack.push(*row)
    return stack
