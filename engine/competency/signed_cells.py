"""Signed cells: cells of known class in the signed projects of other folders, as reference cells."""

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.classify.reading import Float16
from engine.damaged_data import DamagedData
from engine.exchange.report.project_context import current_sign_off
from engine.explore.reference_cells import typical_rows
from engine.fields.field_source import FieldSource
from engine.images.class_set import load_class_set
from engine.images.folder_names import MappedSource
from engine.images.record import ImageRecord
from engine.images.source import Source, open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.project.cell_boxes import read_decided_cells
from engine.project.classes import decode_classes, effective_label, merge_map
from engine.project.folder_names import FOLDER_NAMES_FIELD, decode_folder_names
from engine.project.library import Library
from engine.project.metadata import ProjectSummary
from engine.project.project import Project

_MAX_PROJECTS = 20
"""Most signed projects that are searched, the last opened ones first."""

_MAX_CANDIDATES = 200
"""Most candidates of a class from one folder, evenly spread over its cells."""

EmbeddingOf = Callable[[str], Float16 | None]
"""Function from a content hash to the embedding of the image, None where it was not read."""


@dataclass(frozen=True, slots=True)
class SignedCell:
    """A cell of a signed project: the project's name, who signed it, and the image in its folder."""

    project: str
    who: str
    root: Path
    path: str
    content: str
    source: Source = field(compare=False, repr=False)
    record: ImageRecord = field(compare=False, repr=False)


def find_signed_cells(
    job: Job,
    wanted: Mapping[str, int],
    *,
    exclude_root: Path | None = None,
    exclude_contents: Collection[str] = (),
    embedding_of: EmbeddingOf = lambda _: None,
    library: Library | None = None,
) -> dict[str, list[SignedCell]]:
    """Return up to the wanted number of cells of each class, from the projects last opened.

    The cells nearest to the mean embedding of their class where enough of them were read, else evenly
    spread ones. Only images whose content is still the one that was signed. Projects without a valid
    sign-off and folders that are not there are left out. Raises `Cancelled`.
    """
    found: dict[str, list[SignedCell]] = {class_id: [] for class_id in wanted}
    excluded = set(exclude_contents)
    real_root = os.path.realpath(exclude_root) if exclude_root is not None else None
    for summary in (library or Library()).recent()[:_MAX_PROJECTS]:
        job.check()
        missing = {name: n - len(found[name]) for name, n in wanted.items() if n > len(found[name])}
        if not missing:
            break
        if summary.root is None or os.fspath(summary.root) == real_root:
            continue
        # A folder on a drive that is not connected, a damaged project: the others are enough.
        with contextlib.suppress(Problem, DamagedData, OSError):
            for class_id, candidates in _candidates(job, summary, missing, excluded).items():
                ordered = _typical_first(candidates, missing[class_id], embedding_of)
                cells = _unchanged(job, ordered, missing[class_id], excluded)
                found[class_id] += cells
    return found


def _candidates(
    job: Job, summary: ProjectSummary, wanted: Collection[str], excluded: Collection[str]
) -> dict[str, list[SignedCell]]:
    if summary.root is None or not summary.root.exists():
        return {}
    try:
        with Project.open_to_read(summary.file) as project:
            sign_off = current_sign_off(project)
            if sign_off is None or not sign_off.valid:
                return {}
            decisions, contents = project.decisions(), project.contents()
            merged = merge_map(decode_classes(project.get("classes") or ()))
            folder_names = decode_folder_names(project.get(FOLDER_NAMES_FIELD))
    except Cancelled:
        return {}  # The project was closed meanwhile.
    if summary.fields:
        source, records = _decided_cells(summary, decisions)
    else:
        source = MappedSource(open_source(summary.root), folder_names)
        records = (file for file in source.scan(job) if isinstance(file, ImageRecord))
    cells: dict[str, list[SignedCell]] = {}
    for record in records:
        decision, content = decisions.get(record.path), contents.get(record.path, "")
        if not content or content in excluded or (decision and decision.removed is not None):
            continue
        label = effective_label(decision.label if decision else None, record.label, merged)
        if label is not None and label in wanted:
            cell = SignedCell(
                summary.name, sign_off.who, summary.root, record.path, content, source, record
            )
            cells.setdefault(label, []).append(cell)
    return cells


def _decided_cells(
    summary: ProjectSummary, paths: Collection[str]
) -> tuple[Source, Iterator[ImageRecord]]:
    """Return the source of a folder of fields, and its decided cells: the others would have to be found."""
    assert summary.root is not None
    decided = read_decided_cells(summary.file)
    source = FieldSource(open_source(summary.root), load_class_set(), decided)
    return source, (ImageRecord(path, None, None, 0, 0) for path in sorted(paths))


def _typical_first(
    cells: Sequence[SignedCell], k: int, embedding_of: EmbeddingOf
) -> list[SignedCell]:
    step = -(-len(cells) // _MAX_CANDIDATES)
    candidates = cells[::step]
    read = [
        (cell, found) for cell in candidates if (found := embedding_of(cell.content)) is not None
    ]
    if len(read) < min(k, len(candidates)):
        spread = np.linspace(0, len(candidates) - 1, min(2 * k, len(candidates))).astype(int)
        return [candidates[index] for index in spread]
    # More than needed, because some may have changed.
    rows = typical_rows(np.stack([found for _, found in read]), np.arange(len(read)), 2 * k)
    return [read[row][0] for row in rows.tolist()]


def _unchanged(
    job: Job, cells: Sequence[SignedCell], k: int, excluded: set[str]
) -> list[SignedCell]:
    """Return the first `k` cells whose images are still those that were signed, copies once."""
    unchanged: list[SignedCell] = []
    for cell in cells:
        job.check()
        if len(unchanged) == k:
            break
        with contextlib.suppress(Problem, OSError):
            if cell.content not in excluded and cell.source.digest(cell.record) == cell.content:
                excluded.add(cell.content)
                unchanged.append(cell)
    return unchanged
