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
    """Return which images (n,) to lock: of each class about `share`, groups whole.

    Groups are taken, small ones first, as long as each brings the classes nearer to their share (squared
    distance, after Sechidis et al. 2011); so one picture copied a thousand times is not locked.
    """
    names, numbers = np.unique(np.asarray(labels), return_inverse=True)
    ids, group = np.unique(np.asarray(groups), return_inverse=True)
    held = np.zeros((len(ids), len(names)))
    np.add.at(held, (group, numbers), 1)
    missing = np.maximum(1.0, share * held.sum(0))
    # A class of which all lies in one group has to be learned from.
    spread = (held > 0).sum(0) > 1
    order = np.random.default_rng(_SEED).permutation(len(ids))
    taken = np.zeros(len(ids), np.bool_)
    for at in order[np.argsort(held.sum(1)[order], kind="stable")]:
        one = held[at]
        if spread[one > 0].all() and (((missing - one) ** 2 - missing**2) / missing).sum() < 0:
            taken[at] = True
            missing = np.maximum(missing - one, 1e-9)
    return taken[group]


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
