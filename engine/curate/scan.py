"""Scan of a folder: its images are read, measured and compared, and the findings of all detectors ranked."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.classify import embedding_statistics
from engine.classify.bundle import Bundle
from engine.classify.calibrator import Calibrator
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime_protocol import Runtime
from engine.classify.unknown_score import FINDING_SHARE, UnknownScore
from engine.curate import image_features, npz_cache, pair_cache
from engine.curate.comparison import compare_images
from engine.curate.detectors.base import Detector, DetectorContext
from engine.curate.detectors.registry import DETECTORS
from engine.curate.feature_store import FeatureStore
from engine.curate.finding import Finding, FindingBatch, FindingKind
from engine.curate.finding_keys import with_keys, without_dismissed
from engine.curate.image_set import ImageSet, build_image_set
from engine.curate.model_contradictions import find_contradictions
from engine.images.decoder import DECODER_VERSION as DECODING
from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message
from engine.paths import cache_dir

VERSION = 5
"""Changes whenever the comparison of the same images would change."""

_CACHE_VERSION = f"{VERSION} {image_features.VERSION} {DECODING}"
_PROGRESS_STEPS = 1000


def scan_images(
    job: Job,
    source: Source,
    files: Sequence[ImageRecord | BadFile],
    runtime: Runtime,
    bundle: Bundle,
    cache: ReadingCache | None,
    detectors: Sequence[Detector] = DETECTORS,
    dismissed: Collection[str] = (),
    merged: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Return the findings, the most important first; raises `Cancelled` and `Problem`.

    `files` are those of `source.scan`. Cached readings and features are reused. Findings with a key in
    `dismissed` are left out. `merged` maps merged classes to those of the labels. Each detector's findings
    are reported as a `FindingBatch`.
    """
    with FeatureStore() as store:
        image_set = build_image_set(job, source, files, runtime, bundle.card, cache, store)
    context = compare_image_set(job, source.root, image_set, bundle, merged)
    findings: list[Finding] = []
    for detector in detectors:
        new = rank_findings(
            without_dismissed(with_keys(detector.find(context), image_set), dismissed)
        )
        job.partial(FindingBatch(detector.kinds, tuple(new)))
        findings += new
    return rank_findings(findings)


def compare_image_set(
    job: Job,
    root: Path,
    image_set: ImageSet,
    bundle: Bundle,
    merged: Mapping[str, str] | None = None,
) -> DetectorContext:
    """Compare the images of the folder at `root` with each other.

    Images that the last scan compared are not compared with each other again.
    """
    records = image_set.records
    label_names = tuple(sorted({record.label for record in records if record.label is not None}))
    label_index = {name: index for index, name in enumerate(label_names)}
    labels = np.full(len(image_set.hashes), -1, np.intp)
    for row, image in enumerate(image_set.first_images.tolist()):
        label = records[image].label
        labels[row] = -1 if label is None else label_index[label]
    statistics = embedding_statistics.load_statistics(bundle)
    embedding_distances = (
        EmbeddingDistance(statistics).measure(image_set.embeddings)
        if statistics and len(labels)
        else np.empty(0, np.float32)
    )
    inputs = {
        "features": image_set.features,
        "embeddings": image_set.embeddings,
        "labels": labels,
        "embedding_distances": embedding_distances,
    }
    pairs_file = pair_cache.cache_file(root, bundle.card.model_id, _CACHE_VERSION)
    unknown_score = UnknownScore.of_bundle(bundle)
    return DetectorContext(
        image_set,
        _compare_cached(job, inputs, image_set.hashes, pairs_file),
        label_names,
        unknown_score.measure_ratios(image_set.embeddings, FINDING_SHARE)
        if unknown_score
        else None,
        find_contradictions(
            [records[image].label for image in image_set.first_images.tolist()],
            Calibrator.of_bundle(bundle).probabilities(image_set.logits, image_set.embeddings),
            image_set.classes,
            merged,
        ),
    )


def rank_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Sort findings by importance; clusters stay together, with the keeper first."""
    order = {kind: index for index, kind in enumerate(FindingKind)}
    return sorted(
        findings,
        key=lambda finding: (
            order[finding.kind] if finding.kind is not FindingKind.EXACT_DUPLICATE else -1,
            -finding.score,
            -1 if finding.cluster is None else finding.cluster,
            finding.action != "keep",
        ),
    )


def _compare_cached(
    job: Job, inputs: npz_cache.Arrays, hashes: Sequence[str], pairs_file: Path
) -> dict[str, npt.NDArray[Any]]:
    digest = hashlib.sha256(_CACHE_VERSION.encode())
    for name, values in inputs.items():
        digest.update(f"{name} {values.shape}".encode())
        digest.update(np.ascontiguousarray(values).view(np.uint8).data if values.size else b"")
    cache_file = cache_dir() / "compared" / f"{digest.hexdigest()}.npz"
    comparison = npz_cache.load(cache_file)
    if comparison is None:
        message = Message("scan.comparing")
        known_pairs = pair_cache.load(pairs_file, hashes)
        comparison = compare_images(
            inputs,
            known_pairs,
            lambda share: job.progress(round(share * _PROGRESS_STEPS), _PROGRESS_STEPS, message),
        )
        npz_cache.save(cache_file, comparison)
    pair_cache.save(
        pairs_file, hashes, comparison["first"], comparison["second"], comparison["correlations"]
    )
    return comparison
