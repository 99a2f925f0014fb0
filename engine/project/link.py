"""Which image of a folder is which image of the project: by path and content, never by a guess.

A function of what the file knows and what the folder holds; writing the outcome is `rows.write`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.project.links import Ambiguous, Candidate, Links
from engine.project.rows import Placing, Row, Seen, State, decision

if TYPE_CHECKING:
    from engine.images.record import ImageRecord

Digests = Callable[[Sequence["ImageRecord"]], Mapping[str, bytes]]
"""Content hashes of images by path; an image that cannot be read is left out."""


class Linking:
    """One comparison of a folder with what is known; `run` gives the outcome and what to write."""

    def __init__(
        self, rows: Iterable[Row], states: Mapping[int, State], digests: Digests = lambda _: {}
    ) -> None:
        self._present: dict[str, Row] = {}
        self._pool: dict[int, Row] = {}
        for row in rows:
            if row.present:
                self._present[row.path] = row
            else:
                self._pool[row.id] = row
        self._states = states
        self._digests = digests
        self._same = 0
        self._touched = 0
        self._new = 0
        self._moved: list[tuple[str, str]] = []
        self._changed: dict[str, None] = {}
        self._asked: dict[str, list[Row]] = {}
        self.placing = Placing()

    def run(self, records: Sequence["ImageRecord"]) -> Links:
        """Link a whole folder."""
        suspects: list[tuple[Row, ImageRecord]] = []
        unplaced: list[ImageRecord] = []
        unsettled: list[Row] = []
        for record in records:
            row = self._present.pop(record.path, None)
            if row is None:
                unplaced.append(record)
            elif row.size == record.size and row.mtime_ns == record.mtime_ns:
                self._same += 1
                if row.unsettled:
                    unsettled.append(row)
            elif row.size == row.mtime_ns == 0 and row.content is None:
                # Decided before the folder was ever linked: this is its file.
                self._same += 1
                self._see(row, record, None)
            else:
                suspects.append((row, record))
        for row in self._present.values():
            self._leave(row)
        contents = self._digests([record for _, record in suspects])
        news = self._sort_suspects(suspects, contents)
        news += self._sort_unplaced(unplaced)
        self._match(news)
        for row in unsettled:
            self._ask_again(row)
        return self._links({record.path for record in records})

    def correct(
        self, found: Iterable[tuple[Row, "ImageRecord", bytes, bool]], same: int = 0
    ) -> Links:
        """Link images whose content is not what was known of them, though nothing else showed it.

        Each with its true content, and whether something was decided since its file was linked:
        by someone who saw that content, so it is asked which image was meant. `same` others were
        as known.
        """
        self._same = same
        news = []
        for row, record, content, ask in found:
            self._leave(row)
            self._changed[record.path] = None
            if ask and row.id in self._states:
                self._asked[record.path] = [row]
            news.append((record, content))
        self._match(news)
        return self._links(None)

    def _sort_suspects(
        self, suspects: list[tuple[Row, "ImageRecord"]], contents: Mapping[str, bytes]
    ) -> list[tuple["ImageRecord", bytes | None]]:
        news: list[tuple[ImageRecord, bytes | None]] = []
        for row, record in suspects:
            content = contents.get(record.path)
            unknown = row.content is None
            if content is None:
                self._leave(row)  # It cannot be read; what it is will be asked next time.
            elif row.content == content or (unknown and row.id not in self._states):
                self._touched += 1
                self._see(row, record, content)
            else:
                self._leave(row)
                self._changed[record.path] = None
                news.append((record, content))
        return news

    def _sort_unplaced(
        self, unplaced: list["ImageRecord"]
    ) -> list[tuple["ImageRecord", bytes | None]]:
        if not self._pool:
            return [(record, None) for record in unplaced]
        # Back where it was, of the same size and time: as good as never gone.
        places: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
        for row in self._pool.values():
            places[row.path, row.size, row.mtime_ns].append(row)
        left = []
        for record in unplaced:
            back = places.get((record.path, record.size, record.mtime_ns), ())
            if len(back) == 1:
                self._same += 1
                self._see(back[0], record, None)
            else:
                left.append(record)
        sizes = {row.size for row in self._pool.values() if row.content is not None}
        likely = [record for record in left if record.size in sizes]
        contents = self._digests(likely)
        unread = {record.path for record in likely} - contents.keys()
        # What cannot be read now gets no row, so that it is asked again next time.
        return [(one, contents.get(one.path)) for one in left if one.path not in unread]

    def _match(self, news: Iterable[tuple["ImageRecord", bytes | None]]) -> None:
        olds_of: dict[bytes, list[Row]] = defaultdict(list)
        for row in self._pool.values():
            if row.content is not None:
                olds_of[row.content].append(row)
        # Decided and gone before its content was ever known: it may be this one, or not.
        unknown: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for row in self._pool.values():
            if row.content is None and row.id in self._states:
                unknown[row.path, row.size].append(row)
        copies: dict[bytes, list[ImageRecord]] = defaultdict(list)
        for record, content in news:
            if content is None or content not in olds_of:
                if perhaps := unknown.get((record.path, record.size)):
                    self._asked[record.path] = perhaps
                self._add(record, content)
            else:
                copies[content].append(record)
        for content, records in copies.items():
            self._match_copies(content, records, olds_of[content])

    def _match_copies(self, content: bytes, records: list["ImageRecord"], olds: list[Row]) -> None:
        records, olds = self._at_their_place(content, records, olds)
        states = [self._states.get(row.id, {}) for row in olds]
        alike = all(state == states[0] for state in states)
        if not olds or (alike and not states[0]) or (alike and len(records) <= len(olds)):
            # Whichever old image is which of the copies, each gets the same decisions.
            olds = sorted(olds, key=lambda row: row.path)
            for record, row in zip(records, olds, strict=False):
                self._moved.append((row.path, record.path))
                self._see(row, record, content)
            for record in records[len(olds) :]:
                self._add(record, content)
            return
        for record in records:
            self._asked[record.path] = [row for row in olds if row.id in self._states]
            self._add(record, content)

    def _at_their_place(
        self, content: bytes, records: list["ImageRecord"], olds: list[Row]
    ) -> tuple[list["ImageRecord"], list[Row]]:
        """Give back to each path the image that had this content there; return what is left."""
        at: dict[str, list[Row]] = defaultdict(list)
        for row in olds:
            at[row.path].append(row)
        left = []
        for record in records:
            here = at.get(record.path, ())
            if len(here) == 1:
                self._touched += 1
                self._see(here[0], record, content)
                olds = [row for row in olds if row is not here[0]]
            else:
                left.append(record)
        return left, olds

    def _ask_again(self, row: Row) -> None:
        if row.id not in self._states:
            candidates = [
                old
                for old in self._pool.values()
                if old.id in self._states
                and (
                    old.content == row.content
                    if old.content
                    else (old.path, old.size) == (row.path, row.size)
                )
            ]
            if candidates:
                self._asked[row.path] = candidates

    def _leave(self, row: Row) -> None:
        self._pool[row.id] = row
        self.placing.gone.append(row.id)

    def _see(self, row: Row, record: "ImageRecord", content: bytes | None) -> None:
        self._pool.pop(row.id, None)
        self._changed.pop(record.path, None)
        self._asked.pop(record.path, None)
        self.placing.seen.append(Seen(row.id, record.path, content, record.size, record.mtime_ns))

    def _add(self, record: "ImageRecord", content: bytes | None) -> None:
        asked = record.path in self._asked
        if not asked and record.path not in self._changed:
            self._new += 1
        self.placing.seen.append(
            Seen(None, record.path, content, record.size, record.mtime_ns, asked)
        )

    def _links(self, here: set[str] | None) -> Links:
        missing = {row.path for row in self._pool.values()} - here if here is not None else ()
        return Links(
            same=self._same,
            touched=self._touched,
            moved=tuple(self._moved),
            changed=tuple(self._changed),
            new=self._new,
            missing=tuple(sorted(missing)),
            ambiguous=tuple(
                Ambiguous(
                    path,
                    tuple(
                        Candidate(row.id, row.path, decision(self._states[row.id])) for row in rows
                    ),
                )
                for path, rows in self._asked.items()
            ),
        )
