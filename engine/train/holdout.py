"""Holdout: locked images that no training sees, for comparing models."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt

from engine.images.source import Source
from engine.jobs import Job
from engine.project.project import Project
from engine.train.labelled_set import LabelledImage, hash_images

HOLDOUT_SHARE = 0.2
_FIELD = "gate"
_SEED = 5
_SLIDE_PATTERN = re.compile(
    r"(?i)(?:^|[^a-z])((?:patient|subject|case|donor|slide|smear)[ _-]?[a-z]*\d+)"
)


def slide_of(path: str) -> str | None:
    """Return the slide or patient named in a path (`slide_07/…`, `patient3-…`), else None."""
    for part in PurePosixPath(path).parts:
        if match := _SLIDE_PATTERN.search(part):
            return re.sub(r"[ _-]", "", match[1]).lower()
    return None


def group_images(
    paths: Sequence[str], contents: Sequence[str], slides: Sequence[str | None] | None = None
) -> list[str]:
    """Return the group (n,) of each image; images of one slide, patient or content share a group.

    `slides` are the slides or patients, if known; else they are taken from the paths. Identical content
    under two slides merges their groups.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    slide_names = slides or [slide_of(path) for path in paths]
    for content, slide in zip(contents, slide_names, strict=True):
        if slide:
            parent[root(f"content {content}")] = root(f"slide {slide}")
    return [root(f"content {content}") for content in contents]


def choose_holdout(
    labels: Sequence[str], groups: Sequence[str], share: float = HOLDOUT_SHARE
) -> npt.NDArray[np.bool_]:
    """Return a mask (n,) of the images to lock: about `share` of each class, in whole groups.

    Groups are added, small ones first, as long as each brings the class counts nearer to their share
    (squared distance, after Sechidis et al. 2011); so an image copied a thousand times is not locked.
    """
    names, numbers = np.unique(np.asarray(labels), return_inverse=True)
    ids, group = np.unique(np.asarray(groups), return_inverse=True)
    counts = np.zeros((len(ids), len(names)))
    np.add.at(counts, (group, numbers), 1)
    remaining = np.maximum(1.0, share * counts.sum(0))
    # A class with a single group is needed for training.
    is_spread = (counts > 0).sum(0) > 1
    order = np.random.default_rng(_SEED).permutation(len(ids))
    is_locked = np.zeros(len(ids), np.bool_)
    for index in order[np.argsort(counts.sum(1)[order], kind="stable")]:
        group_counts = counts[index]
        if (
            is_spread[group_counts > 0].all()
            and (((remaining - group_counts) ** 2 - remaining**2) / remaining).sum() < 0
        ):
            is_locked[index] = True
            remaining = np.maximum(remaining - group_counts, 1e-9)
    return is_locked[group]


def locked_contents(project: Project) -> frozenset[str]:
    """Return the content hashes (SHA-256, hex) of the images that are locked so far."""
    return frozenset(project.get(_FIELD, ()))


def lock_holdout(
    project: Project, source: Source, images: Sequence[LabelledImage], job: Job, who: str
) -> frozenset[str]:
    """Return the content hashes (SHA-256, hex) of the project's locked images.

    They are chosen on the first call; classes that appear later get their share added, and nothing is ever
    unlocked. Raises `Problem`.
    """
    locked = locked_contents(project)
    digests = hash_images(job, source, [record for record, _ in images])
    readable = [
        (r.path, label, d.hex()) for (r, label), d in zip(images, digests, strict=True) if d
    ]
    covered = {label for _, label, content in readable if content in locked}
    new = [image for image in readable if image[1] not in covered]
    is_added = choose_holdout(
        [label for _, label, _ in new],
        group_images([path for path, *_ in new], [content for *_, content in new]),
    )
    added = {content for (*_, content), image in zip(new, is_added, strict=True) if image}
    if added and not project.read_only:
        project.apply("lock_gate", [(None, _FIELD, sorted(locked | added))], who=who)
    return locked | added


def exclude_holdout(
    job: Job, source: Source, images: Iterable[LabelledImage], locked: Collection[str]
) -> list[LabelledImage]:
    """Return the images usable for training: those in no group with a locked image."""
    images = list(images)
    digests = hash_images(job, source, [record for record, _ in images])
    contents = [digest.hex() if digest else "" for digest in digests]
    groups = group_images([record.path for record, _ in images], contents)
    held_groups = {
        group for group, content in zip(groups, contents, strict=True) if content in locked
    }
    return [image for image, group in zip(images, groups, strict=True) if group not in held_groups]
