"""The same scan in a process of its own: same findings, batches, cancel, and the last ones kept."""

from pathlib import Path

import pytest
from tiny_model import CLASSES, make_tiny_bundle, save_picture

from engine.classify.bundle import Bundle
from engine.classify.devices import choose
from engine.classify.runtime import open_runtime
from engine.curate import kept
from engine.curate.apart import read_found, scan_apart, write_found
from engine.curate.finding import Batch, Kind
from engine.curate.keys import without
from engine.curate.scan import scan
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
    batches: list[Batch] = []
    stages: set[str] = set()
    job = Job(lambda one: stages.add(one.message.id if one.message else ""), batches.append)
    assert kept.last(folder, found, bundle.card.model_id) is None
    apart = scan_apart(job, folder, found, bundle, device)
    runtime = open_runtime(bundle, device, Job())
    here = scan(Job(), source, found, runtime, bundle, None)
    runtime.close()
    assert [(one.kind, one.path, one.key) for one in apart] == [
        (one.kind, one.path, one.key) for one in here
    ]
    assert stages >= {"read.progress", "scan.comparing"}
    assert {one for batch in batches for one in batch.kinds} == set(Kind)
    assert {one.key for batch in batches for one in batch.findings} == {one.key for one in apart}
    last = kept.last(folder, found, bundle.card.model_id)
    assert last == kept.Last(apart, unseen=0, other_model=False)
    assert without(apart, {apart[0].key}) == [one for one in apart if one.key != apart[0].key]
    (folder / "broken.png").rename(folder / "broken2.png")
    changed = list(source.scan(Job()))
    last = kept.last(folder, changed, bundle.card.model_id)
    assert last
    assert last.unseen == 1
    assert last.stale


def test_labels_given_by_a_person_hold(folder, bundle):
    found = list(open_source(folder).scan(Job()))
    same = [
        ImageRecord(one.path, "ig", one.split, one.size, one.mtime_ns)
        if isinstance(one, ImageRecord)
        else one
        for one in found
    ]
    apart = scan_apart(Job(), folder, same, bundle, choose("cpu"))
    exact = [one for one in apart if one.kind is Kind.EXACT_DUPLICATE]
    assert {one.reason.id for one in exact} == {"finding.exact"}


def test_cancelled_it_stops_and_leaves_no_process(folder, bundle):
    found = list(open_source(folder).scan(Job()))
    job = Job(lambda _: job.cancel())
    with pytest.raises(Cancelled):
        scan_apart(job, folder, found, bundle, choose("cpu"))


def test_names_that_are_no_text_travel():
    found = [
        ImageRecord("caf\udce9.png", None, "train", 3, 4),
        BadFile("b\udce9.png", Message("image.empty", {"n": 1})),
    ]
    assert read_found(write_found(found)) == found
