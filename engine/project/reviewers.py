"""Reviewer activity, read from a project's journal: who decided what, and how many images at once."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from engine.damaged_data import decoding
from engine.project.decisions import BULK_REASON
from engine.project.merged_journal import deciding_changes
from engine.project.standing_changes import read_standing_change


@dataclass(frozen=True, slots=True)
class ReviewerActivity:
    """One person's activity: images edited, edits (undone ones too), first and last time (ISO 8601)."""

    who: str
    images: int
    edits: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class LastEdit:
    """The last edit of a project: by whom, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LabelOrigin:
    """Origin of an image's class: the action, and the number of images that the edit labelled.

    `in_bulk`: several images were selected, although the edit may have labelled one of them only.
    """

    action: str
    images: int
    in_bulk: bool = False

    @property
    def is_single(self) -> bool:
        """True if a person labelled this image alone."""
        return self.images == 1 and not self.in_bulk

    @property
    def is_bulk_confirmed(self) -> bool:
        """True if model predictions were confirmed for several images at once."""
        return self.action == "confirm" and not self.is_single


def read_activity(database: sqlite3.Connection) -> list[ReviewerActivity]:
    """Return each person's activity on present images, most active first."""
    rows = database.execute(
        "SELECT who, count(DISTINCT image), count(DISTINCT edit), min(at), max(at) "
        f"FROM {deciding_changes(database)} JOIN image ON image.id = image "
        # A second reading changes no decision, and starting it draws every image.
        "WHERE present AND substr(field, 1, 7) != 'second.' GROUP BY who ORDER BY 2 DESC, who"
    )
    return [ReviewerActivity(*row) for row in rows]


def read_last_edit(database: sqlite3.Connection) -> LastEdit | None:
    """Return the last edit of a project, undo and redo included; None before the first."""
    row = database.execute("SELECT who, at FROM edit ORDER BY id DESC LIMIT 1").fetchone()
    with decoding():
        return LastEdit(str(row[0]), datetime.fromisoformat(row[1])) if row else None


def read_last_reviews(database: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Return, by image id, who last changed its class or removal, and when (ISO 8601); undo restores."""
    reviews: dict[int, tuple[str, str]] = {}
    for field in ("label", "removed"):
        for image, change in read_standing_change(database, field).items():
            if image not in reviews or change.at > reviews[image][1]:
                reviews[image] = (change.who, change.at)
    return reviews


def read_label_authors(database: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Return, by image id, who gave it its class, and when (ISO 8601); merging classes does not count."""
    return {
        image: (change.who, change.at)
        for image, change in read_standing_change(database, "label", without="classes").items()
        if change.new is not None
    }


def read_label_origins(database: sqlite3.Connection) -> dict[int, LabelOrigin]:
    """Return, by image id, how it got its class; merging classes does not count, undo restores."""
    return {
        image: LabelOrigin(change.action, change.images, change.reason == BULK_REASON)
        for image, change in read_standing_change(database, "label", without="classes").items()
    }
