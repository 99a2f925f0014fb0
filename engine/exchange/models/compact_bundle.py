"""Compact bundle: stores the weights once, without the network, which is rebuilt where it is used."""

from pathlib import Path

import msgspec
import numpy as np

from engine.classify import bundle
from engine.classify.bundle import (
    CHECK_FILE,
    NETWORK_FILE,
    NETWORK_WEIGHTS_FILE,
    WEIGHTS_FILE,
    Bundle,
)
from engine.classify.card import FORMAT
from engine.classify.devices import Device
from engine.classify.keras_runtime import KerasRuntime
from engine.classify.reading import Float32
from engine.exchange.models.comparison_images import render_sample_images
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Message
from engine.temporaries import temporary_folder


def write_compact_bundle(job: Job, model: Bundle, folder: Path) -> Bundle:
    """Write a model to `folder` without its network, but with reference outputs to check a rebuilt one.

    These are the float32 logits that Keras computes for drawn cells with the stored weights.
    """
    left_out = (NETWORK_FILE, NETWORK_WEIGHTS_FILE, CHECK_FILE, WEIGHTS_FILE)
    files = [model.folder / name for name in model.card.files if name not in left_out]
    images = render_sample_images(model.card.preprocessing.size, each=1)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with temporary_folder(folder.name, folder.parent) as temporary:
        weights = temporary / WEIGHTS_FILE
        with np.load(model.folder / WEIGHTS_FILE, allow_pickle=False) as arrays:
            np.savez_compressed(weights, **arrays)  # 7% smaller
        check = temporary / CHECK_FILE
        np.savez_compressed(check, images=images, logits=_keras_logits(job, model, images))
        card = msgspec.structs.replace(model.card, format=FORMAT)
        return bundle.write_bundle(folder, card, [*files, weights, check])


def _keras_logits(job: Job, model: Bundle, images: Pixels) -> Float32:
    device = Device("cpu", "keras", "cpu", "Keras", Message("device.cpu"), is_required=True)
    runtime = KerasRuntime(model, device, job)
    try:
        parts = [outputs.logits for _, outputs in runtime.stream([(None, images)], job)]
    finally:
        runtime.close()
    return np.concatenate(parts)
