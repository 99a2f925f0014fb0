"""A submission to the challenge: `model.py` and weights in a zip that runs without this program.

`Model().predict(X)` takes a uint8 batch of RGB images and gives one-hot labels.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.reading import Float32
from engine.images.record import Pixels
from engine.images.resize import square
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import resources_dir

EDGE = 96
"""Pixels of the challenge's images."""

_SECONDS = 600.0
_POLL = 0.1
_TRY = """
import sys
sys.path.insert(0, sys.argv[1])
import numpy, model
labels = model.Model().predict(numpy.load(sys.argv[2], allow_pickle=False))
numpy.save(sys.argv[3], labels)
"""


def write_submission(job: Job, bundle: Bundle, made: Path, images: Pixels) -> Float32:
    """Write the zip, run it alone on 96 x 96 images, and return what its weights give for `images`.

    Raises `Problem` (`model_export.*`) where it cannot be run or calls an image other than the bundle.
    """
    from engine.exchange.models.export import describe, keras_file

    with tempfile.TemporaryDirectory(prefix="submission-") as name:
        folder = Path(name) / "submission"
        folder.mkdir()
        got = keras_file(job, bundle, folder / "weights.keras", images)
        code = (resources_dir() / "codabench" / "model.py").read_bytes()
        (folder / "model.py").write_bytes(code)
        (folder / "about.json").write_text(json.dumps(describe(bundle), indent=2), encoding="utf-8")
        with zipfile.ZipFile(made, "x", zipfile.ZIP_STORED) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
        _check_alone(job, bundle, made, images, Path(name))
    return got


def run_alone(job: Job, submission: Path, batch: Pixels, work: Path) -> Float32:
    """Unpack a submission below `work` and return its labels of a batch, from a clean Python.

    That Python does not see this program, nor what the environment adds to its path. Raises `Problem`
    and `Cancelled`.
    """
    with zipfile.ZipFile(submission) as archive:
        archive.extractall(work / "alone")
    np.save(work / "batch.npy", batch)
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    arguments = [str(work / "alone"), str(work / "batch.npy"), str(work / "labels.npy")]
    with (work / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _TRY, *arguments],
            cwd=work,
            env={**env, "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            _await(job, process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    if process.returncode:
        details = (work / "said.txt").read_text(encoding="utf-8", errors="replace")
        raise Problem("model_export.submission_fails", details=details[-4000:])
    return np.asarray(np.load(work / "labels.npy", allow_pickle=False), np.float32)


def _await(job: Job, process: "subprocess.Popen[bytes]") -> None:
    waited = 0.0
    while process.poll() is None and waited < _SECONDS:
        job.progress(2, 3, Message("model_export.trying"))
        job.wait(_POLL)
        waited += _POLL


def _check_alone(job: Job, bundle: Bundle, made: Path, images: Pixels, work: Path) -> None:
    from engine.exchange.models.export import bundle_probabilities

    if getattr(sys, "frozen", False):
        return  # A packaged program has no Python to give; the weights were compared all the same.
    size = bundle.card.preprocessing.size
    batch = np.stack([square(image, EDGE) for image in images])
    labels = run_alone(job, made, batch, work)
    expected = bundle_probabilities(job, bundle, np.stack([square(one, size) for one in batch]))
    one_hot = labels.shape == expected.shape and bool(((labels == 1).sum(axis=1) == 1).all())
    # Where two classes are as likely as each other, rounding decides.
    top = np.sort(expected, axis=1)
    clear = top[:, -1] - top[:, -2] > 0.05
    if not one_hot or (labels.argmax(axis=1) != expected.argmax(axis=1))[clear].any():
        raise Problem("model_export.differs", difference=1.0)
