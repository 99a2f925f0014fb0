"""Keras export: the `.keras` file, written in a child process, and the description of a model."""

from pathlib import Path
from typing import Any

import numpy as np

from engine.classify.bundle import WEIGHTS_FILE, Bundle
from engine.classify.reading import Float32
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Message
from engine.processes import run_child


def describe_model(bundle: Bundle) -> dict[str, Any]:
    """Return what users of an exported model have to know, as plain values."""
    card = bundle.card
    return {
        "name": card.name,
        "architecture": card.architecture,
        "classes": list(card.classes),
        "input": {
            "size": card.preprocessing.size,
            "layout": "NHWC, RGB, 0-255",
            "resize": "stretched to a square: area averaging when shrinking, cubic when growing",
            "fills_deposits": card.preprocessing.fills_deposits,
        },
        "output": "calibrated probabilities in the order of classes, of one view of an image",
        "temperature": card.calibration.temperature,
        "model_id": card.model_id,
        "licence": card.training_data.licence,
        "attribution": card.training_data.attribution,
        "use": "research and curation use, not for diagnosis",
    }


def write_keras_file(job: Job, bundle: Bundle, target: Path, images: Pixels) -> Float32:
    """Write the `.keras` file and return its probabilities (n, c) for the images."""
    return np.asarray(
        run_keras_export(job, bundle, "keras", target, images)["probabilities"], np.float32
    )


def run_keras_export(
    job: Job, bundle: Bundle, kind: str, target: Path, images: Pixels
) -> dict[str, Any]:
    """Export in a child process with Keras, as `kind` "keras" or "onnx"; return its answer."""
    card = bundle.card
    job.progress(0, 3, Message("model_export.network"))
    request = {
        "kind": kind,
        "architecture": card.architecture,
        "size": card.preprocessing.size,
        "classes": len(card.classes),
        "weights": str(bundle.folder / WEIGHTS_FILE),
        "temperature": card.calibration.temperature,
        "out": str(target),
        "images": images,
    }
    return run_child(job, "export", request)
