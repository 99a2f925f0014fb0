"""One scan of a folder: gather, compare, detect, rank."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.classify import statistics
from engine.classify.bundle import Bundle
from engine.classify.cache import ReadingCache
from engine.classify.runtime import Runtime
from engine.curate import arrays, facts, known
from engine.curate.compare import compare
from engine.curate.detector import Detector, View
from engine.curate.duplicates import ExactDuplicates, NearDuplicates, SplitLeaks
from engine.curate.finding import Batch, Finding, Kind
from engine.curate.folder import Folder, gather
from engine.curate.keys import keyed, without
from engine.curate.single import OffTopic, Quality, SuspectLabels, Unreadable
from engine.curate.store import FactStore
from engine.explore.familiar import distances
from engine.images.decode import VERSION as DECODING
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
VERSION = 4
"""Changes whenever the same pictures would be compared in another way."""

_VERSIONS = f"{VERSION} {facts.VERSION} {DECODING}"
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
    view = look(job, source.root, folder, bundle)
    findings: list[Finding] = []
    for one in detectors:
        new = ranked(without(keyed(one.find(view), folder), dismissed))
        job.partial(Batch(one.kinds, tuple(new)))
        findings += new
    return ranked(findings)


def look(job: Job, root: Path, folder: Folder, bundle: Bundle) -> View:
    """Compare the pictures of the folder at `root` with each other.

    Those that were compared in the scan before are looked up no more, only what was added since.
    """
    records = folder.records
    names = tuple(sorted({one.label for one in records if one.label is not None}))
    number = {name: at for at, name in enumerate(names)}
    labels = np.full(len(folder.hashes), -1, np.intp)
    for row, image in enumerate(folder.first.tolist()):
        label = records[image].label
        labels[row] = -1 if label is None else number[label]
    usual = statistics.load(bundle)
    seen = distances(folder.embeddings, usual) if usual and len(labels) else np.empty(0, np.float32)
    inputs = {
        "facts": folder.facts,
        "embeddings": folder.embeddings,
        "labels": labels,
        "seen": seen,
    }
    pairs = known.place(root, bundle.card.model_id, _VERSIONS)
    return View(folder, _compared(job, inputs, folder.hashes, pairs), names)


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


def _compared(
    job: Job, inputs: Mapping[str, npt.NDArray[Any]], hashes: Sequence[str], pairs: Path
) -> dict[str, npt.NDArray[Any]]:
    digest = hashlib.sha256(_VERSIONS.encode())
    for name, values in inputs.items():
        digest.update(f"{name} {values.shape}".encode())
        digest.update(np.ascontiguousarray(values).view(np.uint8).data if values.size else b"")
    kept = cache_dir() / "compared" / f"{digest.hexdigest()}.npz"
    found = arrays.load(kept)
    if found is None:
        says = Message("scan.comparing")
        before = known.load(pairs, hashes)
        found = compare(
            inputs, before, lambda share: job.progress(round(share * _STEPS), _STEPS, says)
        )
        arrays.keep(kept, found)
    known.keep(pairs, hashes, found["first"], found["second"], found["alike"])
    return found
