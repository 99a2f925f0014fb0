"""What is measured of a model, each as plain data; `bench/models.py` runs them."""

import numpy as np
from heldout import Images, Reader
from offtopic import NO_CELL, others
from restained import CROPS, LOOKS, other_laboratory
from slides import groups

from engine.classify import statistics
from engine.classify.calibration import expected_calibration_error, softmax
from engine.classify.reading import Float32
from engine.evaluate.corruptions import CORRUPTIONS, SEVERITIES, corrupt
from engine.evaluate.curves import acceptance
from engine.evaluate.intervals import wilson
from engine.evaluate.metrics import evaluate
from engine.explore.familiar import distances
from engine.images.resize import square

EDGE = 224
"""Pixels at which pictures are corrupted, as the published set is."""
FIVE = ("basophil", "eosinophil", "lymphocyte", "monocyte", "neutrophil")
"""The classes that other laboratories' sets have."""


def clean(reader: Reader, images: Images) -> dict:
    """Return the figures on pictures as they are, and how many a person must look at."""
    probabilities = _probabilities(reader, images)
    metrics = evaluate(images.labels, probabilities, images.classes)
    accepted = acceptance(images.labels, probabilities)
    return {
        "metrics": metrics,
        "look_at": {str(wanted): accepted.needs(wanted).share for wanted in (0.98, 0.99, 0.995)},
    }


def corrupted(reader: Reader, images: Images) -> dict:
    """Return the balanced error of each corruption and severity, their mean, and the calibration error.

    `ece` is that of all corrupted readings together, `ece_mean` the mean of the 55 sets' own.
    """
    whole = [square(one, EDGE) for one in images.pictures]
    errors: dict[str, list[float]] = {}
    said, gaps = [], []
    for name in CORRUPTIONS:
        errors[name] = []
        for severity in SEVERITIES:
            logits, _ = reader.read(
                len(whole), lambda row, n=name, s=severity: corrupt(whole[row], n, s, row)
            )
            probabilities = softmax(logits, reader.temperature)
            errors[name].append(_balanced_error(images.labels, probabilities))
            gaps.append(expected_calibration_error(probabilities, images.labels))
            said.append(probabilities)
    logits, _ = reader.read(len(whole), lambda row: whole[row])
    return {
        "images": len(whole),
        "edge": EDGE,
        "clean": _balanced_error(images.labels, softmax(logits)),
        "errors": errors,
        "mean": float(np.mean(list(errors.values()))),
        "ece": expected_calibration_error(np.concatenate(said), np.tile(images.labels, len(said))),
        "ece_mean": float(np.mean(gaps)),
    }


def off_topic(reader: Reader, images: Images) -> dict | None:
    """Return how surely the bundle's statistics tell cells from other pictures (AUROC), a kind each."""
    from sklearn.metrics import roc_auc_score

    known = statistics.load(reader.model)
    if known is None:
        return None

    def away(pictures: list) -> np.ndarray:
        _, embeddings = reader.read(len(pictures), lambda row: pictures[row])
        return distances(embeddings, known)

    size = reader.model.card.preprocessing.size
    home = away(images.pictures)
    some = np.stack([square(one, size) for one in images.some(96).pictures])
    far = {kind: away(list(pictures)) for kind, pictures in others(size, some).items()}

    def area(apart: np.ndarray) -> float:
        truth = np.repeat([0, 1], [len(home), len(apart)])
        return float(roc_auc_score(truth, np.concatenate([home, apart])))

    return {
        "kinds": {kind: area(apart) for kind, apart in far.items()},
        "no_cell": area(np.concatenate([far[kind] for kind in NO_CELL])),
    }


def stain_groups(reader: Reader, images: Images, everything: Images) -> list[dict]:
    """Return the accuracy in each group of slides; the groups are found among all images."""
    found = dict(zip(everything.paths, groups(everything.pictures), strict=True))
    of_each = np.array([found[path] for path in images.paths])
    right = _probabilities(reader, images).argmax(1) == images.labels
    return [
        {
            "group": int(one),
            "images": int((np.array(list(found.values())) == one).sum()),
            **_share(right[of_each == one]),
        }
        for one in np.unique(of_each)
    ]


def restained(reader: Reader, images: Images) -> dict[str, dict[str, dict]]:
    """Return the accuracy on pictures as another laboratory might show them: look, then crop.

    `five` counts images of `FIVE` only, whose answer may be any class; `best_of_five` takes the likeliest
    of the five.
    """
    five = np.isin(images.labels, [images.classes.index(one) for one in FIVE])
    places = [images.classes.index(one) for one in FIVE]
    found: dict[str, dict[str, dict]] = {}
    for look in ("own", *LOOKS):
        found[look] = {}
        for crop in CROPS:
            logits, _ = reader.read(
                len(images.pictures),
                lambda row, look=look, crop=crop: other_laboratory(
                    images.pictures[row], look, crop, row
                ),
            )
            right = logits.argmax(1) == images.labels
            within = np.array(places)[logits[:, places].argmax(1)] == images.labels
            found[look][crop] = {
                "all": _share(right),
                "five": _share(right[five]),
                "best_of_five": _share(within[five]),
            }
    return found


def _probabilities(reader: Reader, images: Images) -> Float32:
    logits, _ = reader.read(len(images.pictures), lambda row: images.pictures[row])
    return softmax(logits, reader.temperature)


def _balanced_error(labels: np.ndarray, probabilities: Float32) -> float:
    right = probabilities.argmax(1) == labels
    return 1 - float(np.mean([right[labels == one].mean() for one in np.unique(labels)]))


def _share(right: np.ndarray) -> dict:
    count = int(right.sum())
    return {
        "n": len(right),
        "accuracy": count / max(1, len(right)),
        "interval": wilson(count, len(right)),
    }
