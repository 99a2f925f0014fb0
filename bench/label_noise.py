"""Label noise: wrong labels found by Bloodbench, cleanlab and Datalab, with the same probabilities."""

import subprocess
from pathlib import Path

import numpy as np

from engine.curate import label_issues
from engine.curate.comparison import _whiten
from engine.curate.image_set import ImageSet

_LABEL_NOISE_SEEDS = range(2026, 2031)
_CONFUSABLE_CLASS = {
    "immature_granulocyte": "monocyte",
    "monocyte": "immature_granulocyte",
    "neutrophil": "immature_granulocyte",
    "basophil": "immature_granulocyte",
    "lymphocyte": "erythroblast",
    "erythroblast": "lymphocyte",
    "eosinophil": "neutrophil",
    "platelet": "erythroblast",
}
_CLEANLAB_SCRIPT = """
import sys, numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
given = np.load(sys.argv[1]); y, p, x = given["y"], given["p"], given["x"]
out = {}
flagged = find_label_issues(y, p)
quality = get_label_quality_scores(y, p, method="self_confidence")
out["find_label_issues"] = np.stack([1 - quality + flagged, flagged])
from cleanlab import Datalab
both = {"these probabilities": {"pred_probs": p}, "embeddings alone": {"features": x}}
for name, what in both.items():
    lab = Datalab({"y": y}, label_name="y", verbosity=0)
    lab.find_issues(**what, issue_types={"label": {}})
    found = lab.get_issues("label")
    out[f"Datalab, {name}"] = np.stack([1 - found["label_score"], found["is_label_issue"]])
np.savez(sys.argv[2], **out)
"""


def evaluate_labels(folder: ImageSet, peers: Path | None, work: Path) -> list[list[str]]:
    """Return the rows of the table: kind of noise, method, average precision, precision and recall."""
    from sklearn.metrics import average_precision_score

    names = sorted({str(folder.records[image].label) for image in folder.first_images})
    true_labels = np.array(
        [names.index(str(folder.records[image].label)) for image in folder.first_images]
    )
    reduced = _whiten(folder.embeddings)
    rows = []
    for kind in ("at random", "look-alike"):
        measured: dict[str, list[tuple[float, float, float]]] = {}
        for seed in _LABEL_NOISE_SEEDS:
            is_wrong, labels = _add_label_noise(true_labels, names, kind, seed)
            for method, (score, flag) in _label_scores(reduced, labels, peers, work).items():
                average = average_precision_score(is_wrong, score)
                measured.setdefault(method, []).append(
                    (average, is_wrong[flag].mean(), flag[is_wrong].mean())
                )
        for method, draws in measured.items():
            average, precision, recall = np.mean(draws, 0)
            minimum = min(draw[0] for draw in draws)
            averages = f"{average:.4f} ({minimum:.4f})"
            rows.append([kind, method, averages, f"{precision:.3f}, {recall:.3f}"])
    return rows


def _add_label_noise(
    true_labels: np.ndarray, names: list[str], kind: str, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return a mask of the labels made wrong (5%), and the noisy labels."""
    rng = np.random.default_rng(seed)
    is_wrong = rng.random(len(true_labels)) < 0.05
    labels = true_labels.copy()
    for row in np.flatnonzero(is_wrong):
        other = (true_labels[row] + rng.integers(1, len(names))) % len(names)
        confusable = _CONFUSABLE_CLASS.get(names[true_labels[row]])
        at_random = kind == "at random" or confusable is None
        labels[row] = other if at_random else names.index(confusable)
    return is_wrong, labels


def _label_scores(
    reduced: np.ndarray, labels: np.ndarray, peers: Path | None, work: Path
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return each method's score per label (higher is more suspect, unflagged last) and its flags."""
    probabilities = label_issues.out_of_fold_probabilities(reduced, labels, np.arange(len(labels)))
    score, _, flagged = label_issues.find_label_issues(labels, probabilities)
    scores = {"Bloodbench": (score + flagged, flagged)}
    if peers:
        np.savez(work / "given.npz", y=labels, p=probabilities, x=reduced)
        command = [peers, "-c", _CLEANLAB_SCRIPT, work / "given.npz", work / "judged.npz"]
        subprocess.run(command, check=True, capture_output=True)
        with np.load(work / "judged.npz") as arrays:
            scores |= {name: (arrays[name][0], arrays[name][1] > 0) for name in arrays.files}
    return scores
