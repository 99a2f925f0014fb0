"""Split groups: images of one slide or patient, which a split keeps together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from engine.images.class_set import ClassSet
from engine.images.folder_layout import parse_split
from engine.images.path_matching import PathFinder
from engine.messages import Problem
from engine.train.holdout import slide_of

FOLDER = "folder"
"""Value of `--group-by` for subfolders, and the origin of such groups."""


@dataclass(frozen=True, slots=True)
class SplitGroups:
    """The group of each image by its path; `origin` is `FOLDER` or the name of a table's column."""

    origin: str
    group_by_path: Mapping[str, str]

    def of_paths(self, paths: Iterable[str]) -> list[str | None]:
        """Return the group of each path, else the slide that its name tells."""
        return [self.group_by_path.get(path) or slide_of(path) for path in paths]

    def below(self, folder: str) -> "SplitGroups":
        """Return the same groups for the images as they are named in a folder above."""
        return replace(
            self, group_by_path={f"{folder}/{path}": g for path, g in self.group_by_path.items()}
        )


def group_by_folder(
    paths: Iterable[str], classes: ClassSet, class_folders: Collection[str] = ()
) -> SplitGroups:
    """Return the subfolder of each image, without the folders that name a class or a split.

    `class_folders` are further names that stand for classes, as a person mapped them.
    Raises `Problem` (`train.no_subfolders`) if there is no such subfolder.
    """
    groups = {}
    for path in paths:
        folders = PurePosixPath(path).parts[:-1]
        names = [name for name in folders if not (classes.find(name) or parse_split(name))]
        if slide := "/".join(name for name in names if name not in class_folders):
            groups[path] = slide
    if not groups:
        raise Problem("train.no_subfolders")
    return SplitGroups(FOLDER, groups)


def find_slides(
    paths: Sequence[str], classes: ClassSet, class_folders: Collection[str] = ()
) -> list[str | None]:
    """Return the slide of each image, from its subfolders or its name; None where neither names one."""
    try:
        return group_by_folder(paths, classes, class_folders).of_paths(paths)
    except Problem:
        return [slide_of(path) for path in paths]


def group_by_column(
    column: str, rows: Iterable[tuple[str, str]], paths: Iterable[str]
) -> SplitGroups:
    """Return the group that a table's rows (image, group) give each image; an empty group is none.

    Raises `Problem` (`train.groups_fit_nothing`, `train.two_groups`) if no row fits an image, or if two
    groups are given to one.
    """
    finder = PathFinder(paths)
    groups: dict[str, str] = {}
    for image, group in rows:
        matches = finder.find(image).paths
        # A name that fits several images tells nothing about either.
        if len(matches) == 1 and group and groups.setdefault(matches[0], group) != group:
            raise Problem("train.two_groups", path=matches[0], column=column)
    if not groups:
        raise Problem("train.groups_fit_nothing", column=column)
    return SplitGroups(column, groups)
