"""Matching of the image rows of two project files: by content and path, without reading any image."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from engine.project.image_rows import ImageRow


def match_images(own: Sequence[ImageRow], other: Iterable[ImageRow]) -> dict[int, int]:
    """Return the id of the own row for each row of the other file that is surely the same image.

    Copies of one image are distinguished by their paths, else by their ids (of files with a common
    origin), else not at all. Without a content hash, path and size decide.
    """
    matches: dict[int, int] = {}
    free_own = {row.id: row for row in own}
    free_other = {row.id: row for row in other}
    for key in (_content_and_path, _content_and_id, _content):
        _match_unique(matches, free_own, free_other, key)
    unhashed: dict[str, list[ImageRow]] = defaultdict(list)
    for row in free_own.values():
        unhashed[row.path].append(row)
    for row in free_other.values():
        candidates = [
            candidate
            for candidate in unhashed.get(row.path, ())
            if (row.content is None or candidate.content is None)
            and (row.size == candidate.size or not row.size or not candidate.size)
        ]
        # The image in its place, rather than one that was there before.
        present = [candidate for candidate in candidates if candidate.present] or candidates
        if len(present) == 1:
            matches[row.id] = present[0].id
            unhashed[row.path].remove(present[0])
    return matches


def _match_unique(
    matches: dict[int, int],
    free_own: dict[int, ImageRow],
    free_other: dict[int, ImageRow],
    key: Callable[[ImageRow], Hashable],
) -> None:
    own_by_key, other_by_key = _group(free_own.values(), key), _group(free_other.values(), key)
    for value, rows in other_by_key.items():
        own_rows = own_by_key.get(value, ())
        if len(rows) == len(own_rows) == 1:
            matches[rows[0].id] = own_rows[0].id
            del free_other[rows[0].id], free_own[own_rows[0].id]


def _group(
    rows: Iterable[ImageRow], key: Callable[[ImageRow], Hashable]
) -> dict[Hashable, list[ImageRow]]:
    groups: dict[Hashable, list[ImageRow]] = defaultdict(list)
    for row in rows:
        if row.content is not None:
            groups[key(row)].append(row)
    return groups


def _content_and_path(row: ImageRow) -> Hashable:
    return row.content, row.path


def _content_and_id(row: ImageRow) -> Hashable:
    return row.content, row.id


def _content(row: ImageRow) -> Hashable:
    return row.content
