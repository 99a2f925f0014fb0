"""Codabench submission: a zip with `model.py` and weights that runs without this program.

`Model().predict(X)` takes a uint8 batch of RGB images and returns one-hot labels.
"""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.reading import Float32
from engine.exchange.models.keras_export import describe_model, write_keras_file
from engine.exchange.models.output_comparison import bundle_probabilities
from engine.images.record import Pixels
from engine.images.resize import resize_to_square
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import resources_dir
from engine.temporaries import temporary_folder

CHALLENGE_EDGE = 96
"""Edge of the challenge's images in pixels."""

_TIMEOUT_SECONDS = 600.0
_POLL_SECONDS = 0.1
_PREDICT_SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
import numpy, model
labels = model.Model().predict(numpy.load(sys.argv[2], allow_pickle=False))
numpy.save(sys.argv[3], labels)
"""


def write_submission(job: Job, bundle: Bundle, target: Path, images: Pixels) -> Float32:
    """Write the zip, run it on 96 x 96 images, and return the probabilities of its weights for `images`.

    Raises `Problem` (`model_export.*`) if it fails or predicts another class than the bundle.
    """
    with temporary_folder("submission") as temporary:
        folder = temporary / "submission"
        folder.mkdir()
        probabilities = write_keras_file(job, bundle, folder / "weights.keras", images)
        code = (resources_dir() / "codabench" / "model.py").read_bytes()
        (folder / "model.py").write_bytes(code)
        (folder / "about.json").write_text(
            json.dumps(describe_model(bundle), indent=2), encoding="utf-8"
        )
        with zipfile.ZipFile(target, "x", zipfile.ZIP_STORED) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
        _compare_with_bundle(job, bundle, target, images, temporary)
    return probabilities


def run_alone(job: Job, submission: Path, batch: Pixels, work: Path) -> Float32:
    """Run a submission in an isolated Python and return its labels of a batch; `work` is a scratch folder.

    That Python sees neither this program nor the environment's `PYTHON*` variables. Raises `Problem` and
    `Cancelled`.
    """
    with zipfile.ZipFile(submission) as archive:
        archive.extractall(work / "alone")
    np.save(work / "batch.npy", batch)
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    arguments = [str(work / "alone"), str(work / "batch.npy"), str(work / "labels.npy")]
    with (work / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _PREDICT_SCRIPT, *arguments],
            cwd=work,
            env={**env, "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(job, process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    if process.returncode:
        details = (work / "output.txt").read_text(encoding="utf-8", errors="replace")
        raise Problem("model_export.submission_fails", details=details[-4000:])
    return np.asarray(np.load(work / "labels.npy", allow_pickle=False), np.float32)


def _wait_for(job: Job, process: "subprocess.Popen[bytes]") -> None:
    waited = 0.0
    while process.poll() is None and waited < _TIMEOUT_SECONDS:
        job.progress(2, 3, Message("model_export.trying"))
        job.wait(_POLL_SECONDS)
        waited += _POLL_SECONDS


def _compare_with_bundle(
    job: Job, bundle: Bundle, target: Path, images: Pixels, work: Path
) -> None:
    if getattr(sys, "frozen", False):
        return  # A packaged program has no Python interpreter; the weights were compared anyway.
    size = bundle.card.preprocessing.size
    batch = np.stack([resize_to_square(image, CHALLENGE_EDGE) for image in images])
    labels = run_alone(job, target, batch, work)
    expected = bundle_probabilities(
        job, bundle, np.stack([resize_to_square(image, size) for image in batch])
    )
    is_one_hot = labels.shape == expected.shape and bool(((labels == 1).sum(axis=1) == 1).all())
    # Where two classes are almost equally probable, rounding decides.
    top = np.sort(expected, axis=1)
    is_clear = top[:, -1] - top[:, -2] > 0.05
    if not is_one_hot or (labels.argmax(axis=1) != expected.argmax(axis=1))[is_clear].any():
        raise Problem("model_export.differs", difference=1.0)
