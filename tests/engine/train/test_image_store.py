"""Image store: the same pixels from the array on disk and from files."""

import shutil

import numpy as np
import pytest
from tiny_model import save_class_image

from engine.images.class_set import load_class_set
from engine.images.combined_source import CombinedSource
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.processes import run_child
from engine.train import dataset
from engine.train.image_store import (
    CHECKPOINT_FILE,
    ImageFiles,
    disk_full_problem,
    open_images,
)
from tests.engine.train.test_training_failures import request_of


@pytest.fixture
def folder(tmp_path):
    for number, name in enumerate(("basophil", "monocyte")):
        (tmp_path / "images" / name).mkdir(parents=True)
        for index in range(12):
            save_class_image(tmp_path / "images" / name / f"{index}ä.png", number, seed=index)
    (tmp_path / "images" / "basophil" / "2-bad.png").write_bytes(b"no image")
    return tmp_path / "images"


def built(tmp_path, source, name, **options):
    (tmp_path / name).mkdir()
    return dataset.build_dataset(Job(), source, load_class_set(), 32, tmp_path / name, **options)


def archive(folder, path):
    source = open_source(folder)
    records = [record for record in source.scan(Job()) if "bad" not in record.path]
    np.savez(
        path,
        images=np.stack([source.load(record).pixels for record in records]),
        labels=np.array([str(record.label) for record in records]),
    )
    return path


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_files_and_array_give_the_same_pixels(tmp_path, folder, kind):
    source = open_source(folder if kind == "folder" else archive(folder, tmp_path / "cells.npz"))
    near = built(tmp_path, source, "near")
    far = built(tmp_path, source, "far", max_array_bytes=1000)
    assert near.fingerprint == far.fingerprint
    assert (near.images.suffix, far.images.suffix) == (".npy", ".json")
    on_disk, in_files = open_images(near.images), open_images(far.images)
    assert isinstance(in_files, ImageFiles)
    assert len(in_files) == 24
    assert len(near.left_out) == (1 if kind == "folder" else 0)
    rows = np.array([3, 20, 3])
    assert np.array_equal(on_disk[rows], in_files[rows])
    assert np.array_equal(on_disk[:24:5], in_files[::5])


def test_several_folders_work_without_an_array(tmp_path, folder):
    other = tmp_path / "elsewhere" / "images"
    shutil.copytree(folder / "monocyte", other / "monocyte")
    several = CombinedSource([open_source(folder), open_source(other)])
    near = built(tmp_path, several, "near")
    far = built(tmp_path, several, "far", max_array_bytes=1000)
    assert len(near.labels) == 24 + 12
    assert {path.split("/")[0] for path in near.paths} == {"images", "images-2"}
    rows = np.array([0, 30, 35])
    assert np.array_equal(open_images(near.images)[rows], open_images(far.images)[rows])


@pytest.mark.keras
def test_child_trains_from_files_and_reports_a_missing_one(tmp_path, folder):
    data = built(tmp_path, open_source(folder), "far", max_array_bytes=1000)
    request = request_of(tmp_path, images=str(data.images), labels=data.labels)
    assert len(run_child(Job(), "fit", request)["history"]) == 3
    shutil.rmtree(folder / "monocyte")
    with pytest.raises(Problem) as caught:
        run_child(Job(), "fit", {**request, "resume": False})
    assert caught.value.message.id.startswith(("image.", "source."))


def test_full_disk_is_reported(tmp_path, folder, monkeypatch):
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    source = open_source(folder)
    # A limit on the file size simulates a full disk.
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, old[1]))
    try:
        with pytest.raises(Problem) as caught:
            built(tmp_path, source, "near")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.message.id == "train.disk_full_early"
    assert "checkpoint" not in str(caught.value)


def test_full_disk_mentions_the_checkpoint_only_if_there_is_one(tmp_path):
    assert disk_full_problem(tmp_path, tmp_path).message.id == "train.disk_full_early"
    (tmp_path / CHECKPOINT_FILE).touch()
    assert "checkpoint" in str(disk_full_problem(tmp_path, tmp_path))
