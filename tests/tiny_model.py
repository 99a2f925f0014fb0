"""Tiny real model bundle that classifies images by their mean colour.

Class k is predicted if the mean colour is nearest to `class_colour(k)`. Three features (the colour
channels, averaged over a grid of 4 x 4), global average pooling and one dense layer, like all models
of this program, so maps and embeddings are real too.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from engine.classify import bundle
from engine.classify.card import (
    FORMAT,
    PREPROCESSING,
    Calibration,
    Card,
    Preprocessing,
    TrainingData,
)
from engine.classify.openvino_library import import_openvino

CLASSES = (
    "basophil",
    "eosinophil",
    "erythroblast",
    "immature_granulocyte",
    "lymphocyte",
    "monocyte",
    "neutrophil",
    "platelet",
)
_CELLS = 4
_SHARPNESS = 40.0


def class_colour(number: int) -> tuple[int, int, int]:
    """Return the RGB colour of class `number` (distinct for up to 27 classes)."""
    levels = (215, 40, 127)
    # The corners of the colour cube come first, because they are far from each other.
    cube = sorted(np.ndindex(3, 3, 3), key=lambda index: (max(index), index))
    red, green, blue = (levels[index] for index in cube[number])
    return red, green, blue


def class_image(number: int, size: int = 48, seed: int | None = None) -> np.ndarray:
    """Return an image of class `number`, uint8 (size, size, 3), with noise by seed."""
    pixels = np.full((size, size, 3), class_colour(number), np.int16)
    if seed is not None:
        pixels += np.random.default_rng(seed).integers(-20, 21, pixels.shape, np.int16)
    return pixels.clip(0, 255).astype(np.uint8)


def save_class_image(path: Path, number: int, seed: int = 0) -> None:
    """Write an image of class `number`, in the format of the path's suffix."""
    Image.fromarray(class_image(number, seed=seed)).save(path)


def make_tiny_bundle(
    folder: Path,
    *,
    classes: Sequence[str] = CLASSES,
    size: int = 32,
    name: str = "tiny",
    slow: int = 0,
    preprocessing: int = PREPROCESSING,
) -> Path:
    """Create `folder`, write the bundle to it, and return it.

    `slow` adds layers that do not change the output: with 8 at 256 pixels a batch takes one or two
    seconds.
    """
    work = folder.with_name(folder.name + "-parts")
    work.mkdir(parents=True)
    prototypes = np.array([class_colour(k) for k in range(len(classes))], np.float32) / 255
    kernel = 2 * _SHARPNESS * prototypes.T
    # Nearest prototype as a linear function: -|x - p|^2 without |x|^2, which is the same for all classes.
    bias = -_SHARPNESS * (prototypes**2).sum(1)
    _save_network(work, kernel, bias, size, slow)
    weights = {"classifier/kernel": kernel.astype(np.float16), "classifier/bias": bias}
    np.savez(work / bundle.WEIGHTS_FILE, **weights)
    card = Card(
        format=FORMAT,
        name=name,
        architecture="mobilenet_v3_small",
        classes=tuple(classes),
        class_set="blood8",
        preprocessing=Preprocessing(size, preprocessing),
        calibration=Calibration(temperature=1.5),
        bias=tuple(float(value) for value in bias),
        embedding_size=3,
        map_size=(_CELLS, _CELLS),
        training_data=TrainingData(
            "Drawn colours, for tests.", len(classes), dict.fromkeys(classes, 1), "CC0-1.0"
        ),
        recipe={},
        metrics={"test": {"accuracy": 1.0}},
        software={},
        files={},
    )
    bundle.write_bundle(folder, card, [work / file for file in bundle.BUNDLE_FILES])
    for file in work.iterdir():
        file.unlink()
    work.rmdir()
    return folder


def _save_network(folder: Path, kernel: np.ndarray, bias: np.ndarray, size: int, slow: int) -> None:
    ov = import_openvino()
    from openvino import opset13 as ops

    image = ops.parameter([-1, size, size, 3], ov.Type.u8, name="image")
    image.output(0).tensor.set_names({"image"})
    scaled = ops.multiply(ops.convert(image, "f32"), np.float32(1 / 255))
    channels_first = ops.transpose(scaled, np.array([0, 3, 1, 2]))
    for _ in range(slow):
        channels_first = _detour(ops, channels_first)
    cell = [size // _CELLS] * 2
    features = ops.avg_pool(channels_first, cell, [0, 0], [0, 0], cell, exclude_pad=True)
    embedding = ops.reduce_mean(features, np.array([2, 3]), keep_dims=False)
    logits = ops.add(ops.matmul(embedding, kernel, False, False), bias[None])
    ones = [1, 1]
    maps = ops.convolution(features, kernel.T[:, :, None, None], ones, [0, 0], [0, 0], ones)
    results = []
    for name, node in (
        ("logits", logits),
        ("embedding", embedding),
        ("maps", ops.transpose(maps, np.array([0, 2, 3, 1]))),
    ):
        node.output(0).tensor.set_names({name})
        results.append(ops.result(node))
    ov.save_model(ov.Model(results, [image], "tiny"), folder / "model.xml", compress_to_fp16=False)


def _detour(ops, node):
    """Add layers through 96 channels and back that keep the values."""
    same = [1, 1], [1, 1], [1, 1], [1, 1]
    there = np.zeros((96, 3, 3, 3), np.float32)
    there[:3, :, 1, 1] = np.eye(3)
    on = np.zeros((96, 96, 3, 3), np.float32)
    on[:, :, 1, 1] = np.eye(96)
    back = np.zeros((3, 96, 3, 3), np.float32)
    back[:, :3, 1, 1] = np.eye(3)
    for weights in (there, on, back):
        node = ops.relu(ops.convolution(node, weights, *same))
    return node
