"""Project decisions that `classify` reads first: tags, and the confirmed cells by which it recalibrates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.cli.model_run import ModelRun, Results
from engine.cli.progress import progress_job, say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.evaluate.own_laboratory import OwnLaboratory
    from engine.images.record import ImageRecord


@dataclass(frozen=True, slots=True)
class ProjectDecisions:
    """Decisions of the project of a folder: confirmed labels and tags by path, and merged classes."""

    labels: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_project_decisions(
    model_run: ModelRun, records: Sequence["ImageRecord"]
) -> ProjectDecisions:
    """Return the decisions of the folder's project; a project that cannot be read is named, and skipped."""
    try:
        return _read_decisions(model_run, records)
    except Problem as problem:
        say(render(problem.message))
        return ProjectDecisions()


def read_own_laboratory(
    model_run: ModelRun, records: Sequence["ImageRecord"], decisions: ProjectDecisions
) -> "OwnLaboratory | None":
    """Return what the confirmed cells of the folder's project say; None for too few cells.

    Images that the model was trained on do not count.
    """
    import numpy as np

    from engine.classify.calibrator import Calibrator
    from engine.classify.reading import Reading
    from engine.classify.training_images import TrainingImages
    from engine.evaluate.own_laboratory import MIN_MEASURED, measure_own_laboratory
    from engine.images.perceptual_hash import compute_hashes

    labels = decisions.labels
    confirmed = [record for record in records if record.path in labels]
    if len(confirmed) < MIN_MEASURED:
        return None
    with progress_job("image") as job:
        keys = compute_hashes(job, model_run.source, confirmed)
    is_seen = TrainingImages.from_bundle(model_run.bundle).contains(keys)
    readings: dict[str, Reading] = {}

    def take(results: Results) -> None:
        readings.update(
            (record.path, result) for record, result in results if not isinstance(result, Message)
        )

    model_run.read(
        [record for record, seen in zip(confirmed, is_seen, strict=True) if not seen], take
    )
    if len(readings) < MIN_MEASURED:
        return None
    probabilities = Calibrator.of_bundle(model_run.bundle).probabilities(
        np.stack([reading.logits for reading in readings.values()]),
        np.stack([reading.embedding for reading in readings.values()]),
    )
    return measure_own_laboratory(
        [labels[path] for path in readings],
        probabilities,
        model_run.bundle.card.classes,
        decisions.merged,
    )


def _read_decisions(model_run: ModelRun, records: Sequence["ImageRecord"]) -> ProjectDecisions:
    from engine.project.classes import decode_classes, merge_map
    from engine.project.confirmed_labels import confirmed_labels
    from engine.project.library import Library
    from engine.project.project import Project

    with progress_job("image") as job:
        match = Library().find(job, model_run.source, records).project
    if match is None or not match.is_same_folder:
        return ProjectDecisions()
    with Project.open_to_read(match.summary.file) as project:
        merged = merge_map(decode_classes(project.get("classes") or ()))
        tags = {path: decision.tags for path, decision in project.decisions().items()}
        return ProjectDecisions(confirmed_labels(project), merged, tags)
