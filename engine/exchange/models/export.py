"""Model export: bundle zip, Keras, ONNX, OpenVINO, submission; each is compared with the bundle."""

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.classify.bundle import (
    CARD_FILE,
    NETWORK_FILE,
    NETWORK_WEIGHTS_FILE,
    Bundle,
)
from engine.classify.calibration import softmax
from engine.classify.openvino_network import prepare_network
from engine.classify.reading import Float32
from engine.exchange.models.compact_bundle import write_compact_bundle
from engine.exchange.models.keras_export import (
    describe_model,
    run_keras_export,
    write_keras_file,
)
from engine.exchange.models.output_comparison import bundle_probabilities, check_difference
from engine.exchange.models.submission import write_submission
from engine.images.record import Pixels
from engine.jobs import Job
from engine.outputs import Output, check_is_free, move_into_place, staging_folder
from engine.temporaries import temporary_folder

EXPORT_KINDS = ("bundle", "compact", "keras", "onnx", "openvino", "codabench")
EXPORT_SUFFIXES = {
    "bundle": ".zip",
    "compact": ".zip",
    "keras": ".keras",
    "onnx": ".onnx",
    "openvino": "",
    "codabench": ".zip",
}


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """An exported model; `difference` is the largest difference of a probability from the bundle.

    `compared` is the number of images it was measured on.
    """

    path: Path
    difference: float
    compared: int


def export_model(job: Job, bundle: Bundle, kind: str, out: Path, images: Pixels) -> ExportedModel:
    """Export a model as `kind` (one of `EXPORT_KINDS`) to `out`: a file, or a new folder for OpenVINO.

    `images` (n, size, size, 3) uint8, at the model's size, are predicted by the bundle and by the export;
    if the probabilities differ, nothing is written and `Problem` (`model_export.differs`) raised. A
    `.keras` or `.onnx` file comes with a `.json` file of classes, licence and attribution.
    """
    description = out.with_name(f"{out.name}.json") if kind in ("keras", "onnx") else None
    for file in filter(None, (out, description)):
        check_is_free(file)
    bundle.verify()
    with staging_folder(out) as folder:
        expected = bundle_probabilities(job, bundle, images)
        target = folder / out.name
        probabilities = _WRITERS[kind](job, bundle, target, images)
        difference = check_difference(expected, probabilities)
        if description:
            Output(description).write(json.dumps(describe_model(bundle), indent=2).encode())
        move_into_place(target, out)
    return ExportedModel(out, difference, len(images))


def _write_bundle_zip(job: Job, bundle: Bundle, target: Path, images: Pixels) -> Float32:
    _zip_bundle(job, bundle, target)
    return _probabilities_from_zip(job, target, images)


def _write_compact_zip(job: Job, bundle: Bundle, target: Path, images: Pixels) -> Float32:
    with temporary_folder(target.stem, target.parent) as temporary:
        compact = write_compact_bundle(job, bundle, temporary / target.stem)
        _zip_bundle(job, compact, target)
    return _probabilities_from_zip(job, target, images)


def _zip_bundle(job: Job, bundle: Bundle, target: Path) -> None:
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for name in (CARD_FILE, *bundle.card.files):
            job.check()
            archive.write(bundle.folder / name, f"{target.stem}/{name}")


def _probabilities_from_zip(job: Job, target: Path, images: Pixels) -> Float32:
    opened = Bundle.open(target)
    opened.verify()
    return bundle_probabilities(job, opened, images)


def _write_onnx(job: Job, bundle: Bundle, target: Path, images: Pixels) -> Float32:
    run_keras_export(job, bundle, "onnx", target, images)
    from engine.classify.openvino_library import import_openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    network = import_openvino().Core().compile_model(target, "CPU", settings)
    return np.asarray(network(images.astype(np.float32))[0], np.float32)


def _write_openvino(job: Job, bundle: Bundle, target: Path, images: Pixels) -> Float32:
    target.mkdir()
    shutil.copyfile(bundle.folder / CARD_FILE, target / CARD_FILE)
    network = prepare_network(bundle, job)
    for name in (NETWORK_FILE, NETWORK_WEIGHTS_FILE):
        job.check()
        shutil.copyfile(network / name, target / name)
    (target / "about.json").write_text(
        json.dumps(describe_model(bundle), indent=2), encoding="utf-8"
    )
    from engine.classify.openvino_library import import_openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    compiled = import_openvino().Core().compile_model(target / NETWORK_FILE, "CPU", settings)
    return softmax(np.asarray(compiled(images)["logits"]), bundle.card.calibration.temperature)


_WRITERS: dict[str, Callable[[Job, Bundle, Path, Pixels], Float32]] = {
    "bundle": _write_bundle_zip,
    "compact": _write_compact_zip,
    "keras": write_keras_file,
    "onnx": _write_onnx,
    "openvino": _write_openvino,
    "codabench": write_submission,
}
