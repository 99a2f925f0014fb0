"""Comparison of two project files: what a merge takes over, and the conflicts that it leaves."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.messages import Problem
from engine.project import image_rows
from engine.project.classes import decode_classes, encode_classes, find_class, with_free_letters
from engine.project.conflicts import (
    Conflict,
    OtherDecision,
    decode_others,
    encode_others,
)
from engine.project.decisions import (
    CONFLICT_PREFIX,
    MERGED_PREFIX,
    MOVED_PREFIX,
    decode_value,
    encode_value,
)
from engine.project.earlier_state import fields_without_undo, insert_absent
from engine.project.image_matching import match_images
from engine.project.image_rows import ImageRow
from engine.project.journal import StoredChange
from engine.project.merge_sides import Place, merged_value, read_side
from engine.project.merge_source import MergeSource, read_state
from engine.project.merged_journal import JournalEdit, append_journal, read_journal
from engine.project.project_title import project_title
from engine.project.taken_back import edits_taken_back

_OWN_FIELDS = ("name", "sign_off", "session", "settled")
"""Fields that each file keeps for itself."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Outcome of a merge, in images: decisions taken over, those on both sides, conflicts.

    `edits` are new to this project's journal. `absent` images are decided only in the other file and
    not in this folder; their decisions are kept until the images are there. `is_empty`: nothing would change.
    """

    taken: int
    same: int
    conflicts: tuple[Conflict, ...]
    absent: int
    edits: int
    is_empty: bool


class MergeComparison:
    """One comparison of a project file with another; `write` inserts the images that only the other has."""

    def __init__(self, database: sqlite3.Connection, source: MergeSource, other: Path) -> None:
        self._database = database
        self._source_id = source.id
        own_rows, edits = image_rows.read_rows(database), source.edits
        self._paths = {row.id: row.path for row in own_rows}
        decided = {change.image for edit in edits for change in edit.changes} - {0}
        self._images = {0: 0} | match_images(own_rows, list(source.rows.values()))
        if decided and own_rows and len(self._images) == 1:
            raise Problem("merge.other_images", file=project_title(other))
        unhashed = {row.id for row in own_rows if row.content is None}
        self._hashes = [
            (source.rows[row].content, own)
            for row, own in self._images.items()
            if own in unhashed and source.rows[row].content is not None
        ]
        # New images get their rows only when the merge is carried out.
        self._absent: dict[int, ImageRow] = {}
        for image in sorted(decided - self._images.keys()):
            self._images[image] = -image
            self._absent[-image] = source.rows[image]
        self._own = read_side(
            read_state(database), read_journal(database), edits_taken_back(database)
        )
        self._other = read_side(
            {(self._images[image], name): value for (image, name), value in source.state.items()
             if image in self._images},
            [_with_images(edit, self._images) for edit in edits],
            source.taken_back,
        )  # fmt: skip
        self._new_edits = [edit for edit in edits if edit.key not in self._own.keys]
        self._excluded = fields_without_undo(database) | source.excluded
        self._changes: dict[Place, str | None] = {}
        self._conflicts: dict[Place, Conflict] = {}
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
            is_empty=not self._changes,
        )

    def write(self) -> list[StoredChange]:
        """Insert the rows of new images, and hashes that only the other file has; return the changes."""
        # By its hash an image is found again after it was copied once more. Hashing the folder checks it.
        self._database.executemany("UPDATE image SET content = ? WHERE id = ?", self._hashes)
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
            value, is_conflict = merged_value(own, other, place)
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

    def _is_open_conflict(self, place: Place, value: str | None) -> bool:
        """Return whether the other file would prevail with a value beside which it still keeps the own one."""
        mine = self._own.state.get(place)
        stored = self._other.state.get((place[0], f"{CONFLICT_PREFIX}{place[1]}"))
        return value != mine and any(
            other.value == decode_value(mine) for other in decode_others(stored)
        )

    def _set(self, place: Place, value: str | None) -> None:
        if self._own.state.get(place) != value:
            self._changes[place] = value
        else:
            self._changes.pop(place, None)

    def _add_conflict(self, place: Place) -> None:
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

    def _merge_others(self, place: Place) -> None:
        image, name = place[0], place[1].removeprefix(CONFLICT_PREFIX)
        value, is_conflict = merged_value(self._own, self._other, place)
        others = list(decode_others(value))
        if is_conflict:
            others += decode_others(self._other.state.get(place))
        if (image, name) in self._conflicts:
            others += self._conflicts[image, name].others
        present = self._changes.get((image, name), self._own.state.get((image, name)))
        self._set(place, encode_others(others, decode_value(present)))


def _united_classes(own: str, other: str) -> str | None:
    classes = list(decode_classes(decode_value(own)))
    classes += [
        entry for entry in decode_classes(decode_value(other)) if not find_class(classes, entry.id)
    ]
    return encode_value(encode_classes(with_free_letters(classes, ())))


def _with_images(edit: JournalEdit, images: Mapping[int, int]) -> JournalEdit:
    changes = (change._replace(image=images[change.image]) for change in edit.changes)
    return replace(edit, changes=tuple(changes))
