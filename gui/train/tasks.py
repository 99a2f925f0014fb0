"""Background tasks of the Train workspace, to be run by `Workers.start`."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Problem
from gui.train import training_request
from gui.train.training_request import TrainingRequest

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.images.record import ImageRecord
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.project import Project
    from engine.train.candidate_evaluation import Verdict
    from engine.train.labelled_set import LabelledImage
    from engine.train.training_manifest import TrainingManifest
    from gui.state.image_table import ImageTable


@dataclass(frozen=True, slots=True)
class TrainingContext:
    """Inputs of a retraining: the images with their decisions, and the current model."""

    source: "Source"
    table: "ImageTable"
    project: "Project"
    who: str
    current: "Bundle"
    classes: frozenset[str]
    """Class ids of the project and the model; a folder with another name gives no label."""


@dataclass(frozen=True, slots=True)
class TrainingOutcome:
    """A candidate, the verdict of the gate, and the model it was compared with."""

    candidate: "Bundle"
    current: "Bundle"
    verdict: "Verdict"
    titles: tuple[str, str]
    """Titles of both models, candidate first."""


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """A deep training; it starts, resumes, or finishes with the best weights so far."""

    request: TrainingRequest
    classes: "tuple[ClassEntry, ...]" = ()
    """Classes of the project; empty to use those of the recipe."""
    resume: bool = False
    finish: bool = False


@dataclass(frozen=True, slots=True)
class TrainingStarted:
    """First partial result of a deep training: its total number of epochs."""

    epochs: int


def select_labelled(context: TrainingContext) -> "list[LabelledImage]":
    """Return the labelled images, each with its class id in the project."""
    from gui.train.training_labels import training_codes

    table = context.table
    images = []
    for row, code in enumerate(training_codes(table, context.classes).tolist()):
        record, label = table.records[row], table.class_id(code)
        if record is not None and label is not None:
            images.append((record, label))
    return images


def select_unlabelled(context: TrainingContext) -> "list[ImageRecord]":
    """Return the images that have no class, and that nobody removed or marked as no class."""
    from gui.state.class_codes import NONE
    from gui.train.training_labels import training_codes

    table = context.table
    # A folder whose name is no class says nothing about its images.
    has_no_label = training_codes(table, context.classes) == NONE
    is_open = has_no_label & (table.column("label") == NONE) & ~table.column("removed")
    rows = is_open.nonzero()[0].tolist()
    return [record for row in rows if (record := table.records[row]) is not None]


def retrain_head(job: Job, context: TrainingContext) -> TrainingOutcome:
    """Refit the head of the current model to the decided labels and evaluate it; raises `Problem`."""
    from engine.train import retraining
    from engine.train.candidate_evaluation import check_comparable
    from engine.train.current_model import new_model_dir
    from engine.train.holdout import lock_holdout

    images = select_labelled(context)
    locked = lock_holdout(context.project, context.source, images, job, context.who)
    check_comparable(job, context.source, images, locked, context.current)
    out = new_model_dir(f"{context.source.root.name}-quick")
    with _report_full_disk(lambda: Problem("quick.disk_full", folder=str(out.parent))):
        candidate = retraining.retrain_head(
            job,
            context.source,
            images,
            context.current,
            locked,
            out,
            select_unlabelled(context),
        )
    return _evaluate(job, context, candidate, images, locked)


def train_network(job: Job, context: TrainingContext, run: TrainingRun) -> TrainingOutcome:
    """Train a network by a recipe in a child process and evaluate it; raises `Problem`."""
    from engine.train import retraining
    from engine.train.candidate_evaluation import check_comparable
    from engine.train.holdout import lock_holdout
    from engine.train.image_store import disk_full_problem
    from engine.train.training import UNFINISHED_SUFFIX

    request = run.request
    # A resumed training keeps its own recipe, even if the file changed or is gone.
    manifest = retraining.load_unfinished(request.out) if run.resume or run.finish else None
    recipe = manifest.recipe if manifest else training_request.load_requested_recipe(request)
    parent = (
        _find_parent(request, manifest)
        if manifest
        else training_request.open_parent(request, recipe.architecture)
    )

    def disk_full() -> Problem:
        work = request.out.with_name(request.out.name + UNFINISHED_SUFFIX)
        return disk_full_problem(request.out.parent, work)

    with _report_full_disk(disk_full):
        training_request.save_request(request, context.source.root)
    job.partial(TrainingStarted(recipe.epochs))
    images = select_labelled(context)
    locked = lock_holdout(context.project, context.source, images, job, context.who)
    if not (run.resume or run.finish):
        # A training that was already paid for is finished in any case: its model is kept on the disk.
        check_comparable(job, context.source, images, locked, context.current)
    with _report_full_disk(disk_full):
        candidate = retraining.retrain_network(
            job,
            context.source,
            images,
            recipe,
            locked,
            request.out,
            parent=parent,
            classes=training_request.build_class_set(run.classes, context.source.root.name),
            resume=run.resume,
            finish=run.finish,
        )
    return _evaluate(job, context, candidate, images, locked)


def _find_parent(request: TrainingRequest, manifest: "TrainingManifest") -> "Bundle | None":
    try:
        parent = training_request.open_parent(request, manifest.recipe.architecture)
    except Problem:
        return None
    return parent if parent is not None and parent.card.model_id == manifest.parent else None


def compare_models(job: Job, context: TrainingContext, outcome: TrainingOutcome) -> TrainingOutcome:
    """Evaluate both models again with the current labels of the locked images; raises `Problem`."""
    from engine.train.holdout import lock_holdout

    images = select_labelled(context)
    locked = lock_holdout(context.project, context.source, images, job, context.who)
    return _evaluate(job, context, outcome.candidate, images, locked, outcome.current)


@contextlib.contextmanager
def _report_full_disk(make_problem: Callable[[], Problem]) -> Iterator[None]:
    """Raise a `Problem` instead of an `OSError` for a full disk."""
    from engine.train.image_store import DISK_FULL_ERRNOS

    try:
        yield
    except OSError as error:
        if error.errno not in DISK_FULL_ERRNOS:
            raise
        raise make_problem() from error


def _evaluate(
    job: Job,
    context: TrainingContext,
    candidate: "Bundle",
    images: "list[LabelledImage]",
    locked: frozenset[str],
    current: "Bundle | None" = None,
) -> TrainingOutcome:
    from engine.classify.models import model_title
    from engine.train import candidate_evaluation

    baseline = current or context.current
    job.progress(0)
    verdict = candidate_evaluation.evaluate_candidate(
        job, context.source, images, locked, baseline, candidate, merged=context.table.merged
    )
    return TrainingOutcome(
        candidate, baseline, verdict, (model_title(candidate), model_title(baseline))
    )
