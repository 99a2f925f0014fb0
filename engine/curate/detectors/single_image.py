"""Single-image detectors: unreadable files, off-topic images, quality problems and suspect labels."""

from collections.abc import Iterator

import numpy as np

from engine.curate.detectors.base import Detector, DetectorContext
from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.outliers import OFF_TOPIC_SCORE, UNUSUAL_SCORE
from engine.messages import Message, Param

_MIN_IMAGES = 50  # with fewer, the spread is not reliable
_MAD_THRESHOLD = 8.0  # median absolute deviations
_CUT_WEIGHT = 3.0  # shares are bounded, so they deviate less than unbounded measures


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
        outlier_scores = context.comparison["unlike"]
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
        if context.unknown is None:
            return
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            times = float(context.unknown[row])
            if times <= 1 or context.is_off_topic(row):
                continue
            reason = Message("finding.unknown", {"times": times})
            path = context.image_set.records[image].path
            # 0.5 at the limit.
            score = times**2 / (1 + times**2)
            yield Finding(FindingKind.UNKNOWN, path, score, reason, FindingAction.REVIEW)


class Quality(Detector):
    """Blurred, badly exposed, empty, cut-off or oddly sized images, relative to the spread of the set."""

    kinds = (FindingKind.QUALITY,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield the worst problem of each image; nothing in sets that are too small."""
        features = context.image_set.features
        if len(features) < _MIN_IMAGES:
            return
        ratio = np.log(np.maximum(features["width"], 1) / np.maximum(features["height"], 1))
        area = np.log(np.maximum(features["width"].astype(float) * features["height"], 1))
        measures = {
            "blur": -_mad_deviation(np.log(features["sharpness"] + 1e-3), 0.1),
            "dark": np.maximum(
                -_mad_deviation(features["brightness"], 4.0), _mad_deviation(features["dark"], 0.03)
            ),
            # The background is nearly white anyway, so overexposure shows in clipped pixels.
            "bright": np.maximum(
                _mad_deviation(features["brightness"], 4.0),
                _mad_deviation(features["bright"], 0.03),
            ),
            "empty": -_mad_deviation(np.log(features["contrast"] + 1), 0.06),
            "size": np.maximum(
                np.abs(_mad_deviation(ratio, 0.03)), np.abs(_mad_deviation(area, 0.2))
            ),
            # Stain at an edge is a neighbouring cell, unless the centre has none.
            "cut": _CUT_WEIGHT * _mad_deviation(features["border"] - 2 * features["centre"], 0.1),
        }
        names = list(measures)
        deviations = np.stack([measures[name] for name in names], 1)
        worst, deviation = deviations.argmax(1), deviations.max(1)
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            if deviation[row] < _MAD_THRESHOLD:
                continue
            record = features[row]
            params = {
                "times": float(deviation[row]),
                "width": int(record["width"]),
                "height": int(record["height"]),
                "edge": float(record["border"]),
            }
            reason = Message(f"finding.{names[worst[row]]}", params)
            score = float(1 - np.exp(-deviation[row] / (2 * _MAD_THRESHOLD)))
            yield Finding(
                FindingKind.QUALITY,
                context.image_set.records[image].path,
                score,
                reason,
                FindingAction.REVIEW,
            )


class SuspectLabels(Detector):
    """Labels that are probably wrong, by a linear head that was not trained on the image."""

    kinds = (FindingKind.SUSPECT_LABEL,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield images with a probably wrong label, and the suggested one."""
        suspect, suggested = context.comparison["suspect"], context.comparison["suggested"]
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            score = float(suspect[row])
            record = context.image_set.records[image]
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


def _mad_deviation(values: np.ndarray, min_spread: float) -> np.ndarray:
    """Return the distance of each value from the median, in MADs; the MAD is at least `min_spread`."""
    median = np.median(values)
    spread = max(1.4826 * float(np.median(np.abs(values - median))), min_spread)
    deviations: np.ndarray = (values - median) / spread
    return deviations
