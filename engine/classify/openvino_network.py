"""OpenVINO networks: the one in a bundle, or one made from its weights and cached.

A large model is shipped with its weights only, so that they are stored once. An EfficientNet is built from
them in seconds; other networks are converted by Keras in a child process, in about a minute. The network is
checked against outputs in the bundle and stored in the cache folder, under a hash of everything that
determines it; the bundle's own folder may be read-only. Where the cache folder is read-only or full, the
network is made for this process only, in the system's temporary folder.
"""

import atexit
import contextlib
import hashlib
import os
import shutil
import threading
from pathlib import Path

import msgspec
import numpy as np

from engine.cache_entries import keep_newest
from engine.classify.architectures import EFFICIENTNET_SHAPES, find_architecture
from engine.classify.bundle import (
    CHECK_FILE,
    NETWORK_FILE,
    NETWORK_WEIGHTS_FILE,
    WEIGHTS_FILE,
    Bundle,
    sha256,
)
from engine.classify.efficientnet_network import build_network
from engine.classify.network_check import check_logits
from engine.classify.openvino_library import import_openvino
from engine.classify.reading import Float32
from engine.damaged_data import DamagedData, decoding
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import cache_dir
from engine.processes import run_child
from engine.temporaries import temporary_folder

_CONVERSION_VERSION = 2
"""Changes whenever the same weights would give another network."""
_MAX_CACHED_NETWORKS = 8
_CHECKSUMS_FILE = "sums.json"
_FAILURE_FILE = "failed.json"

_unstored: dict[Path, tuple[Path, Message]] = {}
"""By the folder where a network belongs: its folder for this process, and why it could not be stored."""
_unstored_lock = threading.Lock()
_unstored_folders = contextlib.ExitStack()
atexit.register(_unstored_folders.close)


def has_network(bundle: Bundle) -> bool:
    """Return whether a bundle's network exists; it may be damaged."""
    if NETWORK_FILE in bundle.card.files:
        return True
    folder = _cache_folder(bundle)
    return folder in _unstored or (folder / NETWORK_FILE).is_file()


def storage_problem(bundle: Bundle) -> Message | None:
    """Return why the network was made for this process only, or None."""
    if NETWORK_FILE in bundle.card.files:
        return None
    _, problem = _unstored.get(_cache_folder(bundle), (None, None))
    return problem


def last_failure(bundle: Bundle) -> Message | None:
    """Return the reason why the last conversion of the network failed, or None."""
    with contextlib.suppress(OSError, DamagedData), decoding():
        message_id, params = msgspec.json.decode(
            (_cache_folder(bundle).with_suffix(".failed") / _FAILURE_FILE).read_bytes(),
            type=tuple[str, dict[str, str | int | float]],
        )
        return Message(message_id, params)
    return None


def prepare_network(bundle: Bundle, job: Job) -> Path:
    """Return the folder with the verified `model.xml` and `model.bin` of a bundle; may take a minute.

    Converts the weights if necessary. Raises `Cancelled`, and `Problem` where files are damaged or the
    conversion fails; nothing partial is left.
    """
    if NETWORK_FILE in bundle.card.files:
        bundle.verify([NETWORK_FILE, NETWORK_WEIGHTS_FILE])
        return bundle.folder
    folder = _cache_folder(bundle)
    try:
        if not _is_intact(folder):
            _convert_or_record_failure(bundle, folder, job)
    except OSError as error:
        return _prepare_unstored(bundle, folder, job, error.strerror or str(error))
    with contextlib.suppress(OSError):  # a folder that may only be read
        os.utime(folder)
    keep_newest(folder.parent, _MAX_CACHED_NETWORKS)
    return folder


def write_efficientnet(architecture: str, size: int, weights_file: Path, folder: Path) -> None:
    """Write `model.xml` and `model.bin` of an EfficientNet to `folder`, built from its weights.

    Raises `Problem` (`weights.mismatch`) if the weights are of another architecture.
    """
    with np.load(weights_file, allow_pickle=False) as arrays:
        weights = dict(arrays)
    try:
        network = build_network(architecture, size, weights)
    except (KeyError, ValueError, RuntimeError) as error:
        weight = str(error).strip("'").splitlines()[-1] if isinstance(error, KeyError) else ""
        raise Problem("weights.mismatch", file=weights_file.name, weight=weight) from error
    import_openvino().save_model(network, folder / NETWORK_FILE, compress_to_fp16=True)


def load_check_data(bundle: Bundle) -> tuple[Pixels, Float32]:
    """Return test images (n, s, s, 3) and the logits (n, c) that the network must give for them."""
    bundle.verify([CHECK_FILE])
    size, classes = bundle.card.preprocessing.size, len(bundle.card.classes)
    try:
        with decoding(), np.load(bundle.folder / CHECK_FILE, allow_pickle=False) as arrays:
            images: Pixels = arrays["images"]
            logits: Float32 = arrays["logits"]
    except (OSError, DamagedData) as error:
        raise Problem("bundle.damaged", name=bundle.card.name, file=CHECK_FILE) from error
    shapes = (len(images), size, size, 3), (len(images), classes)
    if not len(images) or (images.shape, logits.shape) != shapes or images.dtype != np.uint8:
        raise Problem("bundle.damaged", name=bundle.card.name, file=CHECK_FILE)
    return images, logits


def _cache_folder(bundle: Bundle) -> Path:
    card = bundle.card
    inputs = [
        _CONVERSION_VERSION,
        find_architecture(card.architecture).id,
        card.preprocessing.size,
        len(card.classes),
        card.files[WEIGHTS_FILE],
        card.files.get(CHECK_FILE, ""),
    ]
    key = hashlib.sha256(" ".join(map(str, inputs)).encode()).hexdigest()
    return cache_dir() / "networks" / key[:32]


def _convert_or_record_failure(bundle: Bundle, folder: Path, job: Job) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    failure_folder = folder.with_suffix(".failed")
    try:
        _convert(bundle, folder, job)
    except Problem as problem:
        # So that the next start does not spend a minute on a conversion that fails again.
        with contextlib.suppress(OSError):
            failure_folder.mkdir(exist_ok=True)
            failure = (problem.message.id, dict(problem.message.params))
            (failure_folder / _FAILURE_FILE).write_bytes(msgspec.json.encode(failure))
        raise
    shutil.rmtree(failure_folder, ignore_errors=True)


def _prepare_unstored(bundle: Bundle, folder: Path, job: Job, reason: str) -> Path:
    place = {"folder": str(folder.parent), "reason": reason}
    with _unstored_lock:
        if folder in _unstored and _is_intact(_unstored[folder][0]):
            return _unstored[folder][0]
        try:
            with contextlib.ExitStack() as stack:
                own = stack.enter_context(temporary_folder("bloodbench-network")) / folder.name
                _convert(bundle, own, job)
                _unstored_folders.push(stack.pop_all())
        except OSError as error:
            raise Problem("network.unwritable", **place) from error
        _unstored[folder] = own, Message("network.not_stored", place)
        return own


def _convert(bundle: Bundle, folder: Path, job: Job) -> None:
    bundle.verify([WEIGHTS_FILE])
    images, logits = load_check_data(bundle)
    card = bundle.card
    job.progress(0, 3, Message("convert.network"))
    with temporary_folder(folder.name, folder.parent) as temporary:
        new = temporary / "new"
        new.mkdir()
        architecture = find_architecture(card.architecture).id
        if architecture in EFFICIENTNET_SHAPES:
            write_efficientnet(
                architecture, card.preprocessing.size, bundle.folder / WEIGHTS_FILE, new
            )
            job.progress(1, 3, Message("convert.network"))
            check_logits(new / NETWORK_FILE, images, logits)
        else:
            request = {
                "architecture": architecture,
                "size": card.preprocessing.size,
                "classes": len(card.classes),
                "weights": str(bundle.folder / WEIGHTS_FILE),
                "out": str(new),
                "images": images,
                "logits": logits,
            }
            run_child(job, "convert", request)
        checksums = {file: sha256(new / file) for file in (NETWORK_FILE, NETWORK_WEIGHTS_FILE)}
        (new / _CHECKSUMS_FILE).write_bytes(msgspec.json.encode(checksums))
        if folder.exists():
            folder.rename(temporary / "damaged")
        try:
            new.rename(folder)
        except OSError:
            if not _is_intact(folder):  # else another process finished first, with the same weights
                raise


def _is_intact(folder: Path) -> bool:
    with contextlib.suppress(OSError, DamagedData), decoding():
        checksums = msgspec.json.decode(
            (folder / _CHECKSUMS_FILE).read_bytes(), type=dict[str, str]
        )
        return all(
            checksums[file] == sha256(folder / file)
            for file in (NETWORK_FILE, NETWORK_WEIGHTS_FILE)
        )
    return False
