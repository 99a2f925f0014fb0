"""A project: what a person decided about the images of a folder, kept in one file."""

import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from engine.jobs import Job
from engine.messages import Message, Problem
from engine.project import about, journal, rows
from engine.project.failures import shown
from engine.project.fingerprint import Fit, Sampler
from engine.project.folder import Folder
from engine.project.journal import Entry, Stack
from engine.project.links import Links
from engine.project.reviewers import Given, Share, read_given, read_last, read_shares
from engine.project.store import Store
from engine.project.values import (
    DISMISSED,
    MOVED,
    STAYS,
    Decision,
    Edit,
    from_json,
    to_bytes,
    to_path,
)

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

SUFFIX = ".bloodbench"

_NOTHING = Decision()


class Project:
    """One open project; safe from any thread, and a context manager.

    What is decided is on the disk when a method returns. `read_only` says why nothing can be
    changed, where that is so. Images are named by their path in the folder that was linked last.
    """

    def __init__(self, store: Store) -> None:
        """Take over an open store; `open` and `create` make projects."""
        self.file = store.file
        self.read_only: Message | None = store.read_only
        self._store = store
        self._folder = Folder(store)
        try:
            with store.looking() as database:
                self.id = about.get(database, "id")
                self._stack = Stack() if store.read_only else journal.read_stack(database)
        except BaseException:
            store.close()
            raise

    @classmethod
    def open(cls, file: Path) -> "Project":
        """Open a project's file; raises `Problem` (`project.*`)."""
        return cls(Store(file))

    @classmethod
    def create(cls, file: Path, name: str) -> "Project":
        """Make a new project's file, which must not exist; raises `Problem` (`project.*`)."""
        if file.exists():
            raise Problem("project.exists", file=shown(file))
        now = datetime.now(UTC).isoformat()
        return cls(Store.create(file, {"id": _id(file), "name": name, "created": now}))

    def __enter__(self) -> "Project":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What the project is called."""
        with self._store.looking() as database:
            return about.name(database)

    def get(self, field: str, default: Any = None) -> Any:
        """Return a field of the project itself, such as `classes`."""
        with self._store.looking() as database:
            row = database.execute(
                "SELECT value FROM state WHERE image = 0 AND field = ?", (field,)
            ).fetchone()
            return from_json(row[0]) if row else default

    def dismissed(self) -> frozenset[str]:
        """Return the keys of the findings that a person dismissed."""
        return frozenset(self._named(DISMISSED))

    def moved(self) -> dict[str, Any]:
        """Return what was moved out of the folder and not back, each by the name of its move."""
        return self._named(MOVED)

    def decisions(self) -> dict[str, Decision]:
        """Return what is decided, by path, of the images that are there and have something decided."""
        with self._store.snapshot() as database:
            states = rows.read_states(database)
            paths = self._paths(database)
            # Of a hundred thousand decisions most are alike.
            alike: dict[tuple[tuple[str, str], ...], Decision] = {}
            found: dict[str, Decision] = {}
            for image, state in states.items():
                if image in paths:
                    key = tuple(state.items())
                    if key not in alike:
                        alike[key] = rows.decision(state)
                    if alike[key] != _NOTHING:
                        found[paths[image]] = alike[key]
            return found

    def apply(
        self,
        action: str,
        changes: Iterable[tuple[str | None, str, Any]],
        *,
        who: str,
        reason: str = "",
        model: str | None = None,
    ) -> Edit | None:
        """Change fields, all or none, as one edit; None if nothing is other than before.

        A change is path (None: the project), field, new value (None: take it away). Raises
        `Problem` (`project.*`), after which everything is as it was.
        """
        entry = Entry(action, who, reason, model)
        with self._store.alone():
            with self._store.writing() as database:
                edit = journal.append(database, entry, changes, self._folder.stamp)
            if edit and action not in STAYS:
                self._stack.push(edit.id, None, None)
            return edit

    def undo(self, who: str) -> Edit | None:
        """Take back the last edit that stands, with an edit that is returned; None if there is none.

        Raises `Problem` (`project.*`), after which everything is as it was.
        """
        return self._turn_back(who, self._stack.undo, "undoes")

    def redo(self, who: str) -> Edit | None:
        """Make the edit again that was undone last; like `undo`."""
        return self._turn_back(who, self._stack.redo, "redoes")

    def next_undo(self) -> Edit | None:
        """Return the edit that `undo` would take back, without its changes."""
        return self._next(self._stack.undo)

    def next_redo(self) -> Edit | None:
        """Return the edit that `redo` would make again, without its changes."""
        return self._next(self._stack.redo)

    def history(self, path: str | None) -> list[Edit]:
        """Return the edits of an image (None: of the project), newest first, with its changes alone."""
        with self._store.looking() as database:
            image = 0 if path is None else self._image(database, path)
            return [] if image is None else journal.history(database, image, path)

    def reviewers(self) -> list[Share]:
        """Return what each person did to the images that are there, who did most first."""
        with self._store.snapshot() as database:
            return read_shares(database)

    def last(self) -> dict[str, tuple[str, str]]:
        """Return who decided on an image last and when (ISO 8601), by path, of the images that are there."""
        with self._store.snapshot() as database:
            found, paths = read_last(database), self._paths(database)
        return {paths[image]: last for image, last in found.items() if image in paths}

    def given(self) -> dict[str, Given]:
        """Return how images came to their class, by path, of the images that are there."""
        with self._store.snapshot() as database:
            found, paths = read_given(database), self._paths(database)
        return {paths[image]: given for image, given in found.items() if image in paths}

    def link(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> Links:
        """Find the project's images in a folder, once it is scanned; decisions follow them.

        Quick where little changed: only what changed is read. A label given before this is of the
        folder that was linked before. Raises `Cancelled` and `Problem` (`project.*`).
        """
        links = self._folder.link(job, source, records)
        if not self.read_only:
            self.note_folder(job, source, records)
        return links

    def confirm(self, job: Job, source: "Source") -> Links:
        """Hash all that was linked, in the background, and correct what turns out another image.

        `same` counts what was confirmed. Ends early if the folder is linked again. Raises
        `Cancelled` and `Problem` (`project.*`).
        """
        return self._folder.confirm(job, source)

    def settle(self, path: str, image: int | None, *, who: str) -> Edit | None:
        """Give an ambiguous image the decisions of the candidate `image`, or of none of them."""
        with self._store.looking() as database:
            state = rows.read_state(database, image) if image else {}
        values = {name: from_json(value) for name, value in state.items()} | {"settled": True}
        return self.apply("settle", [(path, name, new) for name, new in values.items()], who=who)

    def note_folder(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> None:
        """Keep by what the folder is known again, and that it was opened now; `link` does so too."""
        sample = Sampler(job, source, records).sample()
        with self._store.writing() as database:
            about.put(database, about.opened(source.root, sample))

    def suits(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> Fit:
        """Return how much of the project's sample is among the images of a folder."""
        with self._store.looking() as database:
            sample = about.sample(database)
        return Sampler(job, source, records).fit(sample)

    def save_copy(self, file: Path) -> None:
        """Write the whole project as one new file; raises `Problem`."""
        self._store.copy_to(file)

    def close(self) -> None:
        """Let go of the file; there is nothing to save."""
        self._store.close()

    def _paths(self, database: sqlite3.Connection) -> Mapping[int, str]:
        """Return the paths of the images that are there and have something decided."""
        if self._folder.view is not None:
            return self._folder.view
        decided = "SELECT id, path FROM image WHERE present AND id IN (SELECT image FROM state)"
        return {number: to_path(path) for number, path in database.execute(decided)}

    def _named(self, prefix: str) -> dict[str, Any]:
        """Return the project's fields whose names begin with a prefix, without it."""
        with self._store.looking() as database:
            fields = database.execute(
                "SELECT field, value FROM state WHERE image = 0 AND substr(field, 1, ?) = ?",
                (len(prefix), prefix),
            ).fetchall()
            return {field.removeprefix(prefix): from_json(value) for field, value in fields}

    def _turn_back(self, who: str, stack: list[int], how: str) -> Edit | None:
        with self._store.alone():
            if not stack:
                return None
            with self._store.writing() as database:
                last = journal.head(database, stack[-1])
                entry = Entry(last.action, who, last.reason, last.model, **{how: last.id})
                edit = journal.append_inverse(database, entry)
            self._stack.push(edit.id, edit.undoes, edit.redoes)
            return edit

    def _next(self, stack: list[int]) -> Edit | None:
        with self._store.looking() as database:
            return journal.head(database, stack[-1]) if stack else None

    def _image(self, database: sqlite3.Connection, path: str) -> int | None:
        if (view := self._folder.view) is not None:
            return next((image for image, at in view.items() if at == path), None)
        row = database.execute(
            "SELECT id FROM image WHERE path = ? AND present", (to_bytes(path),)
        ).fetchone()
        return row[0] if row else None


def _id(file: Path) -> str:
    # In a library a file is called by its project's id.
    try:
        return str(uuid.UUID(file.stem))
    except ValueError:
        return str(uuid.uuid4())
