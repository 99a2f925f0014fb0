"""What a report is made from: images with all that is known of them, and what is said beside them."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import Literal, get_args

from engine.classify.card import Card
from engine.classify.reading import Float32
from engine.evaluate.robustness import Scorecard
from engine.exchange.report.report_data import Reviewer, SignOff
from engine.images.class_set import ClassSet, DifferentialGroup
from engine.project.classes import ClassEntry, merge_map
from engine.project.decisions import Decision
from engine.project.reviewers import LabelOrigin

Paths = Literal["relative", "ids"]
_SOFTWARE = ("openvino", "numpy", "scikit-learn")


@dataclass(frozen=True, slots=True)
class Item:
    """One image with all that is known of it.

    `label` and `split` are the folder's; `probabilities` (c,) are calibrated, in the order of the
    model's classes, None where the image could not be read. `seen` says whether the model learned from it,
    None where nobody knows.
    """

    path: str
    sha256: str
    label: str | None
    split: str | None
    probabilities: Float32 | None
    decision: Decision = field(default_factory=Decision)
    seen: bool | None = None


@dataclass(frozen=True, slots=True)
class ReportClass:
    """A class as a report lists it: id, name, colour, and what it counts as."""

    id: str
    name: str
    colour: str
    group: DifferentialGroup


@dataclass(frozen=True, slots=True)
class Context:
    """What a report says beside its images.

    `decided` has who decided on an image last and when (ISO 8601, UTC), by path, and `given` how it came to
    its class. `merged` maps classes
    of the model to the project's own, where a person merged some. With `paths` "ids" no name of a file
    or folder is said: names of patients can hide in them. `robustness` is of some of the images
    (`build.sample`), if it was measured.
    """

    card: Card
    classes: Sequence[ReportClass]
    title: str = ""
    folder: str = ""
    session: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    reviewers: Sequence[Reviewer] = ()
    decided: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    given: Mapping[str, LabelOrigin] = field(default_factory=dict)
    sign_off: SignOff | None = None
    paths: Paths = "relative"
    target: int | None = None
    robustness: Scorecard | None = None


def of_class_set(classes: ClassSet) -> tuple[ReportClass, ...]:
    """Return a class set's classes as a report lists them."""
    return tuple(ReportClass(one.id, one.name, one.colour, one.group) for one in classes.classes)


def of_project(
    entries: Sequence[ClassEntry], classes: ClassSet
) -> tuple[tuple[ReportClass, ...], dict[str, str]]:
    """Return a project's classes as a report lists them, and what was merged: old id to new.

    A class of one's own is a leukocyte, an erythroblast or a platelet if its group says so.
    """
    known = {one.id: one.group for one in classes.classes}

    def group(entry: ClassEntry) -> DifferentialGroup:
        said = next((one for one in get_args(DifferentialGroup) if entry.group.casefold() == one), None)
        return said or known.get(entry.id, "other")

    listed = tuple(ReportClass(one.id, one.name, one.colour, group(one)) for one in entries)
    return listed, merge_map(entries)


def shown(item: Item, paths: Paths) -> str:
    """Return what an image is called in a report."""
    return item.path if paths == "relative" else item.sha256[:12]


def software() -> dict[str, str]:
    """Return the versions of what makes the figures."""
    versions = {name: metadata.version(name) for name in _SOFTWARE}
    return {"bloodbench": _own_version(), "python": platform.python_version(), **versions}


def _own_version() -> str:
    import tomllib

    from engine.paths import program_dir

    try:
        text = (program_dir() / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
    except (OSError, ValueError, LookupError):
        return metadata.version("bloodbench")
