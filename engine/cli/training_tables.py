"""Tables that `train` and `evaluate` read: images to leave out, and groups such as slides."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.progress import say
from engine.messages import Message, Param, Problem, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.exchange.formats.label_tables import TableRow
    from engine.images.class_set import ClassSet
    from engine.images.record import BadFile, ImageRecord
    from engine.train.split_groups import SplitGroups

    SourceFile = ImageRecord | BadFile

_REMOVED_MARKS = (("action", "remove"), ("status", "removed"))
"""Column and value that mark removed images in this program's tables."""


def read_groups(
    text: str, root: Path, files: "Sequence[SourceFile]", classes: "ClassSet"
) -> "SplitGroups":
    """Return the groups that `--group-by` names; raises `Problem` if they fit no image."""
    from engine.project.folder_names import folder_names_of
    from engine.train.split_groups import FOLDER, group_by_column, group_by_folder

    paths = [file.path for file in files]
    if text == FOLDER:
        mapped = [name for name, class_id in folder_names_of(root).items() if class_id]
        return group_by_folder(paths, classes, mapped)
    table, equals, column = text.rpartition("=")
    if not equals:
        raise Problem("train.group_by", text=text)
    return group_by_column(column, _read_groups(Path(table), column), paths)


def say_groups(message_id: str, groups: "SplitGroups", total: int) -> None:
    """Say how many of all images are in how many groups."""
    names = set(groups.group_by_path.values())
    count = {"groups": len(names), "count": len(groups.group_by_path), "total": total}
    say(render(Message(message_id, count)))


def _read_groups(file: Path, column: str) -> "Iterator[tuple[str, str]]":
    """Yield image and group of each row of a table."""
    from engine.exchange.formats.label_tables import PATH_COLUMNS, find_column, read_table
    from engine.text import original_path

    columns, rows = read_table(file)
    image_column, group_column = find_column(columns, PATH_COLUMNS), column.strip().casefold()
    for name in (image_column or "path", group_column):
        if name not in columns:
            found = ", ".join(columns)
            raise Problem("train.no_column", name=str(file), column=name, found=found)
    for row in rows:
        yield original_path(row.get(image_column)), row.get(group_column).strip()


def read_excluded(file: Path, files: "Sequence[SourceFile]") -> frozenset[str]:
    """Return the images that a table excludes; raises `Problem` if none of its rows matches."""
    from engine.exchange.formats.label_tables import PATH_COLUMNS, find_column, read_table
    from engine.images.path_matching import PathFinder
    from engine.text import original_path

    columns, rows = read_table(file)
    named = find_column(columns, PATH_COLUMNS)
    if named is None:
        raise Problem("train.exclude", name=str(file), reason="no column “path”")
    # A table of findings also lists images to keep; a table without an action column lists exclusions only.
    rule = next((rule for rule in _REMOVED_MARKS if rule[0] in columns), None)
    labels = {found.path: getattr(found, "label", None) for found in files}
    finder = PathFinder(labels)
    found_paths = {row.location: finder.find(original_path(row.get(named))).paths for row in rows}
    conflicts = _find_label_conflicts(rows, found_paths, labels)
    if conflicts:
        say(render(Message("train.conflicts", {"count": len(conflicts)})))
    excluded = [
        row
        for row in rows
        if (rule is None or row.get(rule[0]).strip() == rule[1])
        and _cluster_of(row) not in conflicts
    ]
    meant = {row.location: found_paths[row.location] for row in excluded}
    chosen = frozenset(paths[0] for paths in meant.values() if len(paths) == 1)
    if excluded and not chosen:
        raise Problem("train.exclude", name=str(file), reason="none of its paths is in the folder")
    if unsure := [where for where, paths in meant.items() if len(paths) != 1]:
        params: dict[str, Param] = {"count": len(unsure), "first": unsure[0]}
        say(render(Message("train.not_excluded", params)))
    say(render(Message("train.excluded", {"count": len(chosen)})))
    return chosen


def _cluster_of(row: "TableRow") -> tuple[str, str]:
    return row.get("kind").strip(), row.get("cluster").strip()


def _find_label_conflicts(
    rows: "Sequence[TableRow]",
    found_paths: "Mapping[str, Sequence[str]]",
    labels: "Mapping[str, str | None]",
) -> set[tuple[str, str]]:
    """Return the clusters of copies with different labels, of which a person must choose the right one.

    A cluster without a copy to keep shows no cell, so its labels do not matter.
    """
    found_labels: dict[tuple[str, str], set[str | None]] = {}
    with_keeper = set()
    for row in rows:
        if row.get("cluster").strip():
            cluster = _cluster_of(row)
            found_labels.setdefault(cluster, set()).update(
                labels[path] for path in found_paths[row.location]
            )
            if row.get("action").strip() == "keep":
                with_keeper.add(cluster)
    return {
        cluster
        for cluster, names in found_labels.items()
        if cluster in with_keeper and len(names - {None}) > 1
    }
