"""A bundle whose weights are stored once: without the network, which is made again where it is used."""

import tempfile
from pathlib import Path

import msgspec
import numpy as np

from engine.classify import bundle
from engine.classify.bundle import CHECK, NETWORK, NETWORK_WEIGHTS, Bundle
from engine.classify.card import FORMAT
from engine.classify.devices import Device
from engine.classify.keras_runtime import KerasRuntime
from engine.classify.reading import Float32
from engine.exchange.models.comparison_images import drawn_images
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Message


def compact(job: Job, model: Bundle, folder: Path) -> Bundle:
    """Write a model to `folder` without its network, with what one that is made of it must give.

    That is what Keras gives in float32 for drawn cells, by the weights as they are stored.
    """
    left_out = (NETWORK, NETWORK_WEIGHTS, CHECK)
    kept = [model.folder / name for name in model.card.files if name not in left_out]
    images = drawn_images(model.card.preprocessing.size, each=1)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        check = Path(name) / CHECK
        np.savez_compressed(check, images=images, logits=_by_keras(job, model, images))
        card = msgspec.structs.replace(model.card, format=FORMAT)
        return bundle.write(folder, card, [*kept, check])


def _by_keras(job: Job, model: Bundle, images: Pixels) -> Float32:
    device = Device("cpu", "keras", "cpu", "Keras", Message("device.cpu"), insisted=True)
    runtime = KerasRuntime(model, device, job)
    try:
        parts = [outputs.logits for _, outputs in runtime.stream([(None, images)], job)]
    finally:
        runtime.close()
    return np.concatenate(parts)
