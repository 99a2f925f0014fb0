"""One scan of a folder: gather, compare, detect, rank."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.classify import statistics
from engine.classify.bundle import Bundle, keep_newest
from engine.classify.cache import ReadingCache
from engine.classify.runtime import Runtime
from engine.curate import facts
from engine.curate.compare import compare
from engine.curate.detector import Detector, View
from engine.curate.duplicates import ExactDuplicates, NearDuplicates, SplitLeaks
from engine.curate.finding import Batch, Finding, Kind
from engine.curate.folder import Folder, gather
from engine.curate.keys import keyed, without
from engine.curate.single import OffTopic, Quality, SuspectLabels, Unreadable
from engine.curate.store import FactStore
from engine.explore.familiar import distances
from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message
from engine.paths import cache_dir

DETECTORS: tuple[Detector, ...] = (
    Unreadable(),
    ExactDuplicates(),
    OffTopic(),
    SplitLeaks(),
    NearDuplicates(),
    SuspectLabels(),
    Quality(),
)
VERSION = 2
"""Changes whenever the same pictures would be compared in another way."""

_KEPT = 16
_STEPS = 1000


def scan(
    job: Job,
    source: Source,
    found: Sequence[ImageRecord | BadFile],
    runtime: Runtime,
    bundle: Bundle,
    cache: ReadingCache | None,
    detectors: Sequence[Detector] = DETECTORS,
    dismissed: Collection[str] = (),
) -> list[Finding]:
    """Return what is found, most important first; raises `Cancelled` and `Problem`.

    `found` is what `source.scan` gave. What was read and measured before is not read again. What has a key
    in `dismissed` is left out. Each detector's findings are handed out as a `Batch`.
    """
    with FactStore() as store:
        folder = gather(job, source, found, runtime, bundle.card, cache, store)
    view = look(job, folder, bundle)
    findings: list[Finding] = []
    for one in detectors:
        new = ranked(without(keyed(one.find(view), folder), dismissed))
        job.partial(Batch(one.kinds, tuple(new)))
        findings += new
    return ranked(findings)


def look(job: Job, folder: Folder, bundle: Bundle) -> View:
    """Compare the pictures of a folder with each other."""
    records = folder.records
    names = tuple(sorted({one.label for one in records if one.label is not None}))
    number = {name: at for at, name in enumerate(names)}
    labels = np.full(len(folder.hashes), -1, np.intp)
    for row, image in enumerate(folder.first.tolist()):
        label = records[image].label
        labels[row] = -1 if label is None else number[label]
    known = statistics.load(bundle)
    seen = distances(folder.embeddings, known) if known and len(labels) else np.empty(0, np.float32)
    inputs = {
        "facts": folder.facts,
        "embeddings": folder.embeddings,
        "labels": labels,
        "seen": seen,
    }
    return View(folder, _compared(job, inputs), names)


def ranked(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with the most important first; a cluster stays together, its keeper ahead."""
    order = {kind: place for place, kind in enumerate(Kind)}
    return sorted(
        findings,
        key=lambda one: (
            order[one.kind] if one.kind is not Kind.EXACT_DUPLICATE else -1,
            -one.score,
            -1 if one.cluster is None else one.cluster,
            one.action != "keep",
        ),
    )


def _compared(job: Job, inputs: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    digest = hashlib.sha256(f"{VERSION} {facts.VERSION}".encode())
    for name, values in inputs.items():
        digest.update(f"{name} {values.shape}".encode())
        digest.update(np.ascontiguousarray(values).view(np.uint8).data if values.size else b"")
    kept = cache_dir() / "compared" / f"{digest.hexdigest()}.npz"
    with contextlib.suppress(OSError, ValueError, EOFError):
        found = _load(kept)
        os.utime(kept)
        return found
    says = Message("scan.comparing")
    found = compare(inputs, lambda share: job.progress(round(share * _STEPS), _STEPS, says))
    # A cache that cannot be written is done without.
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".part", delete=False) as part:
            np.savez(part, **found)  # type: ignore[arg-type]
        Path(part.name).replace(kept)
        keep_newest(kept.parent, _KEPT)
    return found


def _load(file: Path) -> dict[str, npt.NDArray[Any]]:
    with np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
