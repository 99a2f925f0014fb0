"""Competency tasks: the truth of a folder, drawing a test, finding its images; run on worker threads."""

from typing import TYPE_CHECKING

from engine.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.competency.record import DrawnCell
    from engine.competency.truth import Truth, TruthCell
    from engine.images.record import ImageRecord
    from engine.images.source import Source
    from engine.project.project import Project


def find_folder_truth(_: Job, project: "Project", labels: dict[str, str]) -> "Truth":
    """Return the truth of the open project; raises `Problem`."""
    from engine.competency.truth import find_truth
    from engine.exchange.report.project_context import current_sign_off

    return find_truth(project, labels, current_sign_off(project))


def find_present_cells(
    _: Job, project: "Project", paths: list[str], cells: "Sequence[DrawnCell]"
) -> "list[DrawnCell]":
    """Return the cells that are among the images at `paths`, with their present paths."""
    from engine.competency.present_cells import find_images, with_paths

    contents = project.contents()
    return with_paths(cells, find_images(cells, {path: contents.get(path, "") for path in paths}))


def draw_test(
    job: Job,
    source: "Source",
    records: "dict[str, ImageRecord | None]",
    cells: "tuple[TruthCell, ...]",
    count: int,
    seed: int,
) -> "list[TruthCell]":
    """Draw cells and complete their content hashes, by which they are found again after a move."""
    from dataclasses import replace

    from engine.competency.draw import draw_cells
    from engine.exchange.row_builder import hash_contents

    drawn = draw_cells(cells, count, seed)
    unknown = [record for cell in drawn if not cell.content and (record := records[cell.path])]
    contents = hash_contents(job, source, unknown)
    return [replace(cell, content=cell.content or contents.get(cell.path, "")) for cell in drawn]
