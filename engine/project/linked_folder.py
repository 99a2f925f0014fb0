"""Linked folder of a project: matching its images, and verifying them by content hash."""

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from engine.images.budget import stopped_by
from engine.jobs import Job
from engine.messages import Problem
from engine.project import image_rows
from engine.project.decisions import decode_path, encode_path
from engine.project.image_rows import ImageRow, LinkChanges
from engine.project.journal import FileStamp
from engine.project.link_result import LinkResult
from engine.project.linker import Linker
from engine.project.store import Store

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

_NEVER_IMAGES = {"image.unsupported", "image.too_large"}
"""Reasons for which a file that never was an image has no content hash; damage is another."""

_BATCH = 256
_BATCH_SECONDS = 0.5
_THREADS = 4


class LinkedFolder:
    """The folder that a project is linked to; safe from any thread.

    `path_overrides` (row to path) replaces the paths of the project file where that is read-only.
    """

    def __init__(self, store: Store) -> None:
        self.path_overrides: dict[int, str] | None = None
        self._store = store
        self._records: dict[str, ImageRecord] = {}
        self._last_edit = 0
        self._link_lock = threading.Lock()

    def file_stamp(self, path: str) -> FileStamp:
        """Return size and modification time of an image file as linked; (0, 0) if unknown."""
        record = self._records.get(path)
        return (record.size, record.mtime_ns) if record else (0, 0)

    def paths(self, database: sqlite3.Connection) -> Mapping[int, str]:
        """Return the paths of present images that have a decision, by id."""
        if self.path_overrides is not None:
            return self.path_overrides
        decided = "SELECT id, path FROM image WHERE present AND id IN (SELECT image FROM state)"
        return {image: decode_path(path) for image, path in database.execute(decided)}

    def image_id(self, database: sqlite3.Connection, path: str) -> int | None:
        """Return the id of the present image at a path, None if there is none."""
        if (overrides := self.path_overrides) is not None:
            return next(
                (image for image, image_path in overrides.items() if image_path == path), None
            )
        row = database.execute(
            "SELECT id FROM image WHERE path = ? AND present", (encode_path(path),)
        ).fetchone()
        return row[0] if row else None

    def contents(self) -> dict[str, str]:
        """Return the content hashes that linking stored for present images, by path."""
        if self.path_overrides is not None:
            return {}
        with self._store.read_connection() as database:
            rows = image_rows.read_rows(database)
        return {row.path: row.content.hex() for row in rows if row.present and row.content}

    def link(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> LinkResult:
        """Link the images of a folder; writes only once all of them are matched.

        Raises `Cancelled` and `Problem` (`project.*`).
        """
        with self._link_lock:
            with self._store.snapshot() as database:
                known_rows, states = (
                    image_rows.read_rows(database),
                    image_rows.read_states(database),
                )
                last_edit = database.execute("SELECT coalesce(max(id), 0) FROM edit").fetchone()[0]
            linker = Linker(known_rows, states, lambda unread: _digests(job, source, unread))
            result = linker.run(records)
            job.check()
            by_path = {record.path: record for record in records}
            if self._store.read_only:
                self.path_overrides = _path_overrides_of(known_rows, linker.changes)
            else:
                image_rows.write_links(self._store, linker.changes)
            self._records, self._last_edit = by_path, last_edit
            return result

    def verify(self, job: Job, source: "Source") -> LinkResult:
        """Hash every linked image, decided ones first; store new hashes and relink changed images.

        Ends early if the folder is linked again. Raises `Cancelled` and `Problem` (`project.*`).
        """
        records, last_edit = self._records, self._last_edit
        waiting = self._waiting(records)
        total, result, seen_edit = len(waiting), LinkResult(), last_edit
        unread: list[str] = []
        # Imported late: a project opens without NumPy.
        from engine.images.record import DAMAGE_REASONS

        without_hash = DAMAGE_REASONS | _NEVER_IMAGES
        while waiting:
            batch, seen_edit = self._batch(waiting, seen_edit)
            contents = []
            until = time.monotonic() + _BATCH_SECONDS
            for row in batch:
                if time.monotonic() > until:
                    break
                del waiting[row.id]
                job.progress(total - len(waiting), total)
                record = records[row.path]
                try:
                    contents.append((row, record, bytes.fromhex(source.digest(record))))
                except Problem as problem:
                    if row.content is not None or problem.message.id not in without_hash:
                        unread.append(row.path)
                    continue  # Gone or changed: the next linking handles it.
            with self._link_lock:
                if self._records is not records:
                    unread += [row.path for row, *_ in contents]
                    break
                result = _combine(result, self._learn(contents, last_edit))
        return replace(result, unread=(*unread, *(row.path for row in waiting.values())))

    def _waiting(self, records: Mapping[str, "ImageRecord"]) -> dict[int, ImageRow]:
        with self._store.snapshot() as database:
            known_rows, states = image_rows.read_rows(database), image_rows.read_states(database)
        if (overrides := self.path_overrides) is not None:
            known_rows = [
                row._replace(path=overrides[row.id]) for row in known_rows if row.id in overrides
            ]
        else:
            known_rows = [row for row in known_rows if row.present]
        known_rows = [row for row in known_rows if row.path in records]
        known_rows.sort(key=lambda row: (row.id not in states, row.content is not None))
        return {row.id: row for row in known_rows}

    def _batch(self, waiting: dict[int, ImageRow], seen_edit: int) -> tuple[list[ImageRow], int]:
        # Images labelled meanwhile come first: a label survives a moved folder only with a hash.
        with self._store.read_connection() as database:
            labelled = database.execute(
                "SELECT DISTINCT image, edit FROM change WHERE edit > ? ORDER BY edit DESC LIMIT ?",
                (seen_edit, _BATCH),
            ).fetchall()
        ids = [image for image, _ in labelled if image in waiting]
        ids += islice(waiting, _BATCH)
        return [waiting[image] for image in dict.fromkeys(ids)], max(
            [seen_edit, *(edit for _, edit in labelled)]
        )

    def _learn(
        self, contents: Sequence[tuple[ImageRow, "ImageRecord", bytes]], last_edit: int
    ) -> LinkResult:
        new_contents = [(content, row.id) for row, _, content in contents if row.content is None]
        mismatches = [item for item in contents if item[0].content not in (None, item[2])]
        confirmed = len(contents) - len(mismatches)
        if (overrides := self.path_overrides) is not None:
            if not mismatches:
                return LinkResult(same=confirmed)
            with self._store.snapshot() as database:
                known_rows, states = (
                    image_rows.read_rows(database),
                    image_rows.read_states(database),
                )
            linker = Linker([row for row in known_rows if row.id not in overrides], states)
            result = linker.correct([(*item, False) for item in mismatches], confirmed)
            for row_id in linker.changes.missing:
                overrides.pop(row_id, None)
            overrides.update(_path_overrides_of([], linker.changes))
            return result
        with self._store.write_transaction() as database:
            database.executemany(
                "UPDATE image SET content = ? WHERE id = ? AND content IS NULL", new_contents
            )
            if not mismatches:
                return LinkResult(same=confirmed)
            was_decided = [
                database.execute(
                    "SELECT EXISTS (SELECT 1 FROM change WHERE image = ? AND edit > ?)",
                    (row.id, last_edit),
                ).fetchone()[0]
                for row, _, _ in mismatches
            ]
            linker = Linker(image_rows.read_rows(database), image_rows.read_states(database))
            result = linker.correct(
                [(*item, bool(ask)) for item, ask in zip(mismatches, was_decided, strict=True)],
                confirmed,
            )
            image_rows.write_links_in_transaction(database, linker.changes)
            return result


def _digests(job: Job, source: "Source", records: Sequence["ImageRecord"]) -> dict[str, bytes]:
    """Return the content hash of each image that can be read; several at once."""
    contents: dict[str, bytes] = {}
    if not records:
        return contents

    def digest(record: "ImageRecord") -> bytes | None:
        if job.cancelled:
            return None
        try:
            with stopped_by(job):
                return bytes.fromhex(source.digest(record))
        except Problem:
            return None

    with ThreadPoolExecutor(_THREADS) as pool:
        for done, (record, content) in enumerate(
            zip(records, pool.map(digest, records), strict=True)
        ):
            job.progress(done, len(records))
            if content is not None:
                contents[record.path] = content
    return contents


def _path_overrides_of(rows: Sequence[ImageRow], changes: LinkChanges) -> dict[int, str]:
    missing = set(changes.missing)
    paths = {row.id: row.path for row in rows if row.present and row.id not in missing}
    paths |= {image.row: image.path for image in changes.located if image.row is not None}
    return paths


def _combine(first: LinkResult, second: LinkResult) -> LinkResult:
    return LinkResult(
        same=first.same + second.same,
        touched=first.touched + second.touched,
        moved=first.moved + second.moved,
        changed=first.changed + second.changed,
        new=first.new + second.new,
        ambiguous=first.ambiguous + second.ambiguous,
    )
