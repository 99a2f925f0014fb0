"""Project: what a person decided about the images of a folder, stored in one file."""

import contextlib
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.closing import Closing
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.project import backups, folder_sample, image_rows, journal, metadata, stored_fields
from engine.project.decisions import (
    DISMISSED_PREFIX,
    MOVED_PREFIX,
    SETTLED_FIELD,
    Decision,
    Edit,
    decode_value,
)
from engine.project.fingerprint import SampleMatch
from engine.project.journal import JournalEntry, StoredChange
from engine.project.link_result import LinkResult
from engine.project.linked_folder import LinkedFolder
from engine.project.project_title import title_in_library
from engine.project.reviewers import (
    LabelOrigin,
    ReviewerActivity,
    read_activity,
    read_label_authors,
    read_label_origins,
    read_last_reviews,
)
from engine.project.store import Store
from engine.project.undoable_edits import UndoableEdits
from engine.text import display_path, to_printable

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

SUFFIX = ".bloodbench"


class Project(Closing):
    """One open project; a context manager, safe from any thread.

    Changes are on the disk when a method returns. `read_only` says why the project cannot be changed,
    None if it can. Images are named by their path in the folder that was last linked.
    """

    def __init__(self, store: Store) -> None:
        """Take over an open store; use `open` or `create` instead."""
        self.file = store.file
        self.read_only: Message | None = store.read_only
        self._store = store
        self._folder = LinkedFolder(store)
        try:
            with store.read_connection() as database:
                self.id = metadata.read_entry(database, "id")
            self._edits = UndoableEdits(store)
        except BaseException:
            store.close()
            raise

    @classmethod
    def open(cls, file: Path) -> "Project":
        """Open a project file; raises `Problem` (`project.*`)."""
        return cls(Store(file))

    @classmethod
    def open_to_read(cls, file: Path) -> "Project":
        """Open a project file without locking or changing it; raises `Problem` (`project.*`)."""
        return cls(Store(file, for_reading=True))

    @classmethod
    def create(cls, file: Path, name: str) -> "Project":
        """Create a project in a new file; raises `Problem` (`project.*`)."""
        if file.exists():
            raise Problem("project.exists", file=display_path(file))
        now = datetime.now(UTC).isoformat()
        return cls(Store.create(file, {"id": _id(file), "name": name, "created": now}))

    @property
    def name(self) -> str:
        """The project's name."""
        with self._store.read_connection() as database:
            return metadata.read_name(database)

    def get(self, field: str, default: Any = None) -> Any:
        """Return a field of the project itself (such as `classes`), `default` where it is not set.

        Raises `DamagedData` where a value has a type that this program never stores.
        """
        with self._store.read_connection() as database:
            return stored_fields.read_field(database, field, default)

    def dismissed_findings(self) -> frozenset[str]:
        """Return the keys of dismissed findings."""
        return frozenset(self.fields_with_prefix(DISMISSED_PREFIX))

    def moved_files(self) -> dict[str, Any]:
        """Return the moves of files out of the folder that were not undone, by name."""
        return self.fields_with_prefix(MOVED_PREFIX)

    def fields_with_prefix(self, prefix: str) -> dict[str, Any]:
        """Return the project's fields whose names begin with a prefix, by name without the prefix."""
        with self._store.read_connection() as database:
            return stored_fields.read_fields(database, prefix)

    def image_fields(self, prefix: str) -> dict[str, dict[str, str]]:
        """Return the fields of present images whose names begin with a prefix, as stored, by path.

        Names are without the prefix.
        """
        with self._store.snapshot() as database:
            return stored_fields.read_image_fields(database, prefix, self._folder.paths(database))

    def decisions(self) -> dict[str, Decision]:
        """Return the decisions by path, for present images that have one."""
        with self._store.snapshot() as database:
            return image_rows.read_decisions(database, self._folder.paths(database))

    def apply(
        self,
        action: str,
        changes: Iterable[tuple[str | None, str, Any]],
        *,
        who: str,
        reason: str = "",
        model: str | None = None,
    ) -> Edit | None:
        """Change fields as one edit, all or none; return None if nothing changes.

        A change is path (None: the project), field, new value (None: remove it). Raises `Problem`
        (`project.*`), after which nothing has changed. A backup is made before a large edit.
        """
        entry = JournalEntry(action, who, reason, model)
        changes = list(changes)
        if len(changes) > backups.BULK_EDIT_SIZE and not self.read_only:
            # The edit can be undone: without a backup it is safe enough.
            with contextlib.suppress(Problem):
                self.back_up("bulk_edit")
        stamp = self._folder.file_stamp
        return self._edits.append(lambda database: journal.append(database, entry, changes, stamp))

    def apply_stored(
        self,
        entry: JournalEntry,
        changes: Callable[[sqlite3.Connection], Iterable[StoredChange]],
        then: Callable[[sqlite3.Connection, Edit], None] = lambda *_: None,
    ) -> Edit | None:
        """Change rows of the file as one edit; `changes` computes them inside the transaction.

        `then` completes the transaction. Otherwise like `apply`, without a backup.
        """

        def write(database: sqlite3.Connection) -> Edit | None:
            edit = journal.append_stored(database, entry, changes(database))
            if edit:
                then(database, edit)
            return edit

        return self._edits.append(write)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection that sees the file as it is now, for modules of this package."""
        with self._store.snapshot() as database:
            yield database

    def back_up(self, reason: str) -> backups.Backup:
        """Back up the project; takes up to a second for 100,000 images. Raises `Problem`."""
        return backups.make_backup(self.file, reason)

    def undo(self, who: str) -> Edit | None:
        """Undo the last edit and return the inverse edit, None if there is nothing to undo.

        Raises `Problem` (`project.*`), after which nothing has changed.
        """
        return self._edits.undo(who)

    def redo(self, who: str) -> Edit | None:
        """Redo the edit that was undone last; otherwise like `undo`."""
        return self._edits.redo(who)

    def next_undo(self) -> Edit | None:
        """Return the edit that `undo` would undo, without its changes."""
        return self._edits.next_undo()

    def next_redo(self) -> Edit | None:
        """Return the edit that `redo` would redo, without its changes."""
        return self._edits.next_redo()

    def history(self, path: str | None) -> list[Edit]:
        """Return the edits of an image (None: the project), newest first, with its changes only."""
        with self._store.read_connection() as database:
            image = 0 if path is None else self._folder.image_id(database, path)
            return [] if image is None else journal.read_history(database, image, path)

    def reviewers(self) -> list[ReviewerActivity]:
        """Return each person's activity on present images, most active first."""
        with self._store.snapshot() as database:
            return read_activity(database)

    def last_reviews(self) -> dict[str, tuple[str, str]]:
        """Return the last reviewer of each present image and the time (ISO 8601), by path."""
        with self._store.snapshot() as database:
            reviews, paths = read_last_reviews(database), self._folder.paths(database)
        return {paths[image]: review for image, review in reviews.items() if image in paths}

    def label_origins(self) -> dict[str, LabelOrigin]:
        """Return how each present image got its class, by path."""
        with self._store.snapshot() as database:
            origins, paths = read_label_origins(database), self._folder.paths(database)
        return {paths[image]: origin for image, origin in origins.items() if image in paths}

    def label_authors(self) -> dict[str, tuple[str, str]]:
        """Return who gave each present image its class, and when (ISO 8601), by path."""
        with self._store.snapshot() as database:
            authors, paths = read_label_authors(database), self._folder.paths(database)
        return {paths[image]: author for image, author in authors.items() if image in paths}

    def link(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> LinkResult:
        """Match the project's images with those of a scanned folder; decisions follow them.

        Reads only files that changed. Until it returns, labels still belong to the folder linked
        before. Raises `Cancelled` and `Problem` (`project.*`).
        """
        links = self._folder.link(job, source, records)
        if not self.read_only:
            self.record_folder(job, source, records)
        elif self.read_only.id == "project.in_use" and title_in_library(self.file):
            # The other window may have the folder under the name that it had before.
            with self._store.read_connection() as database:
                name = metadata.name_after_folder(database, source.root.name)
            self.read_only = Message("project.in_use", {"file": f"“{to_printable(name)}”"})
        return links

    def verify_links(self, job: Job, source: "Source") -> LinkResult:
        """Hash all linked images and relink those that turn out to be other images.

        Meant for the background. `same` counts the confirmed images. Ends early if the folder is linked
        again. Raises `Cancelled` and `Problem` (`project.*`).
        """
        return self._folder.verify(job, source)

    def contents(self) -> dict[str, str]:
        """Return the content hashes that linking stored for present images, by path."""
        return self._folder.contents()

    def resolve_ambiguity(self, path: str, image: int | None, *, who: str) -> Edit | None:
        """Give an ambiguous image the decisions of the candidate `image`, or of none (None)."""
        with self._store.read_connection() as database:
            state = image_rows.read_state(database, image) if image else {}
        values = {name: decode_value(value) for name, value in state.items()} | {
            SETTLED_FIELD: True
        }
        return self.apply("settle", [(path, name, new) for name, new in values.items()], who=who)

    def record_folder(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> None:
        """Store the folder's sample and the time of opening; `link` does so too."""
        folder_sample.store_sample(self._store, job, source, records)

    def match_folder(
        self, job: Job, source: "Source", records: Sequence["ImageRecord"]
    ) -> SampleMatch:
        """Compare the project's sample with the images of a folder."""
        return folder_sample.match_sample(self._store, job, source, records)

    def save_copy(self, file: Path) -> None:
        """Write the whole project to one new file; raises `Problem`."""
        self._store.copy_to(file)

    def close(self) -> None:
        """Close the file; everything is saved already."""
        self._store.close()


def _id(file: Path) -> str:
    # In a library the file is named after its project's id.
    try:
        return str(uuid.UUID(file.stem))
    except ValueError:
        return str(uuid.uuid4())
