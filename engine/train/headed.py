"""A model with another head: the network's last layer is exchanged in place, without Keras, in a moment."""

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from engine.classify import bundle
from engine.classify.bundle import NETWORK, NETWORK_WEIGHTS, STATISTICS, TRAINING, WEIGHTS, Bundle
from engine.classify.card import FORMAT, Calibration, TrainingData
from engine.classify.learned import Learned
from engine.classify.network import network_of
from engine.classify.openvino_runtime import openvino
from engine.classify.statistics import Statistics
from engine.jobs import Job
from engine.messages import Problem
from engine.train.quick import Head

_KERNEL, _BIAS = "classifier/kernel", "classifier/bias"


def with_head(
    job: Job,
    model: Bundle,
    head: Head,
    out: Path,
    *,
    calibration: Calibration,
    metrics: dict[str, dict[str, float]],
    training_data: TrainingData,
    statistics: Statistics,
    learned: Learned,
) -> Bundle:
    """Write a bundle of `model` with `head` to `out`.

    `statistics` are of the images that the head was fitted to, `learned` is all that it has learned from.

    Raises `Problem` (`quick.head`) where class maps are more than a 1x1 convolution of the features.
    """
    network = _network(network_of(model, job) / NETWORK, head, model.card.name)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        openvino().save_model(network, work / NETWORK, compress_to_fp16=True)
        with np.load(model.folder / WEIGHTS, allow_pickle=False) as arrays:
            kept = {name: arrays[name] for name in arrays if name not in (_KERNEL, _BIAS)}
        weights: dict[str, Any] = {
            **kept,
            _KERNEL: head.kernel.astype(np.float16),
            _BIAS: head.bias,
        }
        np.savez(work / WEIGHTS, allow_pickle=False, **weights)
        learned.save(work / TRAINING)
        statistics.save(work / STATISTICS)
        card = msgspec.structs.replace(
            model.card,
            format=FORMAT,
            name=out.name,
            classes=head.classes,
            bias=tuple(float(one) for one in head.bias),
            calibration=calibration,
            metrics=metrics,
            training_data=training_data,
            parent=model.card.model_id,
            command="",
        )
        names = (NETWORK, NETWORK_WEIGHTS, WEIGHTS, STATISTICS, TRAINING)
        return bundle.write(out, card, [work / name for name in names])


def _network(file: Path, head: Head, name: str) -> Any:
    ov = openvino()
    from openvino import opset13 as ops

    old = ov.Core().read_model(file)
    embedding = old.output("embedding").get_node().input_value(0)
    node = old.output("maps").get_node().input_value(0).get_node()
    while node.get_type_name() in ("Transpose", "Convert", "Reshape"):
        node = node.input_value(0).get_node()
    if node.get_type_name() != "Convolution":
        raise Problem("quick.head", name=name)
    kernel = head.kernel.astype(np.float32)
    logits = ops.add(ops.matmul(embedding, kernel, False, False), head.bias[None])
    ones = [1, 1]
    maps = ops.convolution(
        node.input_value(0), kernel.T[:, :, None, None].copy(), ones, [0, 0], [0, 0], ones
    )
    results = []
    outputs = {"logits": logits, "embedding": None, "maps": ops.transpose(maps, [0, 2, 3, 1])}
    for called, made in outputs.items():
        value = embedding if made is None else made.output(0)
        value.get_tensor().set_names({called})
        results.append(ops.result(value))
    return ov.Model(results, old.get_parameters(), "headed")
