"""The locked evaluation set: images that no training sees, so that two models can be compared on them."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt

from engine.images.source import Source
from engine.jobs import Job
from engine.project.project import Project
from engine.train.decided import Chosen, hashes_of
from engine.train.split import split

SHARE = 0.2
_FIELD = "gate"
_SEED = 5
_SAYS = re.compile(r"(?i)(?:^|[^a-z])((?:patient|subject|case|donor|slide|smear)[ _-]?[a-z]*\d+)")


def slide_of(path: str) -> str | None:
    """Return the slide or patient that a folder's or file's name tells (`slide_07/…`, `patient3-…`)."""
    for part in PurePosixPath(path).parts:
        if told := _SAYS.search(part):
            return re.sub(r"[ _-]", "", told[1]).lower()
    return None


def together(
    paths: Sequence[str], contents: Sequence[str], told: Sequence[str | None] | None = None
) -> list[str]:
    """Return the group (n,) of each image: one slide or patient, or one content, never on two sides.

    `told` names slides or patients from a column; else the paths tell. A copy that lies under two
    slides joins them.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    slides = told or [slide_of(path) for path in paths]
    for content, slide in zip(contents, slides, strict=True):
        if slide:
            parent[root(f"content {content}")] = root(f"slide {slide}")
    return [root(f"content {content}") for content in contents]


def choose(
    labels: Sequence[str], groups: Sequence[str], share: float = SHARE
) -> npt.NDArray[np.bool_]:
    """Return which images (n,) to lock: of each class about `share`, groups whole."""
    if not labels:
        return np.zeros(0, np.bool_)
    _, numbers = np.unique(np.asarray(labels), return_inverse=True)
    locked: npt.NDArray[np.bool_] = split(numbers, groups, (0.0, share), _SEED) == 2
    return locked


def lock(
    project: Project, source: Source, chosen: Sequence[Chosen], job: Job, who: str
) -> frozenset[str]:
    """Return the content (SHA-256, hex) of the project's locked images, choosing them the first time.

    A class that came later has its share added; what was locked once stays locked. Raises `Problem`.
    """
    kept = frozenset[str](project.get(_FIELD, ()))
    digests = hashes_of(job, source, [record for record, _ in chosen])
    known = [(r.path, label, d.hex()) for (r, label), d in zip(chosen, digests, strict=True) if d]
    covered = {label for _, label, content in known if content in kept}
    new = [one for one in known if one[1] not in covered]
    mask = choose(
        [label for _, label, _ in new],
        together([path for path, *_ in new], [content for *_, content in new]),
    )
    added = {content for (*_, content), one in zip(new, mask, strict=True) if one}
    if added and not project.read_only:
        project.apply("lock_gate", [(None, _FIELD, sorted(kept | added))], who=who)
    return kept | added


def unlocked(
    job: Job, source: Source, chosen: Iterable[Chosen], locked: Collection[str]
) -> list[Chosen]:
    """Return the images that may be learned from: none that is locked, shows the same or is of its slide."""
    chosen = list(chosen)
    digests = hashes_of(job, source, [record for record, _ in chosen])
    contents = [digest.hex() if digest else "" for digest in digests]
    groups = together([record.path for record, _ in chosen], contents)
    held = {group for group, content in zip(groups, contents, strict=True) if content in locked}
    return [one for one, group in zip(chosen, groups, strict=True) if group not in held]
