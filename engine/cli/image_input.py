"""Image input of `report`, `export` and `import`: a folder, or a project with its folder."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.folder_classes import chosen_folder_names
from engine.cli.progress import progress_job, say
from engine.cli.project_input import check_can_change, given_project
from engine.cli.source_files import scan_files, scan_images
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.images.class_set import ClassSet
    from engine.images.folder_names import FolderNames
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.decisions import Decision
    from engine.project.project import Project


@dataclass(frozen=True, slots=True)
class ImageInput:
    """An image source, all its files, and the project's decisions on them."""

    source: "Source"
    files: Sequence["ImageRecord | BadFile"]
    project: "Project | None"
    origin: Path
    """The folder, archive or image that they are in."""
    decisions: dict[str, "Decision"] = field(default_factory=dict)

    @property
    def records(self) -> list["ImageRecord"]:
        """The images."""
        from engine.images.record import ImageRecord

        return [file for file in self.files if isinstance(file, ImageRecord)]

    def class_entries(self) -> Sequence["ClassEntry"]:
        """Return the project's own classes; empty without a project."""
        from engine.project.classes import decode_classes

        classes = self.project.get("classes") if self.project else None
        return decode_classes(classes) if classes else ()


def open_labelled_source(
    path: str | Path,
    classes: "ClassSet | None" = None,
    *,
    fields: bool = False,
    folder_classes: Sequence[str] = (),
) -> "Source":
    """Open a source, with the classes that its folder names were mapped to in the window.

    `folder_classes` are values of `--folder-class`, which give classes to further names.

    With `fields`, the images are the cells of its fields, those that a person drew in the window included.
    Raises `Problem` (`source.*`, `archive.*`, `folder_names.*`).
    """
    from engine.fields.field_source import FieldSource
    from engine.images.class_set import load_class_set
    from engine.images.source import open_source
    from engine.project.cell_boxes import decided_cells_of
    from engine.project.folder_names import folder_names_of

    source, class_set = open_source(path, classes), classes or load_class_set()
    folder_names = folder_names_of(source.root)
    mapped = _map_folder_names(source, folder_names, folder_classes, class_set)
    return FieldSource(mapped, class_set, decided_cells_of(source.root)) if fields else mapped


def _map_folder_names(
    source: "Source",
    folder_names: "FolderNames",
    folder_classes: Sequence[str],
    classes: "ClassSet",
) -> "Source":
    from engine.images.folder_names import MappedSource
    from engine.images.listed_source import ListedSource

    if folder_classes:
        source = ListedSource(source)
        files = scan_files(source)
        folder_names = chosen_folder_names(folder_classes, files, classes, folder_names)
    if mapped := sum(map(bool, folder_names.values())):
        say(render(Message("folder_names.mapped", {"count": mapped})))
        return MappedSource(source, folder_names)
    return source


@contextlib.contextmanager
def open_input(
    path: str,
    classes: "ClassSet",
    *,
    fields: bool = False,
    folder_classes: Sequence[str] = (),
    decisions: bool = False,
    to_change: bool = False,
) -> Iterator[ImageInput]:
    """Open a folder, or a project file with the folder that it was last linked to; raises `Problem`.

    With `fields`, the images are the cells of the folder's fields; a project knows whether they are.
    `folder_classes` are values of `--folder-class`. With `decisions`, a folder stands for its project.
    Without `to_change` the project is only read, so that a window can use it at the same time.
    """
    from engine.fields.field_source import FieldSource
    from engine.images.source import open_source
    from engine.project.cell_boxes import read_decided_cells
    from engine.project.folder_names import FOLDER_NAMES_FIELD, decode_folder_names
    from engine.project.library_index import read_project_summary
    from engine.project.project_title import project_title
    from engine.project.recovery import opening_recovered

    file = given_project(path, decisions=decisions)
    if file is None:
        source = open_labelled_source(path, classes, fields=fields, folder_classes=folder_classes)
        yield ImageInput(source, scan_images(source, path), None, Path(path))
        return
    project, recovery = opening_recovered(file, lambda opened: opened, for_reading=not to_change)
    with project:
        if recovery:
            say(render(recovery.message))
        if to_change:
            check_can_change(project)
        summary = read_project_summary(file)
        root = summary.root
        if root is None:
            raise Problem("exchange.no_folder", file=project_title(file))
        source = open_source(root, classes)
        folder_names = decode_folder_names(project.get(FOLDER_NAMES_FIELD))
        source = _map_folder_names(source, folder_names, folder_classes, classes)
        if summary.fields:
            source = FieldSource(source, classes, read_decided_cells(file))
        files = scan_images(source, root)
        unlinked = ImageInput(source, files, project, Path(root))
        with progress_job("image") as job:
            project.link(job, source, unlinked.records)
        # Decisions belong to contents: files of the same size and time may have been swapped.
        with progress_job("image") as job:
            project.verify_links(job, source)
        yield ImageInput(source, files, project, Path(root), project.decisions())
