"""Background tasks of the Report workspace, to be run by `Workers.start`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.classify.prediction_sets import COVERAGE
from engine.exchange.report.builder import build_report, report_rows
from engine.exchange.report.context import PathStyle, ReportContext, ReportImage
from engine.exchange.report.evaluation import (
    count_bulk_confirmed,
    output_classes,
    sample_labelled,
)
from engine.exchange.report.previews import render_mistakes
from engine.exchange.report.project_context import SESSION_FIELD, project_report_context
from engine.exchange.report.training_overlap import mark_seen
from engine.exchange.report.writer import report_folder, write_report
from engine.exchange.row_builder import hash_contents
from engine.fields.field_source import red_cells_of
from engine.jobs import Job
from engine.messages import Problem
from engine.project.decisions import Decision
from gui import language
from gui.report.evaluated_images import EvaluatedImages, collect_evaluated
from gui.report.output_paths import new_output_path
from gui.state.class_codes import NONE
from gui.state.unknown_limit import unknown_ratios
from gui.words import document_text

if TYPE_CHECKING:
    from engine.classify.reading import Reading
    from engine.evaluate.robustness import RobustnessScorecard
    from engine.exchange.report.report_data import Report
    from engine.images.source import Source
    from engine.project.project import Project
    from gui.state.active_model import ActiveModel
    from gui.state.image_table import ImageTable


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Inputs of a report; `target` is the number of leukocytes to count, None for all.

    `robustness` is the scorecard of the model on these images, if it was measured. `content_keys` is a
    cache of content keys by path, which the tasks fill.
    """

    source: "Source"
    table: "ImageTable"
    model: "ActiveModel"
    project: "Project | None"
    target: int | None
    robustness: "RobustnessScorecard | None" = None
    content_keys: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report, the saved session fields, and the images of its evaluation."""

    report: "Report"
    session: dict[str, str]
    evaluated: EvaluatedImages | None
    bulk_confirmed: int
    """The number of predictions confirmed in bulk."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options of a written report: parent folder, formats, image names and title."""

    into: Path
    formats: Sequence[str]
    paths: PathStyle = "relative"
    title: str = ""


def build_draft(job: Job, request: ReportRequest) -> ReportDraft:
    """Build a report from the current state, without digests of the images."""
    items = marked_items(job, request)
    context = report_context(request)
    return ReportDraft(
        build_report(items, context),
        _saved_session(request),
        collect_evaluated(items, context),
        count_bulk_confirmed(items, context),
    )


def write_files(job: Job, request: ReportRequest, options: ReportOptions) -> list[Path]:
    """Write a report to a new folder and return its files; raises `Problem` and `Cancelled`."""
    try:
        return _write_files(job, request, options)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("report.not_written", folder=str(options.into), reason=reason) from error


def _write_files(job: Job, request: ReportRequest, options: ReportOptions) -> list[Path]:
    # Items first: another model may be chosen while the files are hashed.
    items = marked_items(job, request)
    records = [record for record in request.table.records if record is not None]
    hashes = hash_contents(job, request.source, records)
    items = [replace(item, sha256=hashes.get(item.path, "")) for item in items]
    context = replace(report_context(request), title=options.title, paths=options.paths)
    report = build_report(items, context)
    table = request.table

    def reading_of(path: str) -> "Reading | None":
        row = table.row(path)
        return None if row is None else table.reading(row)

    # Without image names, the folder name must not appear either.
    name = f"{request.source.root.stem}-report" if options.paths == "relative" else "report"
    return write_report(
        job,
        report,
        report_rows(items, context),
        output_classes(context),
        render_mistakes(
            report,
            items,
            options.paths,
            request.source,
            {record.path: record for record in records},
            reading_of,
            request.model.card,
        ),
        report_folder(new_output_path(options.into, name), options.formats),
        formats=options.formats,
        translate=document_text,
        language=language.current_language(),
    )


def marked_items(job: Job, request: ReportRequest) -> list[ReportImage]:
    """Return the images; labelled ones say whether the model was trained on them."""
    records = {record.path: record for record in request.table.records if record is not None}
    items = _items(job, request)
    return mark_seen(
        job, request.source, records, items, request.model.bundle, request.content_keys
    )


def _items(job: Job, request: ReportRequest) -> list[ReportImage]:
    """Return the images in their current state, without digests."""
    table = request.table
    total = len(table)
    read, removed, labels, noted = (
        table.read.copy(),
        table.column("removed").copy(),
        table.column("label").copy(),
        table.column("noted").copy(),
    )
    tags = table.tags.by_row()
    probabilities, thresholds = None, np.full(total, COVERAGE)
    if table.readings.logits is not None:
        probabilities = np.zeros((total, table.readings.logits.shape[1]), np.float32)
        probabilities[read], thresholds[read] = table.readings.assess(np.flatnonzero(read))
    ratios = unknown_ratios(table)
    decisions: dict[tuple[int, str | None], Decision] = {}
    items = []
    for done, row in enumerate(table.fields.listed_rows().tolist()):
        if done % 4096 == 0:
            job.progress(done, total)
        record, code = table.records[row], int(labels[row])
        reason = table.reasons.get(row, "person") if removed[row] else None
        decision = decisions.get((code, reason))
        if decision is None:
            label = None if code == NONE else table.class_id(code)
            decision = decisions[code, reason] = Decision(label=label, removed=reason)
        if noted[row]:
            decision = replace(decision, note=table.item(row).note)
        if row in tags:
            decision = replace(decision, tags=tags[row])
        items.append(
            ReportImage(
                table.paths[row],
                "",
                record.label if record else None,
                record.split if record else None,
                probabilities[row] if probabilities is not None and read[row] else None,
                decision,
                unknown_ratio=ratios[row],
                set_threshold=float(thresholds[row]),
            )
        )
    return items


def report_context(request: ReportRequest) -> ReportContext:
    """Return the context of a report: model, classes and project, with folder, count target and robustness."""
    context = project_report_context(request.model.card, request.model.class_set, request.project)
    return replace(
        context,
        folder=request.source.root.name,
        target=request.target,
        robustness=request.robustness,
        red_cells=red_cells_of(request.source),
    )


def measure_robustness(job: Job, request: ReportRequest, n: int) -> "RobustnessScorecard":
    """Measure robustness on up to `n` labelled images with eleven corruptions; raises `Problem`."""
    from engine.evaluate.robustness import measure_robustness

    items = marked_items(job, request)
    records = {record.path: record for record in request.table.records if record is not None}
    context = report_context(request)
    sampled = sample_labelled(items, context, n)
    images = [(records[path], label) for path, label in sampled]
    return measure_robustness(job, request.model.bundle, request.source, images, context.merged)


def _saved_session(request: ReportRequest) -> dict[str, str]:
    fields = request.project.get(SESSION_FIELD) if request.project else None
    return {str(name): str(text) for name, text in (fields or {}).items()}
