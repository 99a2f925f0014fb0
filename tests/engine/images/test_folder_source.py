import ctypes
import os
import sys
import tracemalloc
import unicodedata
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from hostile import encode, smooth_image
from hypothesis import given
from hypothesis import strategies as st

from engine.images.class_set import load_class_set
from engine.images.folder_source import FolderSource, is_hidden
from engine.images.natural_order import natural_key
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Cancelled, Job
from engine.messages import Problem

BLOOD8 = load_class_set()
JPEG = encode(smooth_image(0), "JPEG")


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(JPEG)


def scan(folder, job=None):
    return list(FolderSource(folder, BLOOD8).scan(job or Job()))


def labels(folder):
    return {item.path: (item.label, item.split) for item in scan(folder)}


# Names


@given(st.lists(st.text(max_size=12), max_size=20))
def test_natural_order_is_total(names):
    once = sorted(names, key=natural_key)
    names.reverse()
    assert once == sorted(names, key=natural_key)
    for first in names:
        for second in names:
            assert (natural_key(first) == natural_key(second)) == (first == second)


@given(st.text(alphabet="abcXYZ_- é", max_size=8), st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_sort_by_value(word, first, second):
    is_before = natural_key(f"{word}{first}.jpg") < natural_key(f"{word}{second}.jpg")
    assert is_before == (first < second)


def test_natural_order_example():
    names = ["cell10", "Cell9", "cell2", "cell02", "cell", "Zebra", "ape", "9" * 250]
    assert sorted(names, key=natural_key) == [
        "9" * 250,
        "ape",
        "cell",
        "cell02",
        "cell2",
        "Cell9",
        "cell10",
        "Zebra",
    ]


def test_unicode_forms_are_adjacent():
    composed, decomposed = "\u00e9.jpg", "e\u0301.jpg"
    assert sorted(["f.jpg", composed, "e.jpg", decomposed], key=natural_key)[1:3] == [
        decomposed,
        composed,
    ]


@pytest.mark.parametrize("name", [".x", ".DS_Store", "Thumbs.db", "__MACOSX", "$RECYCLE.BIN"])
def test_hidden_names(name):
    assert is_hidden(name)


# Labels and splits


def test_class_folders_give_labels(tmp_path):
    put(tmp_path, "IG/1.jpg", "neutrophils/a/b/2.jpg", "3.jpg", "smudge/4.jpg")
    assert labels(tmp_path) == {
        "3.jpg": (None, None),
        "IG/1.jpg": ("immature_granulocyte", None),
        "neutrophils/a/b/2.jpg": ("neutrophil", None),
        "smudge/4.jpg": ("smudge", None),
    }


def test_splits_above_and_below_the_class(tmp_path):
    put(tmp_path / "above", "train/IG/1.jpg", "val/IG/2.jpg", "test/IG/3.jpg", "test/odd/4.jpg")
    put(tmp_path / "below", "IG/train/1.jpg", "IG/test/2.jpg", "IG/3.jpg")
    assert labels(tmp_path / "above") == {
        "test/IG/3.jpg": ("immature_granulocyte", "test"),
        "test/odd/4.jpg": ("odd", "test"),
        "train/IG/1.jpg": ("immature_granulocyte", "train"),
        "val/IG/2.jpg": ("immature_granulocyte", "val"),
    }
    assert labels(tmp_path / "below") == {
        "IG/3.jpg": ("immature_granulocyte", None),
        "IG/test/2.jpg": ("immature_granulocyte", "test"),
        "IG/train/1.jpg": ("immature_granulocyte", "train"),
    }


def test_flat_folder_has_no_labels(tmp_path):
    put(tmp_path / "neutrophil", "2.jpg", "10.jpg", "1.jpg")
    assert labels(tmp_path / "neutrophil") == dict.fromkeys(
        ["1.jpg", "2.jpg", "10.jpg"], (None, None)
    )


def test_files_come_before_subfolders_in_natural_order(tmp_path):
    put(tmp_path, "b/1.jpg", "a10/1.jpg", "a9/1.jpg", "z.jpg", "a9/c/1.jpg")
    assert [item.path for item in scan(tmp_path)] == [
        "z.jpg",
        "a9/1.jpg",
        "a9/c/1.jpg",
        "a10/1.jpg",
        "b/1.jpg",
    ]


def test_record_has_size_and_time(tmp_path):
    put(tmp_path, "1.jpg")
    (record,) = scan(tmp_path)
    status = (tmp_path / "1.jpg").stat()
    assert record == ImageRecord("1.jpg", None, None, len(JPEG), status.st_mtime_ns)


def test_empty_folder(tmp_path):
    assert scan(tmp_path) == []


def test_only_chosen_folders_are_read(tmp_path):
    put(tmp_path, "a/1.jpg", "b/2.jpg", "3.jpg")
    source = FolderSource(tmp_path, BLOOD8, only=["a", "3.jpg"])
    assert list(source.folders) == [tmp_path / "a"]


# Links


@pytest.fixture
def outside(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")
    put(folder, "neutrophil/1.jpg")
    return folder


needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need privileges on Windows")


@needs_links
def test_link_to_an_outside_folder_is_followed_once(tmp_path, outside):
    (tmp_path / "a").symlink_to(outside)
    (tmp_path / "b").symlink_to(outside)
    source = FolderSource(tmp_path, BLOOD8)
    assert list(source.folders) == [tmp_path]
    assert [item.path for item in source.scan(Job())] == ["a/neutrophil/1.jpg"]
    assert list(source.folders) == [tmp_path, outside.resolve()]


@needs_links
def test_link_name_gives_the_label(tmp_path, outside):
    (tmp_path / "IG").symlink_to(outside / "neutrophil")
    assert labels(tmp_path) == {"IG/1.jpg": ("immature_granulocyte", None)}


@needs_links
def test_link_to_an_inside_folder_is_not_followed(tmp_path):
    put(tmp_path, "z/1.jpg", "z/y/2.jpg")
    (tmp_path / "a").symlink_to(tmp_path / "z" / "y")
    assert [item.path for item in scan(tmp_path)] == ["z/1.jpg", "z/y/2.jpg"]


@needs_links
def test_link_to_a_hidden_folder_is_followed(tmp_path):
    put(tmp_path, ".store/1.jpg")
    (tmp_path / "cells").symlink_to(tmp_path / ".store")
    assert [item.path for item in scan(tmp_path)] == ["cells/1.jpg"]


@needs_links
def test_link_loops_are_reported(tmp_path, outside):
    put(tmp_path, "a/b/1.jpg")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    (tmp_path / "everything").symlink_to("/")
    (tmp_path / "other").symlink_to(outside)
    (outside / "round").symlink_to(outside)
    (outside / "back").symlink_to(tmp_path)
    found = {item.path: getattr(item, "reason", None) and item.reason.id for item in scan(tmp_path)}
    assert found == {
        "a/b/1.jpg": None,
        "a/b/up": "image.link_loop",
        "everything": "image.link_loop",
        "other/neutrophil/1.jpg": None,
        "other/back": "image.link_loop",
        "other/round": "image.link_loop",
    }


@needs_links
def test_root_may_be_a_link(tmp_path, outside):
    (tmp_path / "link").symlink_to(outside)
    assert labels(tmp_path / "link") == {"neutrophil/1.jpg": ("neutrophil", None)}


# Errors


@contextmanager
def as_nobody():
    """Drop root's right to read everything, in this thread, for the block."""
    if sys.platform == "win32":
        pytest.skip("Windows has other permissions")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root reads everything here")
    libc = ctypes.CDLL(None)
    libc.setfsuid(65534)
    if libc.setfsuid(-1) != 65534:
        pytest.skip("root cannot drop its rights here")
    try:
        yield
    finally:
        libc.setfsuid(0)


@pytest.fixture
def open_to_all(tmp_path):
    """Return a folder that every user can reach; pytest's folders are private."""
    changed = []
    for folder in [tmp_path, *tmp_path.parents]:
        mode = folder.stat().st_mode
        if not mode & 0o001 and folder.owner() == Path.home().owner():
            folder.chmod(mode | 0o755)
            changed.append((folder, mode))
    yield tmp_path
    for folder, mode in changed:
        folder.chmod(mode)


def test_denied_files_and_folders_are_reported(open_to_all):
    put(open_to_all, "1.jpg", "2.jpg", "closed/3.jpg", "open/4.jpg")
    source = FolderSource(open_to_all, BLOOD8)
    (open_to_all / "2.jpg").chmod(0)
    (open_to_all / "closed").chmod(0)
    try:
        with as_nobody():
            items = {item.path: item for item in source.scan(Job())}
            with pytest.raises(Problem) as caught:
                source.load(items["2.jpg"])
            assert source.load(items["open/4.jpg"]).pixels.shape == (48, 64, 3)
    finally:
        (open_to_all / "closed").chmod(0o755)
    assert caught.value.message.id == "image.denied"
    assert list(items) == ["1.jpg", "2.jpg", "closed", "open/4.jpg"]
    assert items["closed"].reason.id == "image.folder_denied"


def test_load_of_a_deleted_file_raises(tmp_path):
    put(tmp_path, "1.jpg", "2.jpg")
    source = FolderSource(tmp_path, BLOOD8)
    records = list(source.scan(Job()))
    (tmp_path / "1.jpg").unlink()
    with pytest.raises(Problem) as caught:
        source.load(records[0])
    assert caught.value.message.id == "image.gone"
    assert source.load(records[1]).pixels.shape == (48, 64, 3)


def test_folder_deleted_during_a_scan_is_reported(tmp_path):
    put(tmp_path, "a/1.jpg", "b/2.jpg")
    items_iter = FolderSource(tmp_path, BLOOD8).scan(Job())
    assert next(items_iter).path == "a/1.jpg"
    (tmp_path / "b" / "2.jpg").unlink()
    (tmp_path / "b").rmdir()
    assert [(item.path, item.reason.id) for item in items_iter] == [("b", "image.gone")]


def test_file_deleted_during_a_scan_is_reported(tmp_path):
    put(tmp_path, "1.jpg", "2.jpg")
    items_iter = FolderSource(tmp_path, BLOOD8).scan(Job())
    next(items_iter)
    (tmp_path / "2.jpg").unlink()
    assert [(item.path, item.reason.id) for item in items_iter] == [("2.jpg", "image.gone")]


def test_file_replaced_by_a_pipe_does_not_block(tmp_path):
    put(tmp_path, "1.jpg")
    source = FolderSource(tmp_path, BLOOD8)
    (record,) = source.scan(Job())
    (tmp_path / "1.jpg").unlink()
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo(tmp_path / "1.jpg")
    with pytest.raises(Problem) as caught:
        source.load(record)
    assert caught.value.message.id == "image.special"


def test_load_reads_the_current_content(tmp_path):
    put(tmp_path, "1.jpg")
    source = FolderSource(tmp_path, BLOOD8)
    (record,) = source.scan(Job())
    before = source.load(record)
    (tmp_path / "1.jpg").write_bytes(encode(smooth_image(1, 10, 20), "PNG"))
    after = source.load(record)
    assert after.pixels.shape == (10, 20, 3)
    assert after.content_hash != before.content_hash


@pytest.mark.skipif(sys.platform == "win32", reason="needs folders opened by descriptor")
def test_too_long_paths_are_reported(tmp_path):
    put(tmp_path, "1.jpg")
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("d" * 200, dir_fd=descriptor)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(descriptor)
    image, bad = scan(tmp_path)
    assert image.path == "1.jpg"
    assert bad.reason.id == "image.path_too_long"


# Long work


def test_scan_reports_progress_and_can_be_cancelled(tmp_path):
    put(tmp_path, *(f"{number}.jpg" for number in range(600)))
    seen = []
    job = Job(on_progress=seen.append)
    items_iter = FolderSource(tmp_path, BLOOD8).scan(job)
    assert sum(1 for _ in items_iter) == 600
    assert [progress.done for progress in seen] == [0, 256, 512, 600]
    job = Job()
    items_iter = FolderSource(tmp_path, BLOOD8).scan(job)
    next(items_iter)
    job.cancel()
    with pytest.raises(Cancelled):
        next(items_iter)


def test_scan_memory_is_limited(tmp_path):
    for folder in ("neutrophil", "lymphocyte"):
        (tmp_path / folder).mkdir()
        for number in range(3_000):
            (tmp_path / folder / f"cell_{number}.jpg").touch()
    tracemalloc.start()
    counts = Counter(type(item) for item in FolderSource(tmp_path, BLOOD8).scan(Job()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counts == {BadFile: 6_000}  # they are empty
    assert peak < 3_000_000


def test_real_images(real_images):
    source = FolderSource(real_images, BLOOD8)
    records = list(source.scan(Job()))
    assert Counter(record.label for record in records) == dict.fromkeys(BLOOD8.ids, 100)
    assert [record.path for record in records] == sorted(
        (record.path for record in records),
        key=lambda path: [natural_key(part) for part in path.split("/")],
    )
    assert source.load(records[0]).pixels.shape[2] == 3
    assert unicodedata.is_normalized("NFC", records[0].path)


# Hashes


def test_digest_equals_the_content_hash(tmp_path):
    put(tmp_path, "a.jpg", "sub/b.jpg")
    source = FolderSource(tmp_path, BLOOD8)
    for record in source.scan(Job()):
        assert source.digest(record) == source.load(record).content_hash


def test_digest_of_a_changed_file_raises(tmp_path):
    put(tmp_path, "a.jpg", "b.jpg")
    source = FolderSource(tmp_path, BLOOD8)
    changed, gone = source.scan(Job())
    (tmp_path / "a.jpg").write_bytes(JPEG + b"more")
    (tmp_path / "b.jpg").unlink()
    for record, reason in ((changed, "image.changed"), (gone, "image.gone")):
        with pytest.raises(Problem) as caught:
            source.digest(record)
        assert caught.value.message.id == reason
