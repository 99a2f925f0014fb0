"""Head replacement: the last layer of an OpenVINO network replaced in place, without Keras."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from engine.classify import bundle
from engine.classify.bundle import (
    NETWORK_FILE,
    NETWORK_WEIGHTS_FILE,
    STATISTICS_FILE,
    TRAINING_FILE,
    WEIGHTS_FILE,
    Bundle,
)
from engine.classify.card import FORMAT, Calibration, TrainingData
from engine.classify.embedding_statistics import EmbeddingStatistics
from engine.classify.openvino_library import import_openvino
from engine.classify.openvino_network import prepare_network
from engine.classify.training_images import TrainingImages
from engine.jobs import Job
from engine.messages import Problem
from engine.temporaries import temporary_folder
from engine.train.linear_head import LinearHead

_KERNEL, _BIAS = "classifier/kernel", "classifier/bias"


def replace_head(
    job: Job,
    model: Bundle,
    head: LinearHead,
    out: Path,
    *,
    views: int,
    calibration: Calibration,
    metrics: dict[str, dict[str, float]],
    training_data: TrainingData,
    statistics: EmbeddingStatistics,
    unknown_limits: dict[float, float],
    training_images: TrainingImages,
) -> Bundle:
    """Write a bundle of `model` with another head, which is read in `views` views of each image, to `out`.

    `statistics` and `unknown_limits` are those of the images that the head was fitted to;
    `training_images` are those of network and head. Raises `Problem` (`quick.head`) unless the class maps
    are a 1x1 convolution of the features.
    """
    network = _replace_in_network(prepare_network(model, job) / NETWORK_FILE, head, model.card.name)
    with temporary_folder("head") as work:
        import_openvino().save_model(network, work / NETWORK_FILE, compress_to_fp16=True)
        with np.load(model.folder / WEIGHTS_FILE, allow_pickle=False) as arrays:
            arrays_kept = {name: arrays[name] for name in arrays if name not in (_KERNEL, _BIAS)}
        weights: dict[str, Any] = {
            **arrays_kept,
            _KERNEL: head.kernel.astype(np.float16),
            _BIAS: head.bias,
        }
        np.savez(work / WEIGHTS_FILE, allow_pickle=False, **weights)
        training_images.save(work / TRAINING_FILE)
        statistics.save(work / STATISTICS_FILE)
        card = msgspec.structs.replace(
            model.with_views(views).card,
            format=FORMAT,
            name=out.name,
            classes=head.classes,
            bias=tuple(float(value) for value in head.bias),
            calibration=calibration,
            metrics=metrics,
            training_data=training_data,
            parent=model.card.model_id,
            command="",
            unknown_limits=unknown_limits,
        )
        names = (NETWORK_FILE, NETWORK_WEIGHTS_FILE, WEIGHTS_FILE, STATISTICS_FILE, TRAINING_FILE)
        return bundle.write_bundle(out, card, [work / name for name in names])


def _replace_in_network(file: Path, head: LinearHead, name: str) -> Any:
    ov = import_openvino()
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
    unit_stride = [1, 1]
    maps = ops.convolution(
        node.input_value(0),
        kernel.T[:, :, None, None].copy(),
        unit_stride,
        [0, 0],
        [0, 0],
        unit_stride,
    )
    results = []
    outputs = {"logits": logits, "embedding": None, "maps": ops.transpose(maps, [0, 2, 3, 1])}
    for name_of_output, node_of_output in outputs.items():
        value = embedding if node_of_output is None else node_of_output.output(0)
        value.get_tensor().set_names({name_of_output})
        results.append(ops.result(value))
    return ov.Model(results, old.get_parameters(), "headed")
