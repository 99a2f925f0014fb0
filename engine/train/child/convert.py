"""Task `convert`: trained weights to an OpenVINO network with logits, embedding and activation maps."""

from pathlib import Path
from typing import Any

import keras
import numpy as np

from engine.child.channel import Channel
from engine.classify.architectures import EFFICIENTNET_SHAPES
from engine.classify.bundle import NETWORK_FILE
from engine.classify.network_check import check_logits
from engine.classify.openvino_library import import_openvino
from engine.classify.openvino_network import write_efficientnet
from engine.temporaries import temporary_folder
from engine.train.child import weights
from engine.train.child.architectures import build_model, inference_model

_OUTPUT_NAMES = ("logits", "embedding", "maps")


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Write `model.xml` and `model.bin` into the folder `out`, and check them against Keras.

    Takes `architecture`, `size`, `classes` (a number), `weights` (a file), a few `images` (uint8,
    (n, size, size, 3)) for the check and optionally their `logits` from another runtime. Returns `bias`
    (c,), `embedding_size`, `map_size` and the `largest_difference` of the logits. Raises `Problem`
    (`convert.differs`).
    """
    size, classes = int(request["size"]), int(request["classes"])
    model = build_model(request["architecture"], size, classes)
    weights.load_weights(model, Path(request["weights"]))
    reader = inference_model(model)
    channel.progress(1, 3, "convert.network")
    out, images = Path(request["out"]), request["images"]
    if request["architecture"] in EFFICIENTNET_SHAPES:
        write_efficientnet(request["architecture"], size, Path(request["weights"]), out)
    else:
        _convert_saved_model(reader, size, out)
    channel.progress(2, 3, "convert.network")

    expected = reader.predict(images.astype(np.float32), verbose=0)["logits"]
    references = [logits for logits in (expected, request.get("logits")) if logits is not None]
    actual = check_logits(out / NETWORK_FILE, images, *references)
    _, height, width, _ = reader.output["maps"].shape
    channel.progress(3, 3, "convert.network")
    return {
        "bias": [float(value) for value in model.get_layer("classifier").get_weights()[1]],
        "embedding_size": int(reader.output["embedding"].shape[-1]),
        "map_size": [int(height), int(width)],
        "largest_difference": float(np.abs(actual - expected).max()),
    }


def _convert_saved_model(reader: keras.Model, size: int, out: Path) -> None:
    with temporary_folder("convert") as folder:
        # Through a SavedModel: inference after Keras's direct OpenVINO export is seven times slower.
        reader.export(str(folder), format="tf_saved_model", verbose=False)
        network = _to_openvino(str(folder), size)
    import_openvino().save_model(network, out / NETWORK_FILE, compress_to_fp16=True)


def _to_openvino(saved_model: str, size: int) -> Any:
    ov = import_openvino()
    # After the call above, which imports OpenVINO with telemetry disabled.
    from openvino.preprocess import PrePostProcessor

    network = ov.convert_model(saved_model)
    for output in network.outputs:
        name = next(
            name
            for name in _OUTPUT_NAMES
            if any(name in long_name for long_name in output.get_names())
        )
        output.get_tensor().set_names({name})
    network.inputs[0].get_tensor().set_names({"image"})
    network.reshape({network.inputs[0]: ov.PartialShape([-1, size, size, 3])})
    # uint8 input: a quarter of the memory traffic, and the conversion is fused into the first layer.
    steps = PrePostProcessor(network)
    steps.input().tensor().set_element_type(ov.Type.u8)
    steps.input().preprocess().convert_element_type(ov.Type.f32)
    return steps.build()
