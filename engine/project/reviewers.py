"""Who decided what in a project, how much, and how many images at once, from its journal."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """What one person did: images touched, edits made (undone ones too), first and last time (ISO 8601)."""

    who: str
    images: int
    edits: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Given:
    """How an image came to the class that it has: by which action, and how many images had theirs by it."""

    action: str
    images: int

    @property
    def alone(self) -> bool:
        """Whether a person decided on this image and on no other."""
        return self.images == 1

    @property
    def confirmed_together(self) -> bool:
        """Whether what the model said was taken over for several images at once."""
        return self.action == "confirm" and not self.alone


def read_shares(database: sqlite3.Connection) -> list[Share]:
    """Return what each person did to the images that are there, who did most first."""
    rows = database.execute(
        "SELECT who, count(DISTINCT change.image), count(DISTINCT edit.id), min(at), max(at) "
        "FROM edit JOIN change ON change.edit = edit.id JOIN image ON image.id = change.image "
        "WHERE image.id > 0 AND present GROUP BY who ORDER BY 2 DESC, who"
    )
    return [Share(*row) for row in rows]


def read_last(database: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Return, by image, who changed its class or removal last, and when (ISO 8601)."""
    # With max() SQLite takes the other columns from the row that has it.
    rows = database.execute(
        "SELECT image, who, at, max(edit.id) FROM change JOIN edit ON edit.id = change.edit "
        "WHERE image > 0 AND field IN ('label', 'removed') GROUP BY image"
    )
    return {image: (who, at) for image, who, at, _ in rows}


def read_given(database: sqlite3.Connection) -> dict[int, Given]:
    """Return, by image, how it came to its class; merging classes gives none, and undo the one before."""
    rows = database.execute(
        "SELECT image, edit.id, action, undoes, redoes, images FROM change "
        "JOIN edit ON edit.id = change.edit "
        "JOIN (SELECT edit, count(*) AS images FROM change WHERE image > 0 AND field = 'label' "
        "GROUP BY edit) AS together ON together.edit = change.edit "
        "WHERE image > 0 AND field = 'label' AND action != 'classes' ORDER BY edit.id"
    )
    stacks: dict[int, list[tuple[int, Given]]] = {}
    for image, edit, action, undoes, redoes, images in rows:
        stack = stacks.setdefault(image, [])
        if undoes is None:
            stack.append((redoes or edit, Given(action, images)))
        elif stack and stack[-1][0] == undoes:
            stack.pop()
    return {image: stack[-1][1] for image, stack in stacks.items() if stack}
