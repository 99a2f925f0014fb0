"""Trust: what the figures of a report stand on."""

from collections.abc import Sequence

import numpy as np

from engine.classify.prediction_sets import prediction_sets
from engine.classify.unknown_score import USUAL_SHARE
from engine.evaluate.expected_accuracy import expected_accuracy
from engine.evaluate.own_laboratory import OwnLaboratory, measure_own_laboratory
from engine.exchange.report.context import ReportContext, ReportImage
from engine.exchange.report.evaluation import merge_outputs
from engine.exchange.report.report_data import AccuracyEstimate, Trust
from engine.project.classes import effective_label
from engine.project.decisions import NOT_CLASSED


def describe_trust(
    images: Sequence[ReportImage], context: ReportContext, listed: Sequence[str]
) -> Trust | None:
    """Return what the figures on these images stand on; None if none of them was read.

    `listed` are the classes of the count.
    """
    present = [image for image in images if image.decision.removed is None]
    read = [image for image in present if image.probabilities is not None]
    if not read:
        return None
    probabilities = np.stack([_probabilities(image) for image in read])
    own = _measure_confirmed(read, context)
    # Of classes that were merged the sum counts, as in all figures.
    names, merge_matrix = merge_outputs(context)
    sums = probabilities @ merge_matrix
    expected = expected_accuracy(sums.max(axis=1))
    thresholds = np.array([image.set_threshold for image in read])
    sizes = prediction_sets(sums, own.threshold if own and own.is_recalibrated else thresholds).sum(
        axis=1
    )
    is_open = [image.decision.label is None for image in read]
    scores = [image.unknown_ratio for image in read]
    return Trust(
        expected=None
        if expected is None
        else AccuracyEstimate(
            expected.count, expected.value, (expected.low, min(1.0, expected.high))
        ),
        measured=AccuracyEstimate(own.count, own.accuracy, own.interval) if own else None,
        confirmed=sum(_is_confirmed(image, context) for image in read),
        unknown=None
        if all(score is None for score in scores)
        else sum(
            unreviewed and score is not None and score > 1
            for unreviewed, score in zip(is_open, scores, strict=True)
        ),
        usual_unknown_share=USUAL_SHARE,
        several_possible=int((np.array(is_open) & (sizes > 1)).sum()),
        sets_recalibrated=own is not None and own.is_recalibrated,
        held_out_accuracy=context.card.metrics.get("test", {}).get("accuracy"),
        training_images=context.card.training_data.images,
        read=len(read),
        missing_classes=tuple(
            name for name in listed if name not in names and name not in context.merged
        ),
    )


def _measure_confirmed(
    images: Sequence[ReportImage], context: ReportContext
) -> OwnLaboratory | None:
    confirmed = [image for image in images if _is_confirmed(image, context)]
    if not confirmed:
        return None
    labels = [
        str(effective_label(image.decision.label, None, context.merged)) for image in confirmed
    ]
    probabilities = np.stack([_probabilities(image) for image in confirmed])
    return measure_own_laboratory(labels, probabilities, context.card.classes, context.merged)


def _is_confirmed(image: ReportImage, context: ReportContext) -> bool:
    """Return whether a person decided on the image alone and the model was not trained on it."""
    origin = context.label_origins.get(image.path)
    has_class = image.decision.label not in (None, NOT_CLASSED)
    return has_class and origin is not None and origin.is_single and image.seen is not True


def _probabilities(image: ReportImage) -> np.ndarray:
    assert image.probabilities is not None
    return image.probabilities
