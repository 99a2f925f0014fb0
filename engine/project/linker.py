"""Matching of a folder's images with a project's images, by path and content, without guessing.

Reads nothing and writes nothing itself; `image_rows.write_links` writes the outcome.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.project.image_rows import ImageRow, ImageState, LinkChanges
from engine.project.link_outcome import LinkOutcome
from engine.project.link_result import LinkResult

if TYPE_CHECKING:
    from engine.images.record import ImageRecord

Digests = Callable[[Sequence["ImageRecord"]], Mapping[str, bytes]]
"""Function that returns content hashes by path, without unreadable images."""


class Linker:
    """One comparison of a folder with the images that a project has rows of."""

    def __init__(
        self,
        rows: Iterable[ImageRow],
        states: Mapping[int, ImageState],
        digests: Digests = lambda _: {},
    ) -> None:
        self._present: dict[str, ImageRow] = {}
        self._digests = digests
        self._states = states
        self._outcome = LinkOutcome(states)
        for row in rows:
            if row.present:
                self._present[row.path] = row
            else:
                self._outcome.unmatched[row.id] = row

    @property
    def changes(self) -> LinkChanges:
        """The changes that have to be written."""
        return self._outcome.changes

    def run(self, records: Sequence["ImageRecord"]) -> LinkResult:
        """Match all images of a folder."""
        possibly_changed: list[tuple[ImageRow, ImageRecord]] = []
        unplaced: list[ImageRecord] = []
        ambiguous_rows: list[ImageRow] = []
        for record in records:
            row = self._present.pop(record.path, None)
            if row is None:
                unplaced.append(record)
            elif row.size == record.size and row.mtime_ns == record.mtime_ns:
                self._outcome.same += 1
                if row.is_ambiguous:
                    ambiguous_rows.append(row)
            elif row.size == row.mtime_ns == 0 and row.content is None:
                # Decided before the folder was first linked: this is its file.
                self._outcome.same += 1
                self._outcome.mark_located(row, record, None)
            else:
                possibly_changed.append((row, record))
        for row in self._present.values():
            self._outcome.mark_gone(row)
        contents = self._digests([record for _, record in possibly_changed])
        new_images = self._match_possibly_changed(possibly_changed, contents)
        new_images += self._match_unplaced(unplaced)
        self._match_by_content(new_images)
        for row in ambiguous_rows:
            self._find_candidates_again(row)
        return self._outcome.result({record.path for record in records})

    def correct(
        self, changed_images: Iterable[tuple[ImageRow, "ImageRecord", bytes, bool]], same: int = 0
    ) -> LinkResult:
        """Relink images whose content differs from the stored hash although size and time do not.

        Each comes with its row, its content hash, and whether it was decided since it was linked: the
        person then saw the new content, so the image is ambiguous. `same` counts the confirmed others.
        """
        self._outcome.same = same
        new_images = []
        for row, record, content, was_decided in changed_images:
            self._outcome.mark_gone(row)
            self._outcome.changed[record.path] = None
            if was_decided and row.id in self._states:
                self._outcome.ambiguous[record.path] = [row]
            new_images.append((record, content))
        self._match_by_content(new_images)
        return self._outcome.result(None)

    def _match_possibly_changed(
        self, possibly_changed: list[tuple[ImageRow, "ImageRecord"]], contents: Mapping[str, bytes]
    ) -> list[tuple["ImageRecord", bytes | None]]:
        new_images: list[tuple[ImageRecord, bytes | None]] = []
        for row, record in possibly_changed:
            content = contents.get(record.path)
            is_unhashed = row.content is None
            if content is None:
                self._outcome.mark_gone(row)  # It cannot be read now; the next linking tries again.
            elif row.content == content or (is_unhashed and row.id not in self._states):
                self._outcome.touched += 1
                self._outcome.mark_located(row, record, content)
            else:
                self._outcome.mark_gone(row)
                self._outcome.changed[record.path] = None
                new_images.append((record, content))
        return new_images

    def _match_unplaced(
        self, unplaced: list["ImageRecord"]
    ) -> list[tuple["ImageRecord", bytes | None]]:
        if not self._outcome.unmatched:
            return [(record, None) for record in unplaced]
        # Back in its place with the same size and time: treated as unchanged.
        by_location: dict[tuple[str, int, int], list[ImageRow]] = defaultdict(list)
        for row in self._outcome.unmatched.values():
            by_location[row.path, row.size, row.mtime_ns].append(row)
        remaining = []
        for record in unplaced:
            matching_rows = by_location.get((record.path, record.size, record.mtime_ns), ())
            if len(matching_rows) == 1:
                self._outcome.same += 1
                self._outcome.mark_located(matching_rows[0], record, None)
            else:
                remaining.append(record)
        sizes = {row.size for row in self._outcome.unmatched.values() if row.content is not None}
        same_size = [record for record in remaining if record.size in sizes]
        contents = self._digests(same_size)
        unreadable = {record.path for record in same_size} - contents.keys()
        # An unreadable image gets no row, so that the next linking tries again.
        return [
            (record, contents.get(record.path))
            for record in remaining
            if record.path not in unreadable
        ]

    def _match_by_content(self, new_images: Iterable[tuple["ImageRecord", bytes | None]]) -> None:
        rows_by_content: dict[bytes, list[ImageRow]] = defaultdict(list)
        for row in self._outcome.unmatched.values():
            if row.content is not None:
                rows_by_content[row.content].append(row)
        # Decided and gone before it was hashed: this may be the same image or another.
        unhashed: dict[tuple[str, int], list[ImageRow]] = defaultdict(list)
        for row in self._outcome.unmatched.values():
            if row.content is None and row.id in self._states:
                unhashed[row.path, row.size].append(row)
        images_by_content: dict[bytes, list[ImageRecord]] = defaultdict(list)
        for record, content in new_images:
            if content is None or content not in rows_by_content:
                if possible_rows := unhashed.get((record.path, record.size)):
                    self._outcome.ambiguous[record.path] = possible_rows
                self._outcome.add(record, content)
            else:
                images_by_content[content].append(record)
        for content, records in images_by_content.items():
            self._match_copies(content, records, rows_by_content[content])

    def _match_copies(
        self, content: bytes, records: list["ImageRecord"], old_rows: list[ImageRow]
    ) -> None:
        records, old_rows = self._match_same_place(content, records, old_rows)
        states = [self._states.get(row.id, {}) for row in old_rows]
        same_state = all(state == states[0] for state in states)
        if (
            not old_rows
            or (same_state and not states[0])
            or (same_state and len(records) <= len(old_rows))
        ):
            # All old images have the same decisions, so any assignment is right.
            old_rows = sorted(old_rows, key=lambda row: row.path)
            for record, row in zip(records, old_rows, strict=False):
                self._outcome.moved.append((row.path, record.path))
                self._outcome.mark_located(row, record, content)
            for record in records[len(old_rows) :]:
                self._outcome.add(record, content)
            return
        for record in records:
            self._outcome.ambiguous[record.path] = [
                row for row in old_rows if row.id in self._states
            ]
            self._outcome.add(record, content)

    def _match_same_place(
        self, content: bytes, records: list["ImageRecord"], old_rows: list[ImageRow]
    ) -> tuple[list["ImageRecord"], list[ImageRow]]:
        """Match images whose path had this content before; return the rest."""
        rows_by_path: dict[str, list[ImageRow]] = defaultdict(list)
        for row in old_rows:
            rows_by_path[row.path].append(row)
        remaining = []
        for record in records:
            rows_here = rows_by_path.get(record.path, ())
            if len(rows_here) == 1:
                self._outcome.touched += 1
                self._outcome.mark_located(rows_here[0], record, content)
                old_rows = [row for row in old_rows if row is not rows_here[0]]
            else:
                remaining.append(record)
        return remaining, old_rows

    def _find_candidates_again(self, row: ImageRow) -> None:
        if row.id not in self._states:
            candidates = [
                old
                for old in self._outcome.unmatched.values()
                if old.id in self._states
                and (
                    old.content == row.content
                    if old.content
                    else (old.path, old.size) == (row.path, row.size)
                )
            ]
            if candidates:
                self._outcome.ambiguous[row.path] = candidates
