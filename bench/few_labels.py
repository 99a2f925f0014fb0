"""Few-label retraining: accuracy in another laboratory against the number of labels per class.

    python bench/few_labels.py FOLDER [--model NAME|PATH] [--images 1600]

Takes held-out images in the stain and crop of another laboratory (`restaining.py`), fits heads to a few of
each class on the model's embeddings, as the quick retrain does, and evaluates each head on the other half.
Five draws per point.
"""

import numpy as np
from common import argument_parser, machine_description, markdown_table
from held_out import ModelReader, load_labelled_images
from restaining import CROPS, STAININGS, simulate_laboratory

from engine.classify.models import open_model
from engine.train.linear_head import fit_kernel

_LABELS_PER_CLASS = (2, 5, 10, 25, 50)
_DRAWS = 5


def main() -> None:
    """Print balanced accuracy against labels per class, for each stain and crop."""
    parser = argument_parser(__doc__.splitlines()[0], 1600)
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    args = parser.parse_args()
    print(machine_description())
    model = open_model(args.model)
    images = load_labelled_images(model, args.folder)
    images = images.where(images.part == 2).sample(args.images)
    pixels = images.pixels
    names = ["own", *STAININGS]
    rows = []
    with ModelReader(model) as reader:
        for staining in names:
            crop = CROPS[0] if staining == "own" else CROPS[1]
            logits, embeddings = reader.read(
                len(pixels),
                lambda row, staining=staining, crop=crop: simulate_laboratory(
                    pixels[row], staining, crop, row
                ),
            )
            rows.append([f"{staining}, {crop}", *_curve(images.labels, logits, embeddings)])
    print(
        markdown_table(
            ["laboratory", "as it is", *(f"{count} a class" for count in _LABELS_PER_CLASS)], rows
        )
    )


def _curve(labels: np.ndarray, logits: np.ndarray, embeddings: np.ndarray) -> list[str]:
    rng = np.random.default_rng(0)
    classes = np.unique(labels)
    shuffled = [rng.permutation(np.flatnonzero(labels == number)) for number in classes]
    test = np.concatenate([rows[len(rows) // 2 :] for rows in shuffled])
    pools = [rows[: len(rows) // 2] for rows in shuffled]
    means = [_balanced_accuracy(labels[test], logits[test].argmax(1))]
    for count in _LABELS_PER_CLASS:
        accuracies = []
        for _ in range(_DRAWS):
            rows = np.concatenate([rng.permutation(pool)[:count] for pool in pools])
            numbers = np.searchsorted(classes, labels[rows])
            kernel, bias = fit_kernel(embeddings[rows], numbers)
            accuracies.append(
                _balanced_accuracy(
                    labels[test], classes[(embeddings[test] @ kernel + bias).argmax(1)]
                )
            )
        means.append(float(np.mean(accuracies)))
    return [f"{mean:.1%}" for mean in means]


def _balanced_accuracy(labels: np.ndarray, predicted: np.ndarray) -> float:
    recalls = [(predicted[labels == number] == number).mean() for number in np.unique(labels)]
    return float(np.mean(recalls))


if __name__ == "__main__":
    main()
