"""Merging of two project files of the same images: a plan to preview, and one edit that carries it out.

Each decision is compared with its history: a file that has seen the other's decision and changed it
since prevails; decisions made apart are taken over where only one side changed anything, and are a
conflict otherwise. Both journals are kept.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.messages import Problem
from engine.project import image_rows, schema
from engine.project.classes import decode_classes, encode_classes, find_class, with_free_letters
from engine.project.conflicts import (
    CONFLICT_PREFIX,
    Conflict,
    OtherDecision,
    decode_others,
    encode_others,
)
from engine.project.connection import open_read_only
from engine.project.decisions import MOVED_PREFIX, Edit, decode_value, encode_value
from engine.project.earlier_state import fields_without_undo, insert_absent
from engine.project.image_matching import match_images
from engine.project.image_rows import ImageRow
from engine.project.journal import JournalEntry, StoredChange
from engine.project.merged_journal import (
    MERGE_ACTION,
    EditKey,
    JournalEdit,
    append_journal,
    read_journal,
)
from engine.project.metadata import read_entry
from engine.project.project import Project
from engine.project.sqlite_errors import display_path, sqlite_errors_as_problems

MERGED_PREFIX = "merged."
"""Prefix of project fields that count the edits merged from another project; its id follows."""

_OWN_FIELDS = ("name", "sign_off", "session", "settled")
"""Fields that each file keeps for itself."""

_Place = tuple[int, str]
"""Image row (0: the project) and field."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Outcome of a merge, in images: decisions taken over, those on both sides, conflicts.

    `edits` are new to this project's journal. `absent` images are decided only in the other file and
    not in this folder; their decisions are kept until the images are there.
    """

    taken: int
    same: int
    conflicts: tuple[Conflict, ...]
    absent: int
    edits: int


@dataclass(frozen=True, slots=True)
class _File:
    """One side of a merge, in terms of this project's image rows."""

    state: Mapping[_Place, str]
    edits: list[JournalEdit]
    last: dict[_Place, JournalEdit] = field(default_factory=dict)
    touching: dict[_Place, list[tuple[JournalEdit, str | None]]] = field(default_factory=dict)
    keys: set[EditKey] = field(default_factory=set)


def plan_merge(project: Project, other: Path) -> MergePlan:
    """Return what merging another project file would do; raises `Problem` (`merge.*`, `project.*`)."""
    with _open_other(project, other) as source, project.snapshot() as database:
        return _Merge(database, source, other).plan()


def merge(project: Project, other: Path, who: str) -> Edit | None:
    """Merge another project file as one edit, after a backup; None if this one has it all already.

    The other file is not changed. Conflicts are for `read_conflicts` and `settle`. Raises `Problem`
    (`merge.*`, `project.*`, `backup.*`), after which nothing has changed.
    """
    project.back_up("merge")
    with _open_other(project, other) as source:
        merges: list[_Merge] = []

        def changes(database: sqlite3.Connection) -> list[StoredChange]:
            merges.append(_Merge(database, source, other))
            return merges[-1].write()

        def then(database: sqlite3.Connection, edit: Edit) -> None:
            merges[-1].append_journal(database, edit.id)

        return project.apply_stored(JournalEntry(MERGE_ACTION, who, other.name), changes, then)


@contextlib.contextmanager
def _open_other(project: Project, other: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.suppress(OSError):
        if other.samefile(project.file):
            raise Problem("merge.same_file", file=display_path(other))
    if not other.is_file():
        raise Problem("project.missing", file=display_path(other))
    with (
        sqlite_errors_as_problems(other),
        contextlib.closing(open_read_only(other)[0]) as source,
    ):
        source.execute("BEGIN")
        schema.read_version(source, other)
        yield source


class _Merge:
    """One comparison of two open project files; `write` inserts the images that only the other has."""

    def __init__(
        self, database: sqlite3.Connection, source: sqlite3.Connection, other: Path
    ) -> None:
        self._database = database
        self._source_id = str(read_entry(source, "id"))
        own_rows, other_rows = image_rows.read_rows(database), image_rows.read_rows(source)
        edits = read_journal(source)
        self._paths = {row.id: row.path for row in own_rows}
        decided = {change.image for edit in edits for change in edit.changes} - {0}
        rows = {row.id: row for row in other_rows}
        self._images = {0: 0} | match_images(own_rows, other_rows)
        if decided and own_rows and len(self._images) == 1:
            raise Problem("merge.other_images", file=display_path(other))
        # New images get their rows only when the merge is carried out.
        self._absent: dict[int, ImageRow] = {}
        for image in sorted(decided - self._images.keys()):
            self._images[image] = -image
            self._absent[-image] = rows[image]
        self._own = _read_file(_states(database), read_journal(database))
        self._other = _read_file(
            {(self._images[image], name): value for (image, name), value in _states(source).items()
             if image in self._images},
            [_with_images(edit, self._images) for edit in edits],
        )  # fmt: skip
        self._new_edits = [edit for edit in edits if edit.key not in self._own.keys]
        self._excluded = fields_without_undo(database) | fields_without_undo(source)
        self._changes: dict[_Place, str | None] = {}
        self._conflicts: dict[_Place, Conflict] = {}
        self._compare()

    def plan(self) -> MergePlan:
        """Return the outcome in numbers of images."""
        decisions = {place for place in self._changes if not place[1].startswith(MERGED_PREFIX)}
        conflicting = {image for image, _ in self._conflicts}
        taken = {image for image, name in decisions if not name.startswith(CONFLICT_PREFIX)}
        same = {
            image
            for (image, name), value in self._other.state.items()
            if image and self._own.state.get((image, name)) == value
        }
        changed = taken | conflicting
        return MergePlan(
            taken=len(taken - {0}),
            same=len(same - changed),
            conflicts=tuple(sorted(self._conflicts.values(), key=lambda c: (c.path, c.field))),
            absent=len({image for image, _ in decisions} & self._absent.keys()),
            edits=len(self._new_edits),
        )

    def write(self) -> list[StoredChange]:
        """Insert the rows of new images; return the changes."""
        ids = {image: insert_absent(self._database, row) for image, row in self._absent.items()}
        self._images = {other: ids.get(own, own) for other, own in self._images.items()}
        return [
            (ids.get(image, image), name, value) for (image, name), value in self._changes.items()
        ]

    def append_journal(self, database: sqlite3.Connection, merge_id: int) -> None:
        """Keep the other file's edits that this one did not have."""
        own_ids = {edit.key: edit.id for edit in self._own.edits}
        shared = {edit.id: own_ids[edit.key] for edit in self._other.edits if edit.key in own_ids}
        append_journal(database, merge_id, self._new_edits, self._images, shared)

    def _compare(self) -> None:
        own, other = self._own, self._other
        places = own.state.keys() | other.state.keys() | other.last.keys()
        # Decisions first, because what is left of a conflict depends on them.
        for place in sorted(
            places, key=lambda place: (place[1].startswith(CONFLICT_PREFIX), place)
        ):
            image, name = place
            if name in _OWN_FIELDS or (not image and self._is_local(name)):
                continue
            if name.startswith(CONFLICT_PREFIX):
                self._merge_others(place)
                continue
            value, is_conflict = _outcome(own, other, place)
            if not is_conflict and not (image and self._is_open_conflict(place, value)):
                self._set(place, value)
            elif not image:
                if name == "classes":
                    self._set(place, _united_classes(own.state[place], other.state[place]))
            else:
                self._add_conflict(place)
        if self._new_edits:
            last = self._new_edits[-1]
            merged = encode_value({"edits": len(other.edits), "last": last.at})
            self._set((0, f"{MERGED_PREFIX}{self._source_id}"), merged)

    def _is_local(self, name: str) -> bool:
        return name in self._excluded or name.startswith((MOVED_PREFIX, MERGED_PREFIX))

    def _is_open_conflict(self, place: _Place, value: str | None) -> bool:
        """Return whether the other file would prevail with a value beside which it still keeps the own one."""
        mine = self._own.state.get(place)
        stored = self._other.state.get((place[0], f"{CONFLICT_PREFIX}{place[1]}"))
        return value != mine and any(
            other.value == decode_value(mine) for other in decode_others(stored)
        )

    def _set(self, place: _Place, value: str | None) -> None:
        if self._own.state.get(place) != value:
            self._changes[place] = value
        else:
            self._changes.pop(place, None)

    def _add_conflict(self, place: _Place) -> None:
        image, name = place
        edit = self._other.last[place]
        theirs = OtherDecision(decode_value(self._other.state.get(place)), edit.who, edit.at)
        present = decode_value(self._own.state.get(place))
        conflict_place = (image, f"{CONFLICT_PREFIX}{name}")
        stored = self._changes.get(conflict_place, self._own.state.get(conflict_place))
        others = encode_others([*decode_others(stored), theirs], present)
        self._set(conflict_place, others)
        path = self._paths.get(image, "")
        self._conflicts[place] = Conflict(path, name, present, (theirs,))

    def _merge_others(self, place: _Place) -> None:
        image, name = place[0], place[1].removeprefix(CONFLICT_PREFIX)
        value, is_conflict = _outcome(self._own, self._other, place)
        others = list(decode_others(value))
        if is_conflict:
            others += decode_others(self._other.state.get(place))
        if (image, name) in self._conflicts:
            others += self._conflicts[image, name].others
        present = self._changes.get((image, name), self._own.state.get((image, name)))
        self._set(place, encode_others(others, decode_value(present)))


def _outcome(own: _File, other: _File, place: _Place) -> tuple[str | None, bool]:
    """Return the value of a field after merging, and whether both sides decided it differently."""
    mine, theirs = own.state.get(place), other.state.get(place)
    if mine == theirs:
        return mine, False
    my_last, their_last = own.last.get(place), other.last.get(place)
    has_seen_theirs = their_last is None or their_last.key in own.keys
    has_seen_mine = my_last is None or my_last.key in other.keys
    if has_seen_theirs != has_seen_mine:
        return (mine if has_seen_theirs else theirs), False
    if has_seen_theirs:
        return mine, True
    base = _last_shared_value(own, other, place)
    if mine == base:
        return theirs, False
    return mine, theirs != base


def _last_shared_value(own: _File, other: _File, place: _Place) -> str | None:
    """Return the value that both sides last had in common."""
    shared = [
        (edit.at, value)
        for side, opposite in ((own, other), (other, own))
        for edit, value in side.touching.get(place, ())
        if edit.key in opposite.keys
    ]
    return max(shared, key=lambda item: item[0])[1] if shared else None


def _united_classes(own: str, other: str) -> str | None:
    classes = list(decode_classes(decode_value(own)))
    classes += [
        entry for entry in decode_classes(decode_value(other)) if not find_class(classes, entry.id)
    ]
    return encode_value(encode_classes(with_free_letters(classes, ())))


def _read_file(state: Mapping[_Place, str], edits: list[JournalEdit]) -> _File:
    file = _File(state, edits)
    for edit in edits:
        file.keys.add(edit.key)
        for change in edit.changes:
            place = (change.image, change.field)
            file.touching.setdefault(place, []).append((edit, change.new))
            # A merged edit took effect by the merge, which is one of the own edits.
            if edit.id > 0:
                file.last[place] = edit
    return file


def _states(database: sqlite3.Connection) -> dict[_Place, str]:
    return {
        (image, name): value
        for image, name, value in database.execute("SELECT image, field, value FROM state")
    }


def _with_images(edit: JournalEdit, images: Mapping[int, int]) -> JournalEdit:
    changes = (change._replace(image=images[change.image]) for change in edit.changes)
    return replace(edit, changes=tuple(changes))
