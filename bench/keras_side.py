"""The Keras half of the benchmarks; runs in a process of its own, as a user's script would.

`make ARCHITECTURE SIZE OUT`: a network of random weights as `OUT/model.keras`, and the same as the
bundle `OUT/bundle`. `classify FOLDER MODEL SIZE OUT`: the plain script that `classify` is measured
against. `predict BUNDLE PIXELS OUT`: logits of a .npy of images by the bundle's Keras weights.
"""

import csv
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

CLASSES = 8


def make(architecture: str, size: str, out: str) -> None:
    """Make the network and its bundle."""
    import keras

    from engine.classify import bundle
    from engine.classify.card import FORMAT, Calibration, Card, Preprocessing, TrainingData
    from engine.images.classes import load_class_set
    from engine.train.child import convert, weights
    from engine.train.child.architectures import build

    keras.utils.set_random_seed(7)
    folder = Path(out)
    folder.mkdir(parents=True)
    model = build(architecture, int(size), CLASSES)
    _enliven(model, int(size))
    weights.save(model, folder / bundle.WEIGHTS)
    weights.load(
        model, folder / bundle.WEIGHTS
    )  # rounded to half precision, as the bundle has them
    model.save(folder / "model.keras")
    request = {
        "architecture": architecture,
        "size": int(size),
        "classes": CLASSES,
        "weights": str(folder / bundle.WEIGHTS),
        "out": str(folder),
        "images": np.random.default_rng(7).integers(0, 256, (4, int(size), int(size), 3), np.uint8),
    }
    made = convert.run(request, _Silent())
    card = Card(
        format=FORMAT,
        name=f"random {architecture}",
        architecture=architecture,
        classes=load_class_set().ids,
        class_set="blood8",
        preprocessing=Preprocessing(size=int(size)),
        calibration=Calibration(),
        bias=tuple(made["bias"]),
        embedding_size=made["embedding_size"],
        map_size=tuple(made["map_size"]),
        training_data=TrainingData("Random weights.", 0, {}),
        recipe={},
        metrics={},
        software={},
        files={},
    )
    bundle.write(folder / "bundle", card, [folder / name for name in bundle.FILES])


def classify(folder: str, model: str, size: str, out: str) -> None:
    """Classify a folder as the Keras documentation does it, and write a CSV."""
    import keras

    network = keras.models.load_model(model)
    # Traced before the clock starts, or a short run would flatter us.
    network.predict(np.zeros((32, int(size), int(size), 3), np.float32), verbose=0)
    began = time.perf_counter()
    images = keras.utils.image_dataset_from_directory(
        folder,
        labels=None,
        image_size=(int(size), int(size)),
        batch_size=32,
        shuffle=False,
        verbose=False,
    )
    logits = network.predict(images, verbose=0)
    probabilities = keras.ops.convert_to_numpy(keras.ops.softmax(logits))
    with Path(out).open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "predicted", *range(CLASSES)])
        for path, row in zip(images.file_paths, probabilities, strict=True):
            rows.writerow([path, row.argmax(), *row])
    print(json.dumps({"seconds": time.perf_counter() - began}))


def predict(folder: str, pixels: str, out: str) -> None:
    """Read images of the right size by Keras, with the bundle's weights."""
    from engine.classify.bundle import WEIGHTS, Bundle
    from engine.train.child import weights
    from engine.train.child.architectures import build

    card = Bundle.open(Path(folder)).card
    model = build(card.architecture, card.preprocessing.size, len(card.classes))
    weights.load(model, Path(folder) / WEIGHTS)
    images = np.load(pixels, mmap_mode="r")
    parts = [
        model.predict(images[start : start + 1024].astype(np.float32), batch_size=32, verbose=0)
        for start in range(0, len(images), 1024)
    ]
    np.save(out, np.concatenate(parts))


def _enliven(model: Any, size: int) -> None:
    # With fresh batch statistics a deep network's activations die out to 1e-10: all classes look
    # alike, and numbers that small are no fair load. So the statistics become those of some pictures.
    from engine.train.child.architectures import batch_norms

    rng = np.random.default_rng(7)
    coarse = rng.integers(0, 256, (8, size // 16 + 1, size // 16 + 1, 3))
    smooth = coarse.repeat(16, 1).repeat(16, 2)[:, :size, :size]
    # Noise as well: the conversion is checked on it, and on what lies far from its statistics an
    # untrained network explodes.
    noise = rng.integers(0, 256, smooth.shape)
    images = np.concatenate([smooth, noise]).astype(np.float32)
    layers = batch_norms(model)
    before = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    model(images, training=True)
    for layer, momentum in zip(layers, before, strict=True):
        layer.momentum = momentum
    kernel, bias = model.get_layer("classifier").get_weights()
    model.get_layer("classifier").set_weights([rng.normal(0, 0.3, kernel.shape), bias])


class _Silent:
    def progress(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    {"make": make, "classify": classify, "predict": predict}[sys.argv[1]](*sys.argv[2:])
