"""Detectors that look at one picture against all others: unreadable, off-topic, quality, label."""

from collections.abc import Iterator

import numpy as np

from engine.curate.detector import Detector, View
from engine.curate.finding import Action, Finding, Kind
from engine.curate.unlike import OFF_TOPIC, UNUSUAL
from engine.messages import Message, Param

_LEAST = 50  # pictures; fewer do not say what is usual
_FAR = 8.0  # median absolute deviations
_CUT = 3.0  # shares of a picture are bounded: none lies as many deviations away as a measure can


class Unreadable(Detector):
    """Files that are no readable image."""

    kinds = (Kind.UNREADABLE,)

    def find(self, view: View) -> Iterator[Finding]:
        """Yield every bad file with its reason; only what is damaged is to be removed."""
        for bad in view.folder.bad:
            action = Action.REMOVE if bad.damaged else Action.REVIEW
            yield Finding(Kind.UNREADABLE, bad.path, 1.0, bad.reason, action)


class OffTopic(Detector):
    """Pictures that show no stained cell, and cells unlike the others."""

    kinds = (Kind.OFF_TOPIC, Kind.UNUSUAL)

    def find(self, view: View) -> Iterator[Finding]:
        """Yield off-topic pictures (to remove) and unusual ones (to review)."""
        unlike = view.compared["unlike"]
        for image, row in enumerate(view.folder.content.tolist()):
            value = float(unlike[row])
            if value < UNUSUAL:
                continue
            off = value >= OFF_TOPIC
            kind = Kind.OFF_TOPIC if off else Kind.UNUSUAL
            score = 1 / (1 + np.exp(-(value - OFF_TOPIC) / 1.5))
            higher = int((unlike > value).sum())
            says = {"rank": higher + 1, "count": len(unlike), "times": float(np.exp(value / 3))}
            action = Action.REMOVE if off else Action.REVIEW
            path = view.folder.records[image].path
            yield Finding(kind, path, float(score), Message(f"finding.{kind}", says), action)


class Quality(Detector):
    """Pictures blurred, badly exposed, empty, cut off or of an odd size, against the set's own spread."""

    kinds = (Kind.QUALITY,)

    def find(self, view: View) -> Iterator[Finding]:
        """Yield the worst fault of each picture; nothing in sets too small to say what is usual."""
        facts = view.folder.facts
        if len(facts) < _LEAST:
            return
        ratio = np.log(np.maximum(facts["width"], 1) / np.maximum(facts["height"], 1))
        area = np.log(np.maximum(facts["width"].astype(float) * facts["height"], 1))
        measures = {
            "blur": -_deviation(np.log(facts["sharpness"] + 1e-3), 0.1),
            "dark": np.maximum(
                -_deviation(facts["brightness"], 4.0), _deviation(facts["dark"], 0.03)
            ),
            # A bright glass lies so near to white that only what is clipped tells too much light.
            "bright": np.maximum(
                _deviation(facts["brightness"], 4.0), _deviation(facts["bright"], 0.03)
            ),
            "empty": -_deviation(np.log(facts["contrast"] + 1), 0.06),
            "size": np.maximum(np.abs(_deviation(ratio, 0.03)), np.abs(_deviation(area, 0.2))),
            # Stain at an edge is a neighbour's, unless it is missing in the middle.
            "cut": _CUT * _deviation(facts["border"] - 2 * facts["centre"], 0.1),
        }
        names = list(measures)
        values = np.stack([measures[name] for name in names], 1)
        worst, far = values.argmax(1), values.max(1)
        for image, row in enumerate(view.folder.content.tolist()):
            if far[row] < _FAR:
                continue
            one = facts[row]
            says = {
                "times": float(far[row]),
                "width": int(one["width"]),
                "height": int(one["height"]),
                "edge": float(one["border"]),
            }
            reason = Message(f"finding.{names[worst[row]]}", says)
            score = float(1 - np.exp(-far[row] / (2 * _FAR)))
            yield Finding(
                Kind.QUALITY, view.folder.records[image].path, score, reason, Action.REVIEW
            )


class SuspectLabels(Detector):
    """Labels that a linear head, which never saw the image, holds to be wrong."""

    kinds = (Kind.SUSPECT_LABEL,)

    def find(self, view: View) -> Iterator[Finding]:
        """Yield images whose label is probably wrong, with the better one."""
        suspect, suggested = view.compared["suspect"], view.compared["suggested"]
        for image, row in enumerate(view.folder.content.tolist()):
            value = float(suspect[row])
            record = view.folder.records[image]
            if suggested[row] < 0:
                continue
            better = view.labels[int(suggested[row])]
            if record.label in (None, better):
                continue
            says: dict[str, Param] = {"label": str(record.label), "better": better, "share": value}
            reason = Message("finding.suspect_label", says)
            yield Finding(
                Kind.SUSPECT_LABEL, record.path, value, reason, Action.REVIEW, None, better
            )


def _deviation(values: np.ndarray, least: float) -> np.ndarray:
    """Return how many median absolute deviations each value lies from the median; `least` is one."""
    middle = np.median(values)
    spread = max(1.4826 * float(np.median(np.abs(values - middle))), least)
    away: np.ndarray = (values - middle) / spread
    return away
