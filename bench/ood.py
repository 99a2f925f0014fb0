"""Out-of-distribution warning against accuracy, for altered and off-topic images.

    python bench/ood.py FOLDER [--model NAME|PATH] [--images 480]

FOLDER holds the images the model was trained on; the altered images come from its test part. Off-topic
images are those of `off_topic.py`.
"""

# ruff: noqa: E402  (the path must be set first)

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import cv2
import numpy as np
from common import markdown_table
from off_topic import off_topic_images

from engine.classify import embedding_statistics
from engine.classify.devices import choose_device
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.models import open_model
from engine.classify.runtime import open_runtime
from engine.explore.ood import folder_warning, is_far
from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.jobs import Job
from engine.train import dataset
from engine.train.data_split import split_images
from engine.train.image_store import open_images

_RNG = np.random.default_rng(0)


def main() -> int:
    """Classify all images and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--images", type=int, default=480)
    args = parser.parse_args()
    model = open_model(args.model)
    training_statistics = embedding_statistics.load_statistics(model)
    if training_statistics is None:
        sys.exit("the model has no statistics")
    size, recipe, job = model.card.preprocessing.size, model.card.recipe, Job()
    class_set = load_class_set(model.card.class_set)
    with tempfile.TemporaryDirectory() as name:
        source = open_source(args.folder, class_set)
        data = dataset.build_dataset(job, source, class_set, size, Path(name))
        parts = split_images(
            data.labels, data.groups, (recipe["validation"], recipe["test"]), recipe["seed"]
        )
        test = np.flatnonzero(parts == 2)
        sample = np.sort(_RNG.permutation(test)[: args.images])
        images = open_images(data.images)
        labels, cells = data.labels[sample], images[sample]
        test_images, test_labels = images[test], data.labels[test]
    runtime = open_runtime(model, choose_device("cpu"), job)
    rows = []

    def evaluate(name: str, pixels: np.ndarray, truth: np.ndarray | None = None) -> None:
        batches = np.array_split(pixels, max(1, len(pixels) // 64))
        parts = [out for _, out in runtime.stream((None, np.ascontiguousarray(b)) for b in batches)]
        embeddings = np.concatenate([part.embedding for part in parts]).astype(np.float16)
        logits = np.concatenate([part.logits for part in parts])
        distance = EmbeddingDistance(training_statistics).measure(embeddings)
        accuracy = "-" if truth is None else f"{(logits.argmax(1) == truth).mean():.1%}"
        word = "**unlike**" if folder_warning(embeddings, training_statistics) else "none"
        share = f"{is_far(distance, training_statistics).mean():.0%}"
        rows.append([name, accuracy, f"{np.median(distance):.1f}", share, word])

    try:
        evaluate("the whole test part, as it is", test_images, test_labels)
        for number, class_id in enumerate(model.card.classes):
            of_class = test_labels == number
            evaluate(f"class {class_id} alone", test_images[of_class], test_labels[of_class])
        for name, alter in _alterations(size).items():
            evaluate(name, np.stack([alter(cell) for cell in cells]), labels)
        for name, pixels in off_topic_images(size, cells).items():
            evaluate(name, pixels)
    finally:
        runtime.close()
    header = ["images", "accuracy", "median distance", "far", "warning"]
    print(markdown_table(header, rows))
    return 0


def _alterations(size: int) -> dict[str, Callable[[np.ndarray], np.ndarray]]:
    def stain(hue: float = 0, saturation: float = 1, value: float = 1) -> Callable:
        def alter(cell: np.ndarray) -> np.ndarray:
            hsv = cv2.cvtColor(cell, cv2.COLOR_RGB2HSV).astype(np.float32)
            hsv[..., 0] = (hsv[..., 0] + hue / 2) % 180
            hsv[..., 1:] *= saturation, value
            return cv2.cvtColor(hsv.clip(0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB)

        return alter

    def gamma(power: float) -> Callable:
        return lambda cell: (255 * (cell / 255.0) ** power).astype(np.uint8)

    def white(*gains: float) -> Callable:
        return lambda cell: (cell * np.array(gains)).clip(0, 255).astype(np.uint8)

    def crop(zoom: float) -> Callable:
        rim = (size - round(size / zoom)) // 2
        inner = slice(rim, size - rim)
        return lambda cell: cv2.resize(cell[inner, inner], (size, size))

    def shrink(zoom: float) -> Callable:
        edge = round(size / zoom)
        before, after = (size - edge) // 2, size - edge - (size - edge) // 2
        return lambda cell: cv2.copyMakeBorder(
            cv2.resize(cell, (edge, edge), interpolation=cv2.INTER_AREA),
            *(before, after, before, after),
            cv2.BORDER_REFLECT_101,
        )

    def blur(sigma: float) -> Callable:
        return lambda cell: cv2.GaussianBlur(cell, (0, 0), sigma * size / 128)

    def noise(sigma: float) -> Callable:
        return lambda cell: (cell + _RNG.normal(0, sigma, cell.shape)).clip(0, 255).astype(np.uint8)

    def jpeg(quality: int) -> Callable:
        return lambda cell: cv2.imdecode(cv2.imencode(".jpg", cell, [1, quality])[1], 1)

    def grey(cell: np.ndarray) -> np.ndarray:
        return cv2.cvtColor(cv2.cvtColor(cell, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)

    return {
        "hue +8°": stain(8),
        "hue +15°": stain(15),
        "hue +30°": stain(30),
        "hue +60°": stain(60),
        "saturation × 0.5": stain(saturation=0.5),
        "saturation × 1.6": stain(saturation=1.6),
        "brightness × 0.6": stain(value=0.6),
        "gamma 0.5": gamma(0.5),
        "gamma 0.7": gamma(0.7),
        "gamma 1.4": gamma(1.4),
        "gamma 2": gamma(2),
        "white balance a little warm": white(1, 0.97, 0.93),
        "white balance warm": white(1, 0.9, 0.7),
        "white balance cool": white(0.8, 0.95, 1.1),
        "white balance green": white(0.85, 1, 0.85),
        "red and blue swapped": lambda cell: cell[..., ::-1],
        "inverted": lambda cell: 255 - cell,
        "grey": grey,
        "cropped × 1.25": crop(1.25),
        "cropped × 1.6": crop(1.6),
        "cropped × 2.5": crop(2.5),
        "shrunk × 1.5": shrink(1.5),
        "shrunk × 2.5": shrink(2.5),
        "blur 1 of 128 pixels": blur(1),
        "blur 2": blur(2),
        "blur 3": blur(3),
        "blur 4": blur(4),
        "blur 6": blur(6),
        "noise 12": noise(12),
        "noise 30": noise(30),
        "JPEG quality 15": jpeg(15),
    }


if __name__ == "__main__":
    sys.exit(main())
