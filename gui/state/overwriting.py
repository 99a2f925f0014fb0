"""Overwriting: decisions on several images that would replace those of a person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gui.state.image_table import ImageTable

ImageChange = tuple[str, str, Any]
"""Path, field and new value."""


@dataclass(frozen=True, slots=True)
class OverwriteConflict:
    """Images that an action on several images left unchanged, because a person had decided otherwise.

    Of `total` images, `changed` were changed and `conflicting` were not; `apply` changes these too.
    """

    total: int
    changed: int
    conflicting: int
    apply: Callable[[], None]


def split_by_conflict(
    table: "ImageTable | None",
    changes: Sequence[ImageChange],
    unsaved: Iterable[Sequence[tuple[str | None, str, Any]]],
) -> tuple[list[ImageChange], list[ImageChange]]:
    """Return the changes without and with a conflicting decision.

    `unsaved` changes count too, although they wait to be saved: the keys may be faster than the disk.
    """
    if table is None:
        return list(changes), []
    label, removed = table.column("label"), table.column("removed")
    latest: dict[tuple[str | None, str], Any] = {}
    for path, field, value in chain.from_iterable(unsaved):
        latest[path, field] = value
    free: list[ImageChange] = []
    decided: list[ImageChange] = []
    for change in changes:
        image_path, field, value = change
        row = table.row(image_path)
        if row is None:
            free.append(change)
            continue
        old_label = table.class_id(int(label[row]))
        was_removed = bool(removed[row])
        if latest:
            old_label = latest.get((image_path, "label"), old_label)
            if (image_path, "removed") in latest:
                was_removed = latest[image_path, "removed"] is not None
        if old_label is None and not was_removed:
            free.append(change)
        elif field == "removed":
            if was_removed != (value is not None):
                decided.append(change)
        elif old_label != value:
            decided.append(change)
    return free, decided
