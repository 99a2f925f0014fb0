"""Inputs of a report: the images with their labels and predictions, and the context."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import Literal, get_args

from engine.classify.card import Card
from engine.classify.prediction_sets import COVERAGE
from engine.classify.reading import Float32
from engine.evaluate.robustness import RobustnessScorecard
from engine.exchange.report.report_data import Reviewer, SignOff
from engine.images.class_set import ClassSet, DifferentialGroup
from engine.project.classes import ClassEntry, merge_map
from engine.project.decisions import Decision
from engine.project.reviewers import LabelOrigin
from engine.project.second_reading import ReadingRound, RoundImage
from engine.project.settled_conflicts import SettledConflict

PathStyle = Literal["relative", "ids"]
_REPORTED_PACKAGES = ("openvino", "numpy", "scikit-learn")


@dataclass(frozen=True, slots=True)
class ReportImage:
    """One image of a report.

    `label` and `split` are the folder's; `probabilities` (c,) are calibrated, in the order of the
    model's classes, None for an unreadable image. `seen` says whether the model was trained on it, None
    if unknown. `unknown_ratio` is its unknown score as a multiple of the limit, None without a reading or
    limits. `set_threshold` is that of its prediction set.
    """

    path: str
    sha256: str
    label: str | None
    split: str | None
    probabilities: Float32 | None
    decision: Decision = field(default_factory=Decision)
    seen: bool | None = None
    unknown_ratio: float | None = None
    set_threshold: float = COVERAGE


@dataclass(frozen=True, slots=True)
class ReportClass:
    """A class as a report lists it; `group` is what it counts as."""

    id: str
    name: str
    colour: str
    group: DifferentialGroup


@dataclass(frozen=True, slots=True)
class ReportContext:
    """Everything a report needs beside its images.

    `last_reviews` has the last reviewer and time (ISO 8601, UTC) by path, `label_origins` how an image
    got its class. `merged` maps classes of the model to those they were merged into. With `paths` "ids"
    file and folder names are omitted, because they may contain patients' names. `robustness`, if
    measured, is of a sample of the images (`evaluation.sample_labelled`). `red_cells` are the red cells of
    every field in the order of the fields, None where they could not be counted; empty for other images.
    """

    card: Card
    classes: Sequence[ReportClass]
    title: str = ""
    folder: str = ""
    session: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    reviewers: Sequence[Reviewer] = ()
    last_reviews: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    label_origins: Mapping[str, LabelOrigin] = field(default_factory=dict)
    sign_off: SignOff | None = None
    paths: PathStyle = "relative"
    target: int | None = None
    robustness: RobustnessScorecard | None = None
    second_readings: Sequence[tuple[ReadingRound, Sequence[RoundImage]]] = ()
    settled_conflicts: Sequence[SettledConflict] = ()
    merge_conflicts: int = 0
    red_cells: Mapping[str, int | None] = field(default_factory=dict)


def classes_of_set(classes: ClassSet) -> tuple[ReportClass, ...]:
    """Return the classes of a class set as a report lists them."""
    return tuple(
        ReportClass(entry.id, entry.name, entry.colour, entry.group) for entry in classes.classes
    )


def classes_of_project(
    entries: Sequence[ClassEntry], classes: ClassSet
) -> tuple[tuple[ReportClass, ...], dict[str, str]]:
    """Return a project's classes as a report lists them, and the merges (old id to current id).

    A class of the project counts as leukocyte, erythroblast or platelet if its group says so.
    """
    group_of_class = {entry.id: entry.group for entry in classes.classes}

    def group(entry: ClassEntry) -> DifferentialGroup:
        name = entry.group.casefold()
        named = next((choice for choice in get_args(DifferentialGroup) if choice == name), None)
        return named or group_of_class.get(entry.id, "other")

    listed = tuple(
        ReportClass(entry.id, entry.name, entry.colour, group(entry)) for entry in entries
    )
    return listed, merge_map(entries)


def display_name(image: ReportImage, paths: PathStyle) -> str:
    """Return the name of an image in a report."""
    return image.path if paths == "relative" else image.sha256[:12]


def software_versions() -> dict[str, str]:
    """Return the versions of the software that computes the figures."""
    versions = {name: metadata.version(name) for name in _REPORTED_PACKAGES}
    return {"bloodbench": _own_version(), "python": platform.python_version(), **versions}


def _own_version() -> str:
    import tomllib

    from engine.paths import program_dir

    try:
        text = (program_dir() / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
    except (OSError, ValueError, LookupError):
        return metadata.version("bloodbench")
