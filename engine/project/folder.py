"""The folder that a project is linked to now: linking it, and confirming it in the background."""

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Problem
from engine.project import rows
from engine.project.journal import Stamp
from engine.project.link import Linking
from engine.project.links import Links
from engine.project.rows import Placing, Row
from engine.project.store import Store

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

_BATCH = 256
_BATCH_SECONDS = 0.5
_THREADS = 4


class Folder:
    """What the project's images are in the folder at hand; safe from any thread.

    `view`, in a project that only this program may not write: row to path, in place of the file's.
    """

    def __init__(self, store: Store) -> None:
        self.view: dict[int, str] | None = None
        self._store = store
        self._records: dict[str, ImageRecord] = {}
        self._since = 0
        self._turn = threading.Lock()

    def stamp(self, path: str) -> Stamp:
        """Return size and time of an image's file, as it was linked."""
        record = self._records.get(path)
        return (record.size, record.mtime_ns) if record else (0, 0)

    def link(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> Links:
        """Link the images of a folder; nothing is written before all is known.

        Raises `Cancelled` and `Problem` (`project.*`).
        """
        with self._turn:
            with self._store.snapshot() as database:
                known, states = rows.read_rows(database), rows.read_states(database)
                since = database.execute("SELECT coalesce(max(id), 0) FROM edit").fetchone()[0]
            linking = Linking(known, states, lambda some: _digests(job, source, some))
            links = linking.run(records)
            job.check()
            here = {record.path: record for record in records}
            if self._store.read_only:
                self.view = _view(known, linking.placing)
            else:
                rows.write(self._store, linking.placing)
            self._records, self._since = here, since
            return links

    def confirm(self, job: Job, source: "Source") -> Links:
        """Hash every linked image, decided ones first; learn, and correct what is another image.

        Ends early if the folder is linked again. Raises `Cancelled` and `Problem` (`project.*`).
        """
        records, since = self._records, self._since
        waiting = self._waiting(records)
        total, told, seen = len(waiting), Links(), since
        while waiting:
            batch, seen = self._batch(waiting, seen)
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
                except Problem:
                    continue  # Gone, or no longer what was linked: the next opening tells.
            with self._turn:
                if self._records is not records:
                    break
                told = _sum(told, self._learn(contents, since))
        return told

    def _waiting(self, records: Mapping[str, "ImageRecord"]) -> dict[int, Row]:
        with self._store.snapshot() as database:
            known, states = rows.read_rows(database), rows.read_states(database)
        if self.view is not None:
            known = [row._replace(path=self.view[row.id]) for row in known if row.id in self.view]
        else:
            known = [row for row in known if row.present]
        known = [row for row in known if row.path in records]
        known.sort(key=lambda row: (row.id not in states, row.content is not None))
        return {row.id: row for row in known}

    def _batch(self, waiting: dict[int, Row], seen: int) -> tuple[list[Row], int]:
        # A label is safe from the folder's being moved once its image's content is known.
        with self._store.looking() as database:
            labelled = database.execute(
                "SELECT DISTINCT image, edit FROM change WHERE edit > ? ORDER BY edit DESC LIMIT ?",
                (seen, _BATCH),
            ).fetchall()
        ids = [image for image, _ in labelled if image in waiting]
        ids += islice(waiting, _BATCH)
        return [waiting[number] for number in dict.fromkeys(ids)], max(
            [seen, *(edit for _, edit in labelled)]
        )

    def _learn(self, contents: Sequence[tuple[Row, "ImageRecord", bytes]], since: int) -> Links:
        learned = [(content, row.id) for row, _, content in contents if row.content is None]
        wrong = [one for one in contents if one[0].content not in (None, one[2])]
        same = len(contents) - len(wrong)
        if self._store.read_only:
            if not wrong:
                return Links(same=same)
            with self._store.snapshot() as database:
                known, states = rows.read_rows(database), rows.read_states(database)
            linking = Linking([row for row in known if row.id not in (self.view or {})], states)
            links = linking.correct([(*one, False) for one in wrong], same)
            for number in linking.placing.gone:
                (self.view or {}).pop(number, None)
            (self.view or {}).update(_view([], linking.placing))
            return links
        with self._store.writing() as database:
            database.executemany(
                "UPDATE image SET content = ? WHERE id = ? AND content IS NULL", learned
            )
            if not wrong:
                return Links(same=same)
            asked = [
                database.execute(
                    "SELECT EXISTS (SELECT 1 FROM change WHERE image = ? AND edit > ?)",
                    (row.id, since),
                ).fetchone()[0]
                for row, _, _ in wrong
            ]
            linking = Linking(rows.read_rows(database), rows.read_states(database))
            links = linking.correct(
                [(*one, bool(ask)) for one, ask in zip(wrong, asked, strict=True)], same
            )
            rows.write_at_once(database, linking.placing)
            return links


def _digests(job: Job, source: "Source", records: Sequence["ImageRecord"]) -> dict[str, bytes]:
    """Return the content hash of each image that can be read; several at once."""
    found: dict[str, bytes] = {}
    if not records:
        return found

    def digest(record: "ImageRecord") -> bytes | None:
        if job.cancelled:
            return None
        try:
            return bytes.fromhex(source.digest(record))
        except Problem:
            return None

    with ThreadPoolExecutor(_THREADS) as pool:
        for done, (record, content) in enumerate(
            zip(records, pool.map(digest, records), strict=True)
        ):
            job.progress(done, len(records))
            if content is not None:
                found[record.path] = content
    return found


def _view(known: Sequence[Row], placing: Placing) -> dict[int, str]:
    gone = set(placing.gone)
    view = {row.id: row.path for row in known if row.present and row.id not in gone}
    view |= {one.row: one.path for one in placing.seen if one.row is not None}
    return view


def _sum(one: Links, other: Links) -> Links:
    return Links(
        same=one.same + other.same,
        touched=one.touched + other.touched,
        moved=one.moved + other.moved,
        changed=one.changed + other.changed,
        new=one.new + other.new,
        ambiguous=one.ambiguous + other.ambiguous,
    )
