"""A folder, or a project with the folder it was used on: what `report`, `export` and `import` work on."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.progress import progress_job, say
from engine.messages import Problem, render

if TYPE_CHECKING:
    from engine.images.class_set import ClassSet
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.project import Project
    from engine.project.decisions import Decision


@dataclass(frozen=True, slots=True)
class Opened:
    """Images, all files that were found, and what is decided of them."""

    source: "Source"
    found: Sequence["ImageRecord | BadFile"]
    project: "Project | None"
    decisions: dict[str, "Decision"] = field(default_factory=dict)

    @property
    def records(self) -> list["ImageRecord"]:
        """The images."""
        from engine.images.record import ImageRecord

        return [one for one in self.found if isinstance(one, ImageRecord)]

    def entries(self) -> Sequence["ClassEntry"]:
        """Return the project's own classes, or none."""
        from engine.project.classes import decode_classes

        kept = self.project.get("classes") if self.project else None
        return decode_classes(kept) if kept else ()


@contextlib.contextmanager
def opened(path: str, classes: "ClassSet") -> Iterator[Opened]:
    """Open a folder, or a project's file and the folder it was linked to last; raises `Problem`."""
    from engine.images.source import open_source
    from engine.project.library_index import read_project_summary
    from engine.project.project import SUFFIX, Project

    file = Path(path)
    if not (file.suffix == SUFFIX and file.is_file()):
        source = open_source(path, classes)
        with progress_job("file") as job:
            found = list(source.scan(job))
        yield Opened(source, found, None)
        return
    root = read_project_summary(file).root
    if root is None:
        raise Problem("exchange.no_folder", file=str(file))
    source = open_source(root, classes)
    with Project.open(file) as project:
        if project.read_only:
            say(render(project.read_only))
        with progress_job("file") as job:
            found = list(source.scan(job))
        made = Opened(source, found, project)
        with progress_job("image") as job:
            project.link(job, source, made.records)
        # What goes out or comes in is decided of contents: files of one size and time may be exchanged.
        with progress_job("image") as job:
            project.verify_links(job, source)
        yield Opened(source, found, project, project.decisions())
