"""What became of a project's images in a folder: the outcome that a person is told."""

from dataclasses import dataclass

from engine.project.values import Decision


@dataclass(frozen=True, slots=True)
class Candidate:
    """One image that another may be: `image` names it in `Project.settle`, `path` is its last place."""

    image: int
    path: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An image with several possible pasts; it has no decisions until a person settles it."""

    path: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What became of each image; paths are relative to the folder.

    `same`: as it was. `touched`: another time, or size unknown, but the same content. `moved`: from
    path, to path; decisions followed. `changed`: other content at a known path; it starts with no
    decisions, and those of the old content are kept. `new`: never seen. `missing`: known images
    without a file; kept. `ambiguous`: for a person to settle.
    """

    same: int = 0
    touched: int = 0
    moved: tuple[tuple[str, str], ...] = ()
    changed: tuple[str, ...] = ()
    new: int = 0
    missing: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
