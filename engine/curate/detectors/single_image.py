"""Single-image detectors: unreadable files, off-topic images, quality problems and suspect labels."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine.curate.detectors.base import Detector, DetectorContext
from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.image_quality import QUALITY_THRESHOLD, measure_quality
from engine.curate.outliers import OFF_TOPIC_SCORE, UNUSUAL_SCORE
from engine.images.record import ImageRecord
from engine.messages import Message, Param


class Unreadable(Detector):
    """Files that cannot be read as an image."""

    kinds = (FindingKind.UNREADABLE,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield every bad file with its reason; removal is suggested only for damaged ones."""
        for bad_file in context.image_set.bad_files:
            action = FindingAction.REMOVE if bad_file.is_damaged else FindingAction.REVIEW
            yield Finding(FindingKind.UNREADABLE, bad_file.path, 1.0, bad_file.reason, action)


class OffTopic(Detector):
    """Images without a stained cell, and unusual cells."""

    kinds = (FindingKind.OFF_TOPIC, FindingKind.UNUSUAL)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield off-topic images (to remove) and unusual ones (to review)."""
        outlier_scores = context.comparison["outlier_scores"]
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            outlier_score = float(outlier_scores[row])
            if outlier_score < UNUSUAL_SCORE:
                continue
            is_off_topic = outlier_score >= OFF_TOPIC_SCORE
            kind = FindingKind.OFF_TOPIC if is_off_topic else FindingKind.UNUSUAL
            score = 1 / (1 + np.exp(-(outlier_score - OFF_TOPIC_SCORE) / 1.5))
            higher_count = int((outlier_scores > outlier_score).sum())
            params = {
                "rank": higher_count + 1,
                "count": len(outlier_scores),
                "times": float(np.exp(outlier_score / 3)),
            }
            action = FindingAction.REMOVE if is_off_topic else FindingAction.REVIEW
            path = context.image_set.records[image].path
            yield Finding(kind, path, float(score), Message(f"finding.{kind}", params), action)


class NoneOfThese(Detector):
    """Cells that seem to be none of the model's classes."""

    kinds = (FindingKind.UNKNOWN,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield the cells over the limit, to review; off-topic images are listed as such only."""
        if context.unknown_ratios is None:
            return
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            ratio = float(context.unknown_ratios[row])
            if ratio <= 1 or context.is_off_topic(row):
                continue
            reason = Message("finding.unknown", {"times": ratio})
            path = context.image_set.records[image].path
            # 0.5 at the limit.
            score = ratio**2 / (1 + ratio**2)
            yield Finding(FindingKind.UNKNOWN, path, score, reason, FindingAction.REVIEW)


class Quality(Detector):
    """Blurred, badly exposed, empty, cut-off or oddly sized images, relative to the spread of the set."""

    kinds = (FindingKind.QUALITY,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield the worst problem of each image; nothing in sets that are too small."""
        features = context.image_set.features
        names, deviation = measure_quality(features)
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            if not names[row]:
                continue
            record = features[row]
            params = {
                "times": float(deviation[row]),
                "width": int(record["width"]),
                "height": int(record["height"]),
                "edge": float(record["border"]),
            }
            reason = Message(f"finding.{names[row]}", params)
            score = float(1 - np.exp(-deviation[row] / (2 * QUALITY_THRESHOLD)))
            yield Finding(
                FindingKind.QUALITY,
                context.image_set.records[image].path,
                score,
                reason,
                FindingAction.REVIEW,
            )


class SuspectLabels(Detector):
    """Labels that are probably wrong, by the model, or by a linear head that was not trained on the image."""

    kinds = (FindingKind.SUSPECT_LABEL,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield images with a probably wrong label, and the suggested one."""
        suspect, suggested = context.comparison["suspect"], context.comparison["suggested"]
        conflicting = _rows_with_conflicting_labels(context)
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            score = float(suspect[row])
            record = context.image_set.records[image]
            if row not in conflicting and (finding := _contradiction(context, record, row)):
                yield replace(finding, score=max(score, finding.score))
                continue
            if suggested[row] < 0:
                continue
            suggested_label = context.labels[int(suggested[row])]
            if record.label in (None, suggested_label):
                continue
            params: dict[str, Param] = {
                "label": str(record.label),
                "better": suggested_label,
                "share": score,
            }
            reason = Message("finding.suspect_label", params)
            yield Finding(
                FindingKind.SUSPECT_LABEL,
                record.path,
                score,
                reason,
                FindingAction.REVIEW,
                None,
                suggested_label,
            )


def _rows_with_conflicting_labels(context: DetectorContext) -> set[int]:
    """Return the contents whose copies have different labels: those are listed among the copies."""
    first_labels: dict[int, str | None] = {}
    rows = context.image_set.content_rows.tolist()
    return {
        row
        for record, row in zip(context.image_set.records, rows, strict=True)
        if first_labels.setdefault(row, record.label) != record.label
    }


def _contradiction(context: DetectorContext, record: ImageRecord, row: int) -> Finding | None:
    """Return the finding that the model contradicts this image's label, None if it does not."""
    found = context.contradictions
    if found is None or record.label is None or found.classes[row] is None:
        return None
    is_unknown = context.unknown_ratios is not None and context.unknown_ratios[row] > 1
    if is_unknown or context.is_off_topic(row):
        return None
    probability, predicted = float(found.probabilities[row]), str(found.classes[row])
    params: dict[str, Param] = {"label": record.label, "better": predicted, "share": probability}
    return Finding(
        FindingKind.SUSPECT_LABEL,
        record.path,
        probability,
        Message("finding.contradicted_label", params),
        FindingAction.REVIEW,
        None,
        predicted,
    )
