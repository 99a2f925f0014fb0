"""Merging of two project files of the same images: a plan to preview, and one edit that carries it out.

Each decision is compared with its history: a file that has seen the other's decision and changed it
since prevails; decisions made apart are taken over where only one side changed anything, and are a
conflict otherwise. Both journals are kept.
"""

import contextlib
import sqlite3
from pathlib import Path

from engine.messages import Problem
from engine.project import schema
from engine.project.backups import passes_check
from engine.project.connection import open_read_only
from engine.project.decisions import Edit
from engine.project.journal import JournalEntry, StoredChange
from engine.project.merge_comparison import MergeComparison, MergePlan
from engine.project.merge_source import MergeSource, read_source
from engine.project.merged_journal import MERGE_ACTION
from engine.project.project import Project
from engine.project.project_title import project_title, title_in_library
from engine.project.sqlite_errors import sqlite_errors_as_problems
from engine.text import display_path, to_printable


def plan_merge(project: Project, other: Path) -> MergePlan:
    """Return what merging another project file would do; raises `Problem` (`merge.*`, `project.*`)."""
    source = _read_other(project, other)
    with project.snapshot() as database:
        return MergeComparison(database, source, other).plan()


def merge(project: Project, other: Path, who: str) -> Edit | None:
    """Merge another project file as one edit, after a backup; None if this one has it all already.

    The other file is not changed. Conflicts are for `read_conflicts` and `settle`. Raises `Problem`
    (`merge.*`, `project.*`, `backup.*`), after which nothing has changed.
    """
    project.back_up("merge")
    source = _read_other(project, other)
    merges: list[MergeComparison] = []

    def changes(database: sqlite3.Connection) -> list[StoredChange]:
        merges.append(MergeComparison(database, source, other))
        return merges[-1].write()

    def then(database: sqlite3.Connection, edit: Edit) -> None:
        merges[-1].append_journal(database, edit.id)

    # A file in the data folder has a name that nobody has seen.
    name = title_in_library(other) or to_printable(other.name)
    return project.apply_stored(JournalEntry(MERGE_ACTION, who, name), changes, then)


def _read_other(project: Project, other: Path) -> MergeSource:
    with contextlib.suppress(OSError):
        if other.samefile(project.file):
            raise Problem("merge.same_file", file=project_title(other))
    if not other.is_file():
        raise Problem("project.missing", file=display_path(other))
    with (
        sqlite_errors_as_problems(other),
        contextlib.closing(open_read_only(other)[0]) as source,
    ):
        source.execute("BEGIN")
        schema.read_version(source, other)
        # A comparison meets only some of the damage.
        if not passes_check(source):
            raise Problem("project.damaged", file=project_title(other), reason="integrity_check")
        return read_source(source)
