"""Model measurements, each returned as plain data; `bench/models.py` runs them."""

import numpy as np
from held_out import LabelledImages, ModelReader
from off_topic import NO_CELL, off_topic_images
from restaining import CROPS, STAININGS, simulate_laboratory
from slide_groups import cluster_slides

from engine.classify import embedding_statistics
from engine.classify.calibration import expected_calibration_error, softmax
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.reading import Float32
from engine.evaluate.corruptions import CORRUPTIONS, SEVERITIES, corrupt
from engine.evaluate.curves import acceptance_curve
from engine.evaluate.intervals import wilson_interval
from engine.evaluate.metrics import compute_metrics
from engine.images.resize import resize_to_square

CORRUPTION_EDGE_PIXELS = 224
"""Image size at which corruptions are applied, as in the published benchmark."""
FIVE_CLASSES = ("basophil", "eosinophil", "lymphocyte", "monocyte", "neutrophil")
"""The white-cell classes common to other laboratories' data sets."""


def clean(reader: ModelReader, images: LabelledImages) -> dict:
    """Return the metrics on unaltered images, and the share to review for each target accuracy."""
    probabilities = _probabilities(reader, images)
    metrics = compute_metrics(images.labels, probabilities, images.classes)
    accepted = acceptance_curve(images.labels, probabilities)
    return {
        "metrics": metrics,
        "look_at": {
            str(target): accepted.effort_for(target).share for target in (0.98, 0.99, 0.995)
        },
    }


def corrupted(reader: ModelReader, images: LabelledImages) -> dict:
    """Return the balanced error of each corruption and severity, their mean, and the calibration error.

    `ece` is computed over all corrupted images together, `ece_mean` is the mean over the 55 sets.
    """
    whole = [resize_to_square(pixels, CORRUPTION_EDGE_PIXELS) for pixels in images.pixels]
    errors: dict[str, list[float]] = {}
    all_probabilities, gaps = [], []
    for name in CORRUPTIONS:
        errors[name] = []
        for severity in SEVERITIES:
            probabilities = reader.read_probabilities(
                len(whole), lambda row, n=name, s=severity: corrupt(whole[row], n, s, row)
            )
            errors[name].append(_balanced_error(images.labels, probabilities))
            gaps.append(expected_calibration_error(probabilities, images.labels))
            all_probabilities.append(probabilities)
    logits, _ = reader.read(len(whole), lambda row: whole[row])
    return {
        "images": len(whole),
        "edge": CORRUPTION_EDGE_PIXELS,
        "clean": _balanced_error(images.labels, softmax(logits)),
        "errors": errors,
        "mean": float(np.mean(list(errors.values()))),
        "ece": expected_calibration_error(
            np.concatenate(all_probabilities), np.tile(images.labels, len(all_probabilities))
        ),
        "ece_mean": float(np.mean(gaps)),
    }


def off_topic(reader: ModelReader, images: LabelledImages) -> dict | None:
    """Return the AUROC of the bundle's statistics for cells against each kind of off-topic image.

    Returns None if the bundle has no statistics.
    """
    from sklearn.metrics import roc_auc_score

    training_statistics = embedding_statistics.load_statistics(reader.model)
    if training_statistics is None:
        return None

    def distances_of(pixels: list) -> np.ndarray:
        _, embeddings = reader.read(len(pixels), lambda row: pixels[row])
        return EmbeddingDistance(training_statistics).measure(embeddings)

    size = reader.model.card.preprocessing.size
    home = distances_of(images.pixels)
    cells = np.stack([resize_to_square(pixels, size) for pixels in images.sample(96).pixels])
    far = {
        kind: distances_of(list(images)) for kind, images in off_topic_images(size, cells).items()
    }

    def auroc(far_distances: np.ndarray) -> float:
        truth = np.repeat([0, 1], [len(home), len(far_distances)])
        return float(roc_auc_score(truth, np.concatenate([home, far_distances])))

    return {
        "kinds": {kind: auroc(distance) for kind, distance in far.items()},
        "no_cell": auroc(np.concatenate([far[kind] for kind in NO_CELL])),
    }


def stain_groups(
    reader: ModelReader, images: LabelledImages, everything: LabelledImages
) -> list[dict]:
    """Return the accuracy in each slide group; the groups are clustered from all images."""
    group_of = dict(zip(everything.paths, cluster_slides(everything.pixels), strict=True))
    group = np.array([group_of[path] for path in images.paths])
    is_correct = _probabilities(reader, images).argmax(1) == images.labels
    return [
        {
            "group": int(number),
            "images": int((np.array(list(group_of.values())) == number).sum()),
            **_accuracy(is_correct[group == number]),
        }
        for number in np.unique(group)
    ]


def restained(reader: ModelReader, images: LabelledImages) -> dict[str, dict[str, dict]]:
    """Return the accuracy on images in the style of another laboratory, by staining and crop.

    `five` counts the images of `FIVE_CLASSES`, predicted among all classes; `best_of_five` takes the most
    probable of the five.
    """
    five = np.isin(images.labels, [images.classes.index(name) for name in FIVE_CLASSES])
    five_indices = [images.classes.index(name) for name in FIVE_CLASSES]
    accuracies: dict[str, dict[str, dict]] = {}
    for staining in ("own", *STAININGS):
        accuracies[staining] = {}
        for crop in CROPS:
            logits, _ = reader.read(
                len(images.pixels),
                lambda row, staining=staining, crop=crop: simulate_laboratory(
                    images.pixels[row], staining, crop, row
                ),
            )
            is_correct = logits.argmax(1) == images.labels
            is_correct_of_five = (
                np.array(five_indices)[logits[:, five_indices].argmax(1)] == images.labels
            )
            accuracies[staining][crop] = {
                "all": _accuracy(is_correct),
                "five": _accuracy(is_correct[five]),
                "best_of_five": _accuracy(is_correct_of_five[five]),
            }
    return accuracies


def _probabilities(reader: ModelReader, images: LabelledImages) -> Float32:
    return reader.read_probabilities(len(images.pixels), lambda row: images.pixels[row])


def _balanced_error(labels: np.ndarray, probabilities: Float32) -> float:
    is_correct = probabilities.argmax(1) == labels
    return 1 - float(np.mean([is_correct[labels == label].mean() for label in np.unique(labels)]))


def _accuracy(is_correct: np.ndarray) -> dict:
    count = int(is_correct.sum())
    return {
        "n": len(is_correct),
        "accuracy": count / max(1, len(is_correct)),
        "interval": wilson_interval(count, len(is_correct)),
    }
