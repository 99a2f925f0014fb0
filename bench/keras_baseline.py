"""Keras side of the benchmarks, run in a separate process like a user's script.

`make ARCHITECTURE SIZE OUT` writes a network with random weights as `OUT/model.keras` and as the bundle
`OUT/bundle`. `classify FOLDER MODEL SIZE OUT` is the plain script that `classify` is compared with.
`predict BUNDLE PIXELS OUT` writes the logits of a .npy file of images, computed with the bundle's weights.
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
    """Write the network and its bundle."""
    import keras

    from engine.classify import bundle
    from engine.classify.card import FORMAT, Calibration, Card, Preprocessing, TrainingData
    from engine.images.class_set import load_class_set
    from engine.train.child import convert, weights
    from engine.train.child.architectures import build_model

    keras.utils.set_random_seed(7)
    folder = Path(out)
    folder.mkdir(parents=True)
    model = build_model(architecture, int(size), CLASSES)
    _calibrate_batch_norms(model, int(size))
    weights.save_weights(model, folder / bundle.WEIGHTS_FILE)
    # Load the saved weights again: the bundle stores them in half precision.
    weights.load_weights(model, folder / bundle.WEIGHTS_FILE)
    model.save(folder / "model.keras")
    request = {
        "architecture": architecture,
        "size": int(size),
        "classes": CLASSES,
        "weights": str(folder / bundle.WEIGHTS_FILE),
        "out": str(folder),
        "images": np.random.default_rng(7).integers(0, 256, (4, int(size), int(size), 3), np.uint8),
    }
    conversion = convert.run(request, _SilentChannel())
    card = Card(
        format=FORMAT,
        name=f"random {architecture}",
        architecture=architecture,
        classes=load_class_set().ids,
        class_set="blood8",
        preprocessing=Preprocessing(size=int(size)),
        calibration=Calibration(),
        bias=tuple(conversion["bias"]),
        embedding_size=conversion["embedding_size"],
        map_size=tuple(conversion["map_size"]),
        training_data=TrainingData("Random weights.", 0, {}),
        recipe={},
        metrics={},
        software={},
        files={},
    )
    bundle.write_bundle(folder / "bundle", card, [folder / name for name in bundle.BUNDLE_FILES])


def classify(folder: str, model: str, size: str, out: str) -> None:
    """Classify a folder as in the Keras documentation and write a CSV."""
    import keras

    network = keras.models.load_model(model)
    # Trace before timing, so that short runs do not disadvantage Keras.
    network.predict(np.zeros((32, int(size), int(size), 3), np.float32), verbose=0)
    started = time.perf_counter()
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
    print(json.dumps({"seconds": time.perf_counter() - started}))


def predict(folder: str, pixels: str, out: str) -> None:
    """Write the logits of images that already have the network's size, using the bundle's Keras weights."""
    from engine.classify.bundle import WEIGHTS_FILE, Bundle
    from engine.train.child import weights
    from engine.train.child.architectures import build_model

    card = Bundle.open(Path(folder)).card
    model = build_model(card.architecture, card.preprocessing.size, len(card.classes))
    weights.load_weights(model, Path(folder) / WEIGHTS_FILE)
    images = np.load(pixels, mmap_mode="r")
    parts = [
        model.predict(images[start : start + 1024].astype(np.float32), batch_size=32, verbose=0)
        for start in range(0, len(images), 1024)
    ]
    np.save(out, np.concatenate(parts))


def _calibrate_batch_norms(model: Any, size: int) -> None:
    # With initial batch statistics the activations of a deep network vanish (1e-10), which is no
    # realistic load. Replace the statistics by those of a few synthetic images.
    from engine.train.child.architectures import batch_norm_layers

    rng = np.random.default_rng(7)
    coarse = rng.integers(0, 256, (8, size // 16 + 1, size // 16 + 1, 3))
    smooth = coarse.repeat(16, 1).repeat(16, 2)[:, :size, :size]
    # Include noise: the conversion is checked on noise, and an untrained network diverges on inputs far
    # from its statistics.
    noise = rng.integers(0, 256, smooth.shape)
    images = np.concatenate([smooth, noise]).astype(np.float32)
    layers = batch_norm_layers(model)
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    model(images, training=True)
    for layer, momentum in zip(layers, momenta, strict=True):
        layer.momentum = momentum
    kernel, bias = model.get_layer("classifier").get_weights()
    model.get_layer("classifier").set_weights([rng.normal(0, 0.3, kernel.shape), bias])


class _SilentChannel:
    def progress(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    {"make": make, "classify": classify, "predict": predict}[sys.argv[1]](*sys.argv[2:])
