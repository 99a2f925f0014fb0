"""From how many labels a class a new head helps in another laboratory.

    python bench/fewlabels.py FOLDER [--model NAME|PATH] [--images 1600]

Takes images that the model never learned from, in the look and crop of another laboratory
(`restained.py`), fits heads to a few of each class on the model's embedding, as the quick retrain does,
and reads the others with each. Half are never learned from; five draws a point.
"""

import numpy as np
from common import arguments, machine, table
from heldout import Reader, images_of
from restained import CROPS, LOOKS, other_laboratory

from engine.classify.models import find
from engine.train.heads import fit

_EACH = (2, 5, 10, 25, 50)
_DRAWS = 5


def main() -> None:
    """Print accuracy against labels a class, for each look and crop."""
    parser = arguments(__doc__.splitlines()[0], 1600)
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    given = parser.parse_args()
    print(machine())
    model = find(given.model)
    images = images_of(model, given.folder)
    images = images.where(images.part == 2).some(given.images)
    pictures = images.pictures
    names = ["own", *LOOKS]
    rows = []
    with Reader(model) as reader:
        for look in names:
            crop = CROPS[0] if look == "own" else CROPS[1]
            logits, embeddings = reader.read(
                len(pictures),
                lambda row, look=look, crop=crop: other_laboratory(pictures[row], look, crop, row),
            )
            rows.append([f"{look}, {crop}", *_curve(images.labels, logits, embeddings)])
    print(table(["laboratory", "as it is", *(f"{each} a class" for each in _EACH)], rows))


def _curve(labels: np.ndarray, logits: np.ndarray, embeddings: np.ndarray) -> list[str]:
    rng = np.random.default_rng(0)
    there = np.unique(labels)
    mixed = [rng.permutation(np.flatnonzero(labels == one)) for one in there]
    test = np.concatenate([rows[len(rows) // 2 :] for rows in mixed])
    pools = [rows[: len(rows) // 2] for rows in mixed]
    said = [_balanced(labels[test], logits[test].argmax(1))]
    for each in _EACH:
        found = []
        for _ in range(_DRAWS):
            rows = np.concatenate([rng.permutation(pool)[:each] for pool in pools])
            numbers = np.searchsorted(there, labels[rows])
            kernel, bias = fit(embeddings[rows], numbers)
            found.append(
                _balanced(labels[test], there[(embeddings[test] @ kernel + bias).argmax(1)])
            )
        said.append(float(np.mean(found)))
    return [f"{one:.1%}" for one in said]


def _balanced(labels: np.ndarray, said: np.ndarray) -> float:
    return float(np.mean([(said[labels == one] == one).mean() for one in np.unique(labels)]))


if __name__ == "__main__":
    main()
