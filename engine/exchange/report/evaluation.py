"""Evaluation of a model in a report: reference labels, and the figures on labelled images."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.classify.merged_classes import merge_matrix
from engine.classify.reading import Float32
from engine.evaluate import curves
from engine.evaluate.evaluation_basis import EvaluationBasis, score_seen_images, select_unseen
from engine.evaluate.metrics import compute_metrics
from engine.exchange.report.context import ReportContext, ReportImage, display_name
from engine.exchange.report.report_data import ACCURACY_TARGETS, Evaluation, Mistake
from engine.messages import Message
from engine.project.classes import effective_label


def output_classes(context: ReportContext) -> tuple[str, ...]:
    """Return the classes in the order of the probabilities of `builder.report_rows`."""
    return merge_outputs(context)[0]


def merge_outputs(context: ReportContext) -> tuple[tuple[str, ...], Float32]:
    """Return the model's m classes after merging, and the 0/1 matrix (c, m) that sums probabilities."""
    return merge_matrix(context.card.classes, context.merged)


def sample_labelled(
    images: Sequence[ReportImage], context: ReportContext, n: int
) -> list[tuple[str, str]]:
    """Return (path, class) of a fixed random sample of up to `n` evaluated images."""
    labelled = [
        (image.path, reference)
        for image, *_ in evaluated_images(images, context).counted
        if (reference := reference_label(image, context)) is not None
    ]
    order = np.random.default_rng(0).permutation(len(labelled))[:n]
    return [labelled[index] for index in order]


def is_single_decision(path: str, context: ReportContext) -> bool:
    """Return whether an image was decided on its own; True if the journal does not know."""
    origin = context.label_origins.get(path)
    return origin is None or origin.is_single


def reference_label(image: ReportImage, context: ReportContext) -> str | None:
    """Return the label that a prediction can be compared with, or None.

    Predictions confirmed for several images at once are no evidence about the model; for these it is the
    folder's label, if there is one.
    """
    origin = context.label_origins.get(image.path)
    label = current_label(image, context)
    if label and origin and origin.is_bulk_confirmed:
        return effective_label(None, image.label, context.merged)
    return label


def current_label(image: ReportImage, context: ReportContext) -> str | None:
    """Return an image's effective label; None for a removed one."""
    if image.decision.removed is not None:
        return None
    return effective_label(image.decision.label, image.label, context.merged)


@dataclass(frozen=True, slots=True)
class EvaluatedImages:
    """The evaluated images, each with the index of its label and its probabilities (m,).

    The figures rest on `counted`; `seen` images, on which the model was trained, are reported apart.
    Indices are those of `output_classes`.
    """

    counted: list[tuple[ReportImage, int, Float32]]
    seen: list[tuple[ReportImage, int, Float32]]
    basis: EvaluationBasis


def evaluated_images(images: Sequence[ReportImage], context: ReportContext) -> EvaluatedImages:
    """Return the labelled images in order, split by whether the model was trained on them."""
    names, merge_matrix = merge_outputs(context)
    labelled = [
        (image, names.index(reference), image.probabilities @ merge_matrix)
        for image in images
        if image.probabilities is not None
        and (reference := reference_label(image, context)) in names
    ]
    is_counted, basis = select_unseen([image.seen for image, *_ in labelled])
    counted = [entry for entry, counts in zip(labelled, is_counted, strict=True) if counts]
    return EvaluatedImages(
        counted,
        [entry for entry, counts in zip(labelled, is_counted, strict=True) if not counts],
        basis,
    )


def evaluate_images(images: Sequence[ReportImage], context: ReportContext) -> Evaluation | None:
    """Evaluate the predictions on the labelled images; None if there are none."""
    evaluated = evaluated_images(images, context)
    if not evaluated.counted:
        return None
    names = output_classes(context)
    labels = np.array([label for _, label, _ in evaluated.counted], np.intp)
    probabilities: Float32 = np.stack([values for *_, values in evaluated.counted])
    acceptance = curves.acceptance_curve(labels, probabilities)
    predicted = probabilities.argmax(axis=1)
    is_correct = [int(values.argmax()) == label for _, label, values in evaluated.seen]
    return Evaluation(
        metrics=compute_metrics(labels, probabilities, names),
        roc=curves.roc_curves(labels, probabilities, names),
        precision_recall=curves.precision_recall_curves(labels, probabilities, names),
        reliability=curves.reliability_bins(labels, probabilities),
        acceptance=acceptance,
        review_efforts=tuple(acceptance.effort_for(target) for target in ACCURACY_TARGETS),
        mistakes=tuple(
            Mistake(
                display_name(evaluated.counted[index][0], context.paths),
                names[labels[index]],
                names[predicted[index]],
                float(probabilities[index].max()),
            )
            for index in curves.worst_mistakes(labels, probabilities)
        ),
        robustness=context.robustness,
        basis=evaluated.basis,
        seen_images=score_seen_images(np.array(is_correct, np.bool_)),
        together=sum(
            current_label(image, context) is not None and reference_label(image, context) is None
            for image in images
        ),
        bulk_confirmed=count_bulk_confirmed(images, context),
    )


def count_bulk_confirmed(images: Sequence[ReportImage], context: ReportContext) -> int:
    """Return the number of images whose prediction was confirmed in bulk, which is no label here."""
    origins = [
        context.label_origins.get(image.path)
        for image in images
        if current_label(image, context) is not None
    ]
    return sum(origin is not None and origin.is_bulk_confirmed for origin in origins)


def bulk_messages(bulk_confirmed: int, together: int) -> list[Message]:
    """Return the sentences on predictions confirmed in bulk; `together` of them have no other label."""
    messages = []
    if bulk_confirmed:
        messages.append(Message("report.bulk_confirmed", {"n": bulk_confirmed}))
    if bulk_confirmed > together:
        messages.append(Message("report.bulk_folder", {"n": bulk_confirmed - together}))
    if together:
        messages.append(Message("report.no_evidence", {"n": together}))
    return messages
