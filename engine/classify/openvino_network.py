"""The network that OpenVINO reads with: a bundle's own, or one made of its weights, once on a computer.

A large model comes with its weights alone, so that they are stored once. What is made of them is checked
against outputs that the bundle carries, and lies in the cache folder, under a name that changes with all
that it was made of: never beside the bundle, which may lie where nobody may write.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import msgspec
import numpy as np

from engine.cache_entries import keep_newest
from engine.classify.architectures import architecture
from engine.classify.bundle import (
    CHECK,
    NETWORK,
    NETWORK_WEIGHTS,
    WEIGHTS,
    Bundle,
    sha256,
)
from engine.classify.reading import Float32
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import cache_dir
from engine.processes import run_child

_WAY = 1
"""Changes whenever the same weights would make another network."""
_KEPT = 8
_SUMS = "sums.json"
_FAILED = "failed.json"


def has_network(bundle: Bundle) -> bool:
    """Return whether a bundle can be read at once; says nothing of damage."""
    return NETWORK in bundle.card.files or (_home(bundle) / NETWORK).is_file()


def why_not(bundle: Bundle) -> Message | None:
    """Return why the network could not be made when that was tried last; None if it never failed."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        name, params = msgspec.json.decode(
            (_home(bundle).with_suffix(".failed") / _FAILED).read_bytes(),
            type=tuple[str, dict[str, str | int | float]],
        )
        return Message(name, params)
    return None


def network_of(bundle: Bundle, job: Job) -> Path:
    """Return the folder with the verified `model.xml` and `model.bin` of a bundle; may take a minute.

    Raises `Cancelled`, and `Problem` where files are damaged or the network cannot be made; then there
    is no half of one.
    """
    if NETWORK in bundle.card.files:
        bundle.verify([NETWORK, NETWORK_WEIGHTS])
        return bundle.folder
    home = _home(bundle)
    try:
        if not _is_sound(home):
            _make(bundle, home, job)
        os.utime(home)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem("network.unwritable", folder=str(home.parent), reason=reason) from error
    keep_newest(home.parent, _KEPT)
    return home


def read_check(bundle: Bundle) -> tuple[Pixels, Float32]:
    """Return pictures (n, s, s, 3) and the logits (n, c) that the network must give for them."""
    bundle.verify([CHECK])
    size, classes = bundle.card.preprocessing.size, len(bundle.card.classes)
    try:
        with np.load(bundle.folder / CHECK, allow_pickle=False) as arrays:
            images: Pixels = arrays["images"]
            logits: Float32 = arrays["logits"]
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Problem("bundle.damaged", name=bundle.card.name, file=CHECK) from error
    shapes = (len(images), size, size, 3), (len(images), classes)
    if not len(images) or (images.shape, logits.shape) != shapes or images.dtype != np.uint8:
        raise Problem("bundle.damaged", name=bundle.card.name, file=CHECK)
    return images, logits


def _home(bundle: Bundle) -> Path:
    card = bundle.card
    made_of = [
        _WAY,
        architecture(card.architecture).id,
        card.preprocessing.size,
        len(card.classes),
        card.files[WEIGHTS],
        card.files.get(CHECK, ""),
    ]
    key = hashlib.sha256(" ".join(map(str, made_of)).encode()).hexdigest()
    return cache_dir() / "networks" / key[:32]


def _make(bundle: Bundle, home: Path, job: Job) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    failed = home.with_suffix(".failed")
    try:
        _convert(bundle, home, job)
    except Problem as problem:
        # So that the next start need not try for a minute what fails again.
        with contextlib.suppress(OSError):
            failed.mkdir(exist_ok=True)
            told = (problem.message.id, dict(problem.message.params))
            (failed / _FAILED).write_bytes(msgspec.json.encode(told))
        raise
    shutil.rmtree(failed, ignore_errors=True)


def _convert(bundle: Bundle, home: Path, job: Job) -> None:
    bundle.verify([WEIGHTS])
    images, logits = read_check(bundle)
    card = bundle.card
    job.progress(0, 3, Message("convert.network"))
    with tempfile.TemporaryDirectory(prefix=".making-", dir=home.parent) as name:
        made = Path(name) / "new"
        made.mkdir()
        request = {
            "architecture": architecture(card.architecture).id,
            "size": card.preprocessing.size,
            "classes": len(card.classes),
            "weights": str(bundle.folder / WEIGHTS),
            "out": str(made),
            "images": images,
            "logits": logits,
        }
        run_child(job, "convert", request)
        sums = {file: sha256(made / file) for file in (NETWORK, NETWORK_WEIGHTS)}
        (made / _SUMS).write_bytes(msgspec.json.encode(sums))
        if home.exists():
            home.rename(Path(name) / "damaged")
        try:
            made.rename(home)
        except OSError:
            if not _is_sound(home):  # else another program was quicker, with the same weights
                raise


def _is_sound(home: Path) -> bool:
    try:
        sums = msgspec.json.decode((home / _SUMS).read_bytes(), type=dict[str, str])
        return all(sums[file] == sha256(home / file) for file in (NETWORK, NETWORK_WEIGHTS))
    except (OSError, KeyError, msgspec.DecodeError):
        return False
