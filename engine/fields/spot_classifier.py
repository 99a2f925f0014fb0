"""Spot classifier: gradient-boosted trees that say whether the outline of a spot is that of a platelet.

The trees are plain arrays in `resources/fields/platelets.npz`, which `bench/fit_platelets.py` fits; only
NumPy is needed to evaluate them, and opening them runs no code.
"""

import hashlib
import io
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.damaged_data import DamagedData, decoding
from engine.fields.glass import Float32
from engine.fields.spots import FEATURES
from engine.paths import resources_dir

_CHECKSUM = "checksum"
_MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class SpotClassifier:
    """Trees over the features of spots, as arrays of nodes.

    From node i, a spot goes on to `left[i]` if its feature `feature[i]` is at most `threshold[i]`, else to
    `right[i]`; a leaf leads to itself. The scores of the leaves are added to `start`.
    """

    names: npt.NDArray[np.str_]
    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    threshold: Float32
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    score: Float32
    start: Float32
    limit: Float32
    """The least probability of a platelet."""

    def probabilities(self, features: Float32) -> Float32:
        """Return for each spot the probability that its outline is that of a platelet."""
        rows = np.arange(len(features))[:, None]
        nodes = np.broadcast_to(self.roots, (len(features), len(self.roots)))
        for _ in range(_MAX_DEPTH):
            goes_left = features[rows, self.feature[nodes]] <= self.threshold[nodes]
            following = np.where(goes_left, self.left[nodes], self.right[nodes])
            if np.array_equal(following, nodes):
                break
            nodes = following
        logits = self.start[0] + self.score[nodes].sum(1, dtype=np.float64)
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)


@cache
def shipped_classifier() -> SpotClassifier:
    """Return the shipped classifier; raises `DamagedData` if its file is damaged."""
    return read_classifier(resources_dir() / "fields" / "platelets.npz")


def read_classifier(file: Path) -> SpotClassifier:
    """Read a classifier; raises `DamagedData`, also if it is for other features."""
    data = file.read_bytes()
    with decoding():
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        checksum = arrays.pop(_CHECKSUM)
        if checksum.tobytes() != _checksum(arrays):
            raise ValueError("the checksum does not match")
        classifier = SpotClassifier(**arrays)
        count = len(classifier.feature)
        for nodes in (classifier.roots, classifier.left, classifier.right):
            if nodes.min() < 0 or nodes.max() >= count:
                raise ValueError("a tree leads nowhere")
        if classifier.feature.min() < 0 or classifier.feature.max() >= len(classifier.names):
            raise ValueError("a tree asks for no feature")
    if classifier.names.tolist() != list(FEATURES):
        raise DamagedData(f"{file.name} is for other features")
    return classifier


def write_classifier(file: Path, classifier: SpotClassifier) -> None:
    """Write a classifier with its checksum."""
    arrays = {field.name: getattr(classifier, field.name) for field in fields(classifier)}
    checksum = np.frombuffer(_checksum(arrays), np.uint8)
    np.savez_compressed(file, **arrays, checksum=checksum)


def _checksum(arrays: dict[str, npt.NDArray[np.generic]]) -> bytes:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(f"{name} {arrays[name].dtype} {arrays[name].shape}".encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.digest()
