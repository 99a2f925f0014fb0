"""Bulk outcome: the images that an action on several changes, and those it leaves to the person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from engine.messages import Message
from gui.state.doubtful import doubtful_images

if TYPE_CHECKING:
    from gui.state.image_table import ImageTable

ImageChange = tuple[str, str, Any]
"""Path, field and new value."""


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """Outcome of an action on the selected images, in numbers of images that sum up to `total`.

    Left unchanged were those that were decided so already (`same`) or otherwise (`conflicting`), those that
    the program doubts (`doubtful`) and those without a prediction to confirm (`unpredicted`). `overwrite`
    changes the conflicting ones too, `include_doubtful` the doubtful ones.
    """

    total: int
    changed: int
    same: int
    conflicting: int
    doubtful: int
    unpredicted: int
    overwrite: Callable[[], None]
    include_doubtful: Callable[[], None]

    @property
    def has_question(self) -> bool:
        """True if images were left unchanged that the person may want to change too."""
        return bool(self.conflicting or self.doubtful)


@dataclass(frozen=True, slots=True)
class SplitChanges:
    """The changes of an action on several images, by what the images are like; the same ones left out."""

    free: list[ImageChange] = field(default_factory=list)
    conflicting: list[ImageChange] = field(default_factory=list)
    doubtful: list[ImageChange] = field(default_factory=list)

    def outcome(
        self, total: int, paths: int, apply: Callable[[list[ImageChange]], None]
    ) -> BulkOutcome:
        """Return the outcome of `apply` on the free changes; `paths` of `total` images have a change."""
        conflicting = {path for path, _, _ in self.conflicting}
        changed = {path for path, _, _ in self.free} - conflicting
        doubtful = {path for path, _, _ in self.doubtful} - conflicting
        return BulkOutcome(
            total,
            len(changed),
            paths - len(changed) - len(conflicting) - len(doubtful),
            len(conflicting),
            len(doubtful),
            total - paths,
            lambda: apply(self.conflicting),
            lambda: apply(self.doubtful),
        )


def nothing_to_confirm(table: "ImageTable | None", paths: Sequence[str]) -> Message | None:
    """Return why none of these images has a prediction to confirm, None if one has."""
    if table is None or not len(rows := table.rows(paths)):
        return None
    if (table.predicted_classes()[rows] >= 0).any():
        return None
    is_unreadable = bool(table.column("bad")[rows].all())
    return Message(
        "project.unreadable_prediction" if is_unreadable else "project.no_prediction",
        {"count": len(rows)},
    )


def split_changes(
    table: "ImageTable | None",
    changes: Sequence[ImageChange],
    unsaved: Iterable[Sequence[tuple[str | None, str, Any]]],
    *,
    leaves_doubtful: bool = False,
) -> SplitChanges:
    """Split changes by whether the image has another decision, or is doubted.

    `unsaved` changes count too, although they wait to be saved: the keys may be faster than the disk.
    """
    split = SplitChanges()
    if table is None:
        split.free.extend(changes)
        return split
    label, removed = table.column("label"), table.column("removed")
    doubted = doubtful_images(table) if leaves_doubtful else None
    latest: dict[tuple[str | None, str], Any] = {}
    for path, name, value in chain.from_iterable(unsaved):
        latest[path, name] = value
    for change in changes:
        image_path, name, value = change
        row = table.row(image_path)
        if row is None:
            split.free.append(change)
            continue
        old_label = table.class_id(int(label[row]))
        was_removed = bool(removed[row])
        if latest:
            old_label = latest.get((image_path, "label"), old_label)
            if (image_path, "removed") in latest:
                was_removed = latest[image_path, "removed"] is not None
        if was_removed == (value is not None) if name == "removed" else old_label == value:
            continue
        if old_label is not None or was_removed:
            split.conflicting.append(change)
        elif doubted is not None and doubted[row]:
            split.doubtful.append(change)
        else:
            split.free.append(change)
    return split
