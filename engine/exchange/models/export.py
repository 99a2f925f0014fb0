"""A model for others: bundle zip, Keras, ONNX, OpenVINO, each run against the bundle before it is kept."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.classify.bundle import CARD, NETWORK, NETWORK_WEIGHTS, WEIGHTS, Bundle
from engine.classify.calibration import softmax
from engine.classify.devices import choose
from engine.classify.openvino_network import network_of
from engine.classify.reading import Float32
from engine.classify.runtime import open_runtime
from engine.exchange.models.compact_bundle import compact
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import Output, check_is_free, move_into_place
from engine.processes import run_child

KINDS = ("bundle", "compact", "keras", "onnx", "openvino", "codabench")
SUFFIXES = {
    "bundle": ".zip",
    "compact": ".zip",
    "keras": ".keras",
    "onnx": ".onnx",
    "openvino": "",
    "codabench": ".zip",
}

_TOLERANCE = 0.02
"""Largest difference of a probability: weights are halved in one and folded with others in another."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and how far it was from the bundle: the largest difference of a probability.

    `compared` is how many images that was seen on.
    """

    path: Path
    difference: float
    compared: int


def export_model(job: Job, bundle: Bundle, kind: str, out: Path, images: Pixels) -> Exported:
    """Write a model as `kind` (`KINDS`) to `out`: a file, or a new folder for OpenVINO.

    `images` (n, size, size, 3) uint8, at the model's size, are read by the bundle and by what was
    written; where they differ, `out` is not made and `Problem` (`model_export.differs`) raised.
    Beside a `.keras` or `.onnx` file lies a `.json` with its classes, licence and attribution.
    """
    facts = out.with_name(f"{out.name}.json") if kind in ("keras", "onnx") else None
    for file in filter(None, (out, facts)):
        check_is_free(file)
    bundle.verify()
    out.parent.mkdir(parents=True, exist_ok=True)
    expected = bundle_probabilities(job, bundle, images)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=out.parent) as folder:
        made = Path(folder) / out.name
        got = _MAKERS[kind](job, bundle, made, images)
        difference = compare(expected, got)
        if facts:
            Output(facts).write(json.dumps(describe(bundle), indent=2).encode())
        move_into_place(made, out)
    return Exported(out, difference, len(images))


def compare(expected: Float32, got: Float32) -> float:
    """Return the largest difference of a probability; raises `Problem` if it is more than rounding."""
    if got.shape != expected.shape:
        raise Problem("model_export.differs", difference=1.0)
    difference = float(np.abs(expected - got).max(initial=0.0))
    if not difference <= _TOLERANCE:
        raise Problem("model_export.differs", difference=difference)
    return difference


def bundle_probabilities(job: Job, bundle: Bundle, images: Pixels) -> Float32:
    """Return the calibrated probabilities (n, c) that the bundle itself gives, calculated in float32.

    What is written for other programs calculates so; half precision rounds by more than a mistake would.
    """
    runtime = open_runtime(bundle, choose("cpu"), job, exact=True)
    try:
        chunks = [
            images[at : at + runtime.batch_size] for at in range(0, len(images), runtime.batch_size)
        ]
        logits = [
            outputs.logits for _, outputs in runtime.stream(((None, one) for one in chunks), job)
        ]
    finally:
        runtime.close()
    return softmax(np.concatenate(logits), bundle.card.calibration.temperature)


def describe(bundle: Bundle) -> dict[str, Any]:
    """Return what whoever uses the model has to know, as plain values."""
    card = bundle.card
    return {
        "name": card.name,
        "architecture": card.architecture,
        "classes": list(card.classes),
        "input": {
            "size": card.preprocessing.size,
            "layout": "NHWC, RGB, 0-255",
            "resize": "stretched to a square: area averaging when shrinking, cubic when growing",
        },
        "output": "calibrated probabilities in the order of classes",
        "temperature": card.calibration.temperature,
        "model_id": card.model_id,
        "licence": card.training_data.licence,
        "attribution": card.training_data.attribution,
        "use": "research and curation use, not for diagnosis",
    }


def keras_file(job: Job, bundle: Bundle, made: Path, images: Pixels) -> Float32:
    """Write the `.keras` file and return what it gives for the images."""
    return np.asarray(_in_child(job, bundle, "keras", made, images)["probabilities"], np.float32)


def _bundle(job: Job, bundle: Bundle, made: Path, images: Pixels) -> Float32:
    _zip(job, bundle, made)
    return _from_zip(job, made, images)


def _compact(job: Job, bundle: Bundle, made: Path, images: Pixels) -> Float32:
    with tempfile.TemporaryDirectory(dir=made.parent) as name:
        _zip(job, compact(job, bundle, Path(name) / made.stem), made)
    return _from_zip(job, made, images)


def _zip(job: Job, bundle: Bundle, made: Path) -> None:
    with zipfile.ZipFile(made, "x", zipfile.ZIP_DEFLATED) as archive:
        for name in (CARD, *bundle.card.files):
            job.check()
            archive.write(bundle.folder / name, f"{made.stem}/{name}")


def _from_zip(job: Job, made: Path, images: Pixels) -> Float32:
    opened = Bundle.open(made)
    opened.verify()
    return bundle_probabilities(job, opened, images)


def _onnx(job: Job, bundle: Bundle, made: Path, images: Pixels) -> Float32:
    _in_child(job, bundle, "onnx", made, images)
    from engine.classify.openvino_runtime import openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    network = openvino().Core().compile_model(made, "CPU", settings)
    return np.asarray(network(images.astype(np.float32))[0], np.float32)


def _openvino(job: Job, bundle: Bundle, made: Path, images: Pixels) -> Float32:
    made.mkdir()
    shutil.copyfile(bundle.folder / CARD, made / CARD)
    network = network_of(bundle, job)
    for name in (NETWORK, NETWORK_WEIGHTS):
        job.check()
        shutil.copyfile(network / name, made / name)
    (made / "about.json").write_text(json.dumps(describe(bundle), indent=2), encoding="utf-8")
    from engine.classify.openvino_runtime import openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    compiled = openvino().Core().compile_model(made / NETWORK, "CPU", settings)
    return softmax(np.asarray(compiled(images)["logits"]), bundle.card.calibration.temperature)


def _codabench(job: Job, bundle: Bundle, made: Path, images: Pixels) -> Float32:
    from engine.exchange.models.submission import write_submission

    return write_submission(job, bundle, made, images)


def _in_child(job: Job, bundle: Bundle, kind: str, made: Path, images: Pixels) -> dict[str, Any]:
    card = bundle.card
    job.progress(0, 3, Message("model_export.network"))
    request = {
        "kind": kind,
        "architecture": card.architecture,
        "size": card.preprocessing.size,
        "classes": len(card.classes),
        "weights": str(bundle.folder / WEIGHTS),
        "temperature": card.calibration.temperature,
        "out": str(made),
        "images": images,
    }
    return run_child(job, "export", request)


_MAKERS: dict[str, Callable[[Job, Bundle, Path, Pixels], Float32]] = {
    "bundle": _bundle,
    "compact": _compact,
    "keras": keras_file,
    "onnx": _onnx,
    "openvino": _openvino,
    "codabench": _codabench,
}
