"""Agreement of `classify` with Keras `predict`: same weights, same resize, real images.

`classify` runs as in normal use (OpenVINO, this machine's fastest precision); Keras runs the bundle's
weights in float32 on pixels decoded and resized the same way.
"""

import csv
import sys
import tempfile
from pathlib import Path

import numpy as np
from common import (
    ROOT,
    argument_parser,
    link_sample,
    machine_description,
    markdown_table,
    run_python,
)

from engine.classify.bundle import Bundle
from engine.classify.models import open_model
from engine.images.record import ImageRecord
from engine.images.resize import resize_to_square
from engine.images.source import open_source
from engine.jobs import Job


def main() -> None:
    """Compare and print the share of labels that agree."""
    parser = argument_parser(__doc__.splitlines()[0], 800)
    parser.add_argument("--model", help="default: the shipped one")
    args = parser.parse_args()
    model = open_model(args.model)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        link_sample(args.folder, args.images, work / "images")
        paths = _save_pixels(model, work)
        keras = _run_keras(model, work)
        ours = _run_classify(model, work)
    predicted = np.array([model.card.classes.index(ours[path][0]) for path in paths])
    agrees = predicted == keras.argmax(1)
    print(f"{model.card.name}, {len(paths)} images. {machine_description()}.\n")
    print(
        markdown_table(["labels that agree", "of"], [[f"{agrees.mean():.2%}", str(len(paths))]]),
        "\n",
    )
    for number in np.flatnonzero(~agrees):
        other = model.card.classes[keras[number].argmax()]
        label, confidence = ours[paths[number]]
        print(f"{paths[number]}: {label} ({confidence}), Keras {other}")


def _save_pixels(model: Bundle, work: Path) -> list[str]:
    source = open_source(work / "images")
    records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
    size = model.card.preprocessing.size
    pixels = np.lib.format.open_memmap(
        work / "pixels.npy", "w+", np.uint8, (len(records), size, size, 3)
    )
    for number, record in enumerate(records):
        pixels[number] = resize_to_square(source.load(record).pixels, size)
    pixels.flush()
    return [record.path for record in records]


def _run_keras(model: Bundle, work: Path) -> np.ndarray:
    run_python(
        ROOT / "bench/keras_baseline.py",
        "predict",
        model.folder,
        work / "pixels.npy",
        work / "logits.npy",
        home=work,
    )
    return np.load(work / "logits.npy")


def _run_classify(model: Bundle, work: Path) -> dict[str, tuple[str, str]]:
    run = "import sys; from engine.cli.main import run; sys.exit(run(sys.argv[1:]))"
    out = work / "readings.csv"
    run_python(
        "-c", run, "classify", work / "images", "--model", model.folder, "--out", out, home=work
    )
    with out.open(newline="", encoding="utf-8") as file:
        return {row["path"]: (row["predicted"], row["confidence"]) for row in csv.DictReader(file)}


if __name__ == "__main__":
    sys.exit(main())
