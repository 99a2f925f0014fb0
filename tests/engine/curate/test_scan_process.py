"""A scan in a child process gives the same findings and batches, can be cancelled, and is cached."""

from pathlib import Path

import pytest
from tiny_model import CLASSES, make_tiny_bundle, save_class_image

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.runtime import open_runtime
from engine.curate import findings_cache
from engine.curate.finding import FindingBatch, FindingKind
from engine.curate.finding_keys import without_dismissed
from engine.curate.scan import scan_images
from engine.curate.scan_process import decode_files, encode_files, scan_in_process
from engine.images.record import BadFile, ImageRecord
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Message


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Bundle:
    return Bundle.open(make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture
def folder(tmp_path) -> Path:
    root = tmp_path / "cells é"
    for number, name in enumerate(CLASSES):
        (root / name).mkdir(parents=True)
        for seed in range(2):
            save_class_image(root / name / f"{seed}.png", number, seed)
    copy = (root / CLASSES[0] / "0.png").read_bytes()
    (root / CLASSES[1] / "copy.png").write_bytes(copy)
    (root / "broken.png").write_bytes(b"no image")
    return root


def test_scan_in_process_gives_and_caches_the_same_findings(folder, bundle):
    source, device = open_source(folder), choose_device("cpu")
    files = list(source.scan(Job()))
    batches: list[FindingBatch] = []
    stages: set[str] = set()
    job = Job(
        lambda progress: stages.add(progress.message.id if progress.message else ""), batches.append
    )
    assert findings_cache.load(folder, files, bundle.card.model_id) is None
    from_child = scan_in_process(job, folder, files, bundle, device)
    runtime = open_runtime(bundle, device, Job())
    findings = scan_images(Job(), source, files, runtime, bundle, None)
    runtime.close()
    assert [(finding.kind, finding.path, finding.key) for finding in from_child] == [
        (finding.kind, finding.path, finding.key) for finding in findings
    ]
    assert stages >= {"read.progress", "scan.comparing"}
    assert {kind for batch in batches for kind in batch.kinds} == set(FindingKind)
    assert {finding.key for batch in batches for finding in batch.findings} == {
        finding.key for finding in from_child
    }
    cached = findings_cache.load(folder, files, bundle.card.model_id)
    assert cached == findings_cache.CachedFindings(
        from_child, changed_count=0, is_other_model=False
    )
    assert without_dismissed(from_child, {from_child[0].key}) == [
        finding for finding in from_child if finding.key != from_child[0].key
    ]
    (folder / "broken.png").rename(folder / "broken2.png")
    changed = list(source.scan(Job()))
    cached = findings_cache.load(folder, changed, bundle.card.model_id)
    assert cached
    assert cached.changed_count == 1
    assert cached.is_stale


def test_current_labels_are_used(folder, bundle):
    files = list(open_source(folder).scan(Job()))
    relabelled = [
        ImageRecord(file.path, "ig", file.split, file.size, file.mtime_ns)
        if isinstance(file, ImageRecord)
        else file
        for file in files
    ]
    from_child = scan_in_process(Job(), folder, relabelled, bundle, choose_device("cpu"))
    exact = [finding for finding in from_child if finding.kind is FindingKind.EXACT_DUPLICATE]
    assert {finding.reason.id for finding in exact} == {"finding.exact"}


def test_scan_in_process_can_be_cancelled(folder, bundle):
    files = list(open_source(folder).scan(Job()))
    job = Job(lambda _: job.cancel())
    with pytest.raises(Cancelled):
        scan_in_process(job, folder, files, bundle, choose_device("cpu"))


def test_undecodable_names_are_encoded():
    files = [
        ImageRecord("caf\udce9.png", None, "train", 3, 4),
        BadFile("b\udce9.png", Message("image.empty", {"n": 1})),
    ]
    assert decode_files(encode_files(files)) == files
