"""Test-time augmentation, stain normalisation and temperature fitting: accuracy and calibration against time.

    python bench/tta.py FOLDER [--model NAME|PATH] [--images 400]

Evaluates each transform on held-out images: clean, corrupted (all eleven, severities 2 and 4) and re-stained.
Then fits the temperature on validation images in several ways and prints the calibration error (ECE) on the
held-out ones.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import common
import cv2
import numpy as np
from held_out import LabelledImages, ModelReader, load_labelled_images
from model_measures import CORRUPTION_EDGE_PIXELS, FIVE_CLASSES
from restaining import CROPS, STAININGS, simulate_laboratory

from engine.classify import embedding_statistics
from engine.classify.calibration import expected_calibration_error, fit_temperature, softmax
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.models import open_model
from engine.evaluate.corruptions import CORRUPTIONS, corrupt
from engine.images.record import Pixels
from engine.images.resize import resize_to_square

Transform = Callable[[Pixels], list[Pixels]]
_REFERENCE_BACKGROUND = np.array([243.0, 226.0, 200.0])


def _normalise_background(pixels: Pixels) -> Pixels:
    """Scale each channel so that the empty slide is as bright as in the training images."""
    background = np.percentile(pixels.reshape(-1, 3), 90, axis=0)
    return (
        (pixels * (_REFERENCE_BACKGROUND / np.maximum(background, 32)))
        .clip(0, 255)
        .astype(np.uint8)
    )


def _reinhard(home: tuple[np.ndarray, np.ndarray]) -> Transform:
    """Match the L*a*b* mean and standard deviation of `home` (Reinhard et al. 2001)."""

    def transform(pixels: Pixels) -> list[Pixels]:
        lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        mean, spread = lab.mean((0, 1)), lab.std((0, 1)) + 1e-3
        matched = ((lab - mean) * (home[1] / spread) + home[0]).astype(np.float32)
        matched[..., 0] = matched[..., 0].clip(0, 100)
        rgb = cv2.cvtColor(matched, cv2.COLOR_LAB2RGB)
        return [np.asarray((rgb * 255 + 0.5).clip(0, 255), np.uint8)]

    return transform


def _symmetries(count: int) -> Transform:
    """Return the image with its mirror images and rotations, up to eight views."""

    def transform(pixels: Pixels) -> list[Pixels]:
        flipped = pixels[:, ::-1]
        views = [pixels, flipped, pixels[::-1], flipped[::-1]]
        views += [np.rot90(view) for view in views]
        return [np.ascontiguousarray(view) for view in views[:count]]

    return transform


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", metavar="NAME|PATH")
    parser.add_argument("--images", type=int, default=400)
    args = parser.parse_args()
    model = open_model(args.model)
    everything = load_labelled_images(model, args.folder)
    held_out = everything.where(everything.part == 2)
    sample = held_out.sample(args.images)
    labs = [
        cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        for pixels in everything.where(everything.part == 0).sample(200).pixels
    ]
    home = (
        np.mean([lab.mean((0, 1)) for lab in labs], 0),
        np.mean([lab.std((0, 1)) for lab in labs], 0),
    )
    transforms: dict[str, Transform] = {
        "single view": lambda pixels: [pixels],
        "2 views (mirrored)": _symmetries(2),
        "4 views (mirrored both ways)": _symmetries(4),
        "8 views (also rotated)": _symmetries(8),
        "background white-balanced": lambda pixels: [_normalise_background(pixels)],
        "colours matched to home (Reinhard)": _reinhard(home),
    }
    rows = []
    with ModelReader(model) as reader:
        for name, transform in transforms.items():
            rows.append([name, *_evaluate(reader, held_out, sample, transform)])
            print(name, file=sys.stderr, flush=True)
        header = ["input", "clean", "corrupted, mean error", "re-stained, five classes", "time"]
        print(f"{model.card.name}, {common.machine_description()}\n")
        print(common.markdown_table(header, rows), "\n")
        print(_calibrations(reader, everything.where(everything.part == 1), held_out))
    return 0


def _evaluate(
    reader: ModelReader, held_out: LabelledImages, sample: LabelledImages, transform: Transform
) -> list[str]:
    def is_correct(images: LabelledImages, load: Callable[[int], Pixels]) -> np.ndarray:
        view_count = len(transform(load(0)))
        size = reader.model.card.preprocessing.size
        logits, _ = reader.read(
            view_count * len(images.labels),
            lambda row: transform(resize_to_square(load(row // view_count), size))[
                row % view_count
            ],
        )
        return logits.reshape(-1, view_count, logits.shape[1]).mean(1).argmax(1) == images.labels

    started = time.monotonic()
    clean = is_correct(held_out, lambda row: held_out.pixels[row]).mean()
    seconds = time.monotonic() - started
    resized = [resize_to_square(pixels, CORRUPTION_EDGE_PIXELS) for pixels in sample.pixels]
    errors = []
    for name in CORRUPTIONS:
        for severity in (2, 4):
            hits = is_correct(
                sample, lambda row, n=name, s=severity: corrupt(resized[row], n, s, row)
            )
            errors.append(
                1
                - np.mean(
                    [hits[sample.labels == label].mean() for label in np.unique(sample.labels)]
                )
            )
    of_five = np.isin(sample.labels, [sample.classes.index(class_id) for class_id in FIVE_CLASSES])
    shares = [
        is_correct(
            sample,
            lambda row, k=staining, c=crop: simulate_laboratory(sample.pixels[row], k, c, row),
        )[of_five].mean()
        for staining in STAININGS
        for crop in CROPS
    ]
    return [f"{clean:.2%}", f"{np.mean(errors):.2%}", f"{np.mean(shares):.1%}", f"{seconds:.0f} s"]


def _calibrations(reader: ModelReader, validation: LabelledImages, held_out: LabelledImages) -> str:
    corruptions = [(name, severity) for name in CORRUPTIONS for severity in range(1, 6)]

    def corrupted(images: LabelledImages, start: int) -> Callable[[int], Pixels]:
        return lambda row: corrupt(
            resize_to_square(images.pixels[row], CORRUPTION_EDGE_PIXELS),
            *corruptions[(row + start) % len(corruptions)],
            row,
        )

    def read_corrupted(
        images: LabelledImages, times: int, seed: int
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        order = np.random.default_rng(seed).permutation(len(images.labels))
        images = images.where(order)
        parts = [
            reader.read(len(order), corrupted(images, 17 * number + seed))
            for number in range(times)
        ]
        logits, embeddings = (np.concatenate([part[output] for part in parts]) for output in (0, 1))
        return logits, embeddings, np.tile(images.labels, times)

    validation_logits, validation_embeddings = reader.read(
        len(validation.labels), lambda row: validation.pixels[row]
    )
    clean_logits, clean_embeddings = reader.read(
        len(held_out.labels), lambda row: held_out.pixels[row]
    )
    corrupted_validation_logits, corrupted_validation_embeddings, corrupted_validation_labels = (
        read_corrupted(validation, 4, 1)
    )
    corrupted_logits, corrupted_embeddings, corrupted_labels = read_corrupted(held_out, 3, 2)
    rows = []

    def add_row(
        name: str, for_clean: np.ndarray | float, for_corrupted: np.ndarray | float
    ) -> None:
        ece = [
            expected_calibration_error(softmax(logits / np.reshape(temperature, (-1, 1))), labels)
            for logits, temperature, labels in (
                (clean_logits, for_clean, held_out.labels),
                (corrupted_logits, for_corrupted, corrupted_labels),
            )
        ]
        temperatures = f"{np.mean(for_clean):.2f}, {np.mean(for_corrupted):.2f}"
        rows.append([name, temperatures, f"{ece[0]:.2%}", f"{ece[1]:.2%}"])

    shipped = reader.temperature
    add_row("as shipped", shipped, shipped)
    clean_temperature = fit_temperature(validation_logits, validation.labels).temperature
    add_row("fitted to clean validation images", clean_temperature, clean_temperature)
    first_pass = slice(0, len(validation.labels))
    mixed_temperature = fit_temperature(
        np.concatenate([validation_logits, corrupted_validation_logits[first_pass]]),
        np.concatenate([validation.labels, corrupted_validation_labels[first_pass]]),
    ).temperature
    add_row("to clean and as many corrupted", mixed_temperature, mixed_temperature)
    corrupted_temperature = fit_temperature(
        corrupted_validation_logits, corrupted_validation_labels
    ).temperature
    add_row("to corrupted alone", corrupted_temperature, corrupted_temperature)
    model_statistics = embedding_statistics.load_statistics(reader.model)
    if model_statistics is not None:
        distance = [
            EmbeddingDistance(model_statistics).measure(embeddings)
            for embeddings in (
                validation_embeddings,
                corrupted_validation_embeddings,
                clean_embeddings,
                corrupted_embeddings,
            )
        ]
        temperature_of = _fit_by_distance(
            np.concatenate([validation_logits, corrupted_validation_logits]),
            np.concatenate([validation.labels, corrupted_validation_labels]),
            np.concatenate(distance[:2]),
            # Clean and corrupted images have the same total weight.
            np.repeat([4.0, 1.0], [len(validation_logits), len(corrupted_validation_logits)]),
        )
        add_row(
            "by the distance from the training images",
            temperature_of(distance[2]),
            temperature_of(distance[3]),
        )
    return common.markdown_table(
        ["temperature", "clean, corrupted", "ECE clean", "ECE corrupted"], rows
    )


def _fit_by_distance(
    logits: np.ndarray, labels: np.ndarray, distance: np.ndarray, weight: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    """Fit log T = a + b log max(d, 1) + c log^2 max(d, 1) by maximum likelihood; return T(d)."""
    from scipy.optimize import minimize

    def temperature(coefficients: np.ndarray, distance: np.ndarray) -> np.ndarray:
        log = np.log(np.maximum(distance, 1.0))
        return np.exp(
            np.clip(coefficients[0] + coefficients[1] * log + coefficients[2] * log**2, -3, 3)
        )

    def loss(coefficients: np.ndarray) -> float:
        probabilities = softmax(logits / temperature(coefficients, distance)[:, None])
        return -float(
            np.average(np.log(probabilities[np.arange(len(labels)), labels] + 1e-9), weights=weight)
        )

    fitted = minimize(loss, np.zeros(3), method="Nelder-Mead")
    return lambda distance: temperature(fitted.x, distance)


if __name__ == "__main__":
    sys.exit(main())
