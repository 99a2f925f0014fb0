"""The same scan in a process of its own: same findings, batches, cancel, and the last ones kept."""

from pathlib import Path

import pytest
from tiny_model import CLASSES, make_tiny_bundle, save_picture

from engine.classify.bundle import Bundle
from engine.classify.devices import choose
from engine.classify.runtime import open_runtime
from engine.curate import findings_cache
from engine.curate.scan_process import decode_files, scan_in_process, encode_files
from engine.curate.finding import FindingBatch, FindingKind
from engine.curate.finding_keys import without_dismissed
from engine.curate.scan import scan_images
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
            save_picture(root / name / f"{seed}.png", number, seed)
    copy = (root / CLASSES[0] / "0.png").read_bytes()
    (root / CLASSES[1] / "copy.png").write_bytes(copy)
    (root / "broken.png").write_bytes(b"no image")
    return root


def test_it_finds_what_a_scan_here_finds_and_keeps_it(folder, bundle):
    source, device = open_source(folder), choose("cpu")
    found = list(source.scan(Job()))
    batches: list[FindingBatch] = []
    stages: set[str] = set()
    job = Job(lambda one: stages.add(one.message.id if one.message else ""), batches.append)
    assert findings_cache.load(folder, found, bundle.card.model_id) is None
    apart = scan_in_process(job, folder, found, bundle, device)
    runtime = open_runtime(bundle, device, Job())
    here = scan_images(Job(), source, found, runtime, bundle, None)
    runtime.close()
    assert [(one.kind, one.path, one.key) for one in apart] == [
        (one.kind, one.path, one.key) for one in here
    ]
    assert stages >= {"read.progress", "scan.comparing"}
    assert {one for batch in batches for one in batch.kinds} == set(FindingKind)
    assert {one.key for batch in batches for one in batch.findings} == {one.key for one in apart}
    last = findings_cache.load(folder, found, bundle.card.model_id)
    assert last == findings_cache.CachedFindings(apart, unseen_count=0, is_other_model=False)
    assert without_dismissed(apart, {apart[0].key}) == [one for one in apart if one.key != apart[0].key]
    (folder / "broken.png").rename(folder / "broken2.png")
    changed = list(source.scan(Job()))
    last = findings_cache.load(folder, changed, bundle.card.model_id)
    assert last
    assert last.unseen_count == 1
    assert last.is_stale


def test_labels_given_by_a_person_hold(folder, bundle):
    found = list(open_source(folder).scan(Job()))
    same = [
        ImageRecord(one.path, "ig", one.split, one.size, one.mtime_ns)
        if isinstance(one, ImageRecord)
        else one
        for one in found
    ]
    apart = scan_in_process(Job(), folder, same, bundle, choose("cpu"))
    exact = [one for one in apart if one.kind is FindingKind.EXACT_DUPLICATE]
    assert {one.reason.id for one in exact} == {"finding.exact"}


def test_cancelled_it_stops_and_leaves_no_process(folder, bundle):
    found = list(open_source(folder).scan(Job()))
    job = Job(lambda _: job.cancel())
    with pytest.raises(Cancelled):
        scan_in_process(job, folder, found, bundle, choose("cpu"))


def test_names_that_are_no_text_travel():
    found = [
        ImageRecord("caf\udce9.png", None, "train", 3, 4),
        BadFile("b\udce9.png", Message("image.empty", {"n": 1})),
    ]
    assert decode_files(encode_files(found)) == found
