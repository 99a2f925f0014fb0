"""Sides of a merge: a project file's decisions with their history, and which side's decision prevails."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from engine.project.merged_journal import MERGE_ACTION, EditKey, JournalEdit
from engine.project.tags import is_tag_field
from engine.project.taken_back import RESTORE_ACTION

Place = tuple[int, str]
"""Image row (0: the project) and field."""


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One side of a merge, in terms of this project's image rows.

    `last` is the own edit that gave a field its value, `touching` has all edits of a field with their values,
    `keys` those of the whole journal.
    """

    state: Mapping[Place, str]
    edits: list[JournalEdit]
    last: dict[Place, JournalEdit] = field(default_factory=dict)
    touching: dict[Place, list[tuple[JournalEdit, str | None]]] = field(default_factory=dict)
    keys: set[EditKey] = field(default_factory=set)

    def has_seen(self, edit: JournalEdit | None, place: Place) -> bool:
        """Return whether an edit of a field is in this side's history of the same field."""
        # The same edit may be of another image here, whose file was replaced since.
        return edit is None or any(own.key == edit.key for own, _ in self.touching.get(place, ()))


def read_side(
    state: Mapping[Place, str], edits: list[JournalEdit], taken_back: Collection[int]
) -> MergeSide:
    """Return a side with its state and its journal, indexed by the place of each change.

    Where restoring an earlier state left no decision, the edits that it took back count as never seen. A
    restored decision counts like any other.
    """
    side = MergeSide(state, edits)
    restored: dict[Place, str | None] = {}
    restores = {edit.id for edit in edits if edit.action == RESTORE_ACTION and edit.id > 0}
    for edit in edits:
        if edit.id in restores:
            restored |= {(change.image, change.field): change.new for change in edit.changes}
    emptied = {place for place, value in restored.items() if value is None}
    for edit in edits:
        side.keys.add(edit.key)
        leaves_no_trace = edit.id in taken_back or edit.id in restores
        for change in edit.changes:
            place = (change.image, change.field)
            if leaves_no_trace and place in emptied:
                continue
            side.touching.setdefault(place, []).append((edit, change.new))
            # A merged edit took effect by the merge, which is one of the own edits.
            if edit.id > 0:
                side.last[place] = edit
    return side


def merged_value(own: MergeSide, other: MergeSide, place: Place) -> tuple[str | None, bool]:
    """Return the value of a field after merging, and whether both sides decided it differently.

    A tag is never a conflict: where both sides changed it apart, the image has it.
    """
    mine, theirs = own.state.get(place), other.state.get(place)
    if mine == theirs:
        return mine, False
    my_last, their_last = own.last.get(place), other.last.get(place)
    has_seen_theirs, has_seen_mine = (
        own.has_seen(their_last, place),
        other.has_seen(my_last, place),
    )
    if has_seen_theirs != has_seen_mine:
        return (mine if has_seen_theirs else theirs), False
    if is_tag_field(place[1]):
        return _merged_tag(own, other, place), False
    if has_seen_theirs:
        return mine, True
    base = _last_shared_value(own, other, place)
    if mine == base:
        return theirs, False
    return mine, theirs != base


def _merged_tag(own: MergeSide, other: MergeSide, place: Place) -> str | None:
    """Return the value of a tag that differs: of the side where a person changed it since, else present."""
    mine, theirs = own.state.get(place), other.state.get(place)
    changed_here, changed_there = (
        _is_changed_alone(own, other, place),
        _is_changed_alone(other, own, place),
    )
    if changed_here != changed_there:
        return mine if changed_here else theirs
    return mine or theirs


def _is_changed_alone(side: MergeSide, opposite: MergeSide, place: Place) -> bool:
    # A merge only takes over what a person changed in another file.
    return any(
        edit.action != MERGE_ACTION and not opposite.has_seen(edit, place)
        for edit, _ in side.touching.get(place, ())
    )


def _last_shared_value(own: MergeSide, other: MergeSide, place: Place) -> str | None:
    """Return the value that both sides last had in common."""
    shared = [
        (edit.at, value)
        for side, opposite in ((own, other), (other, own))
        for edit, value in side.touching.get(place, ())
        if opposite.has_seen(edit, place)
    ]
    return max(shared, key=lambda item: item[0])[1] if shared else None
