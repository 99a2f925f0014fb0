"""Fit of a network in a child process, kept once it is complete, and its conversion for inference."""

import contextlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from engine.classify.bundle import Bundle
from engine.damaged_data import DamagedData, decoding
from engine.images.resize import resize_to_square
from engine.jobs import Job
from engine.processes import run_child
from engine.train.dataset import Dataset
from engine.train.image_store import open_images
from engine.train.recipe import Recipe
from engine.train.starting_weights import prepare_start
from engine.train.training_manifest import TrainingManifest

_MONITORED_IMAGES = 12

FitTask = Callable[[Job, dict[str, Any]], dict[str, Any]]
"""A function that fits a network; request and result are those of `engine.train.child.fit`."""


def fit_network(
    job: Job,
    data: Dataset,
    parts: npt.NDArray[np.intp],
    manifest: TrainingManifest,
    parent: Bundle | None,
    lessons: dict[str, Any] | None,
    work: Path,
    resume: bool | Literal["finish"],
    extra_rows: Sequence[tuple[npt.NDArray[np.intp], float]],
    fit: FitTask | None,
) -> dict[str, Any]:
    """Fit the network in a child process, or return the result of a fit that is complete already."""
    # The result is stored, so that a failure after the fit (such as a full disk) does not cost the fit.
    result_file = work / "fitted.json"
    identity = {
        "recipe": msgspec.to_builtins(manifest.recipe),
        "fingerprint": data.fingerprint,
        "parent": manifest.parent,
        "teacher": manifest.teacher,
        "shares": [share for _, share in extra_rows],
    }
    # A damaged result counts as missing: the fit resumes from its last checkpoint.
    with contextlib.suppress(FileNotFoundError, DamagedData), decoding():
        earlier_result: dict[str, Any] = json.loads(result_file.read_bytes())
        if {name: earlier_result.get(name) for name in identity} == json.loads(
            json.dumps(identity)
        ):
            return earlier_result
    manifest.save(work)
    start = prepare_start(manifest.recipe, parent, work)
    monitored = np.random.default_rng(0).permutation(np.flatnonzero(parts == 1))[:_MONITORED_IMAGES]
    request = {
        "resume": bool(resume),
        "finish": resume == "finish",
        "names": data.classes,
        "watched": [(int(row), data.paths[row]) for row in monitored],
        "recipe": identity["recipe"],
        "classes": len(data.classes),
        "images": str(data.images),
        "labels": data.labels,
        "split": parts,
        "beside": extra_rows,
        "out": str(work / "weights.npz"),
        "start": str(start.file) if start.file else None,
        # Only a grown network starts with the activations of another one.
        "morph": manifest.recipe.morph if start.grown else 0.0,
        "teacher": lessons,
        "skip_head": parent is None or parent.card.classes != data.classes,
    }
    fitted = {**(fit(job, request) if fit else run_child(job, "fit", request)), **identity}
    result_file.write_text(json.dumps(fitted), encoding="utf-8")
    return fitted


def convert_network(job: Job, data: Dataset, recipe: Recipe, work: Path) -> dict[str, Any]:
    """Convert the fitted weights to an inference network; return what the card says about it."""
    images = open_images(data.images)
    sample = images[:: max(1, len(images) // 16)]
    request = {
        "architecture": recipe.architecture,
        "size": recipe.size,
        "classes": len(data.classes),
        "weights": str(work / "weights.npz"),
        "out": str(work),
        "images": np.stack([resize_to_square(image, recipe.size) for image in sample]),
    }
    return run_child(job, "convert", request)
