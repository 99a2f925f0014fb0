"""Result of linking a folder, as shown to the person."""

from dataclasses import dataclass

from engine.project.decisions import Decision


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """A known image that an ambiguous one may be; `image` is its id, `path` its last place."""

    image: int
    path: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class AmbiguousImage:
    """An image with several candidates; it has no decisions until a person chooses one."""

    path: str
    candidates: tuple[LinkCandidate, ...]


@dataclass(frozen=True, slots=True)
class LinkResult:
    """Outcome by image; paths are relative to the folder.

    `same`: unchanged. `touched`: other size or time on record, same content. `moved`: (old path, new
    path); decisions follow. `changed`: other content at a known path; it starts without decisions, and
    those of the old content are kept. `new`: not seen before. `missing`: known images without a file;
    their decisions are kept. `ambiguous`: the person has to choose.
    `unread`: not verified by content, though that was requested.
    """

    same: int = 0
    touched: int = 0
    moved: tuple[tuple[str, str], ...] = ()
    changed: tuple[str, ...] = ()
    new: int = 0
    missing: tuple[str, ...] = ()
    ambiguous: tuple[AmbiguousImage, ...] = ()
    unread: tuple[str, ...] = ()
