"""Networks converted from weights: once, checked, cached completely, with every failure reported."""

import os
import shutil
import tempfile
import threading
from pathlib import Path

import msgspec
import numpy as np
import pytest
from child_helpers import write_small_model

from engine.classify import bundle, openvino_network
from engine.classify.bundle import (
    CHECK_FILE,
    NETWORK_FILE,
    NETWORK_WEIGHTS_FILE,
    WEIGHTS_FILE,
    Bundle,
)
from engine.classify.card import FORMAT, Calibration, Card, Preprocessing, TrainingData
from engine.classify.devices import choose_device
from engine.classify.runtime import open_runtime
from engine.jobs import Cancelled, Job
from engine.messages import Problem, render
from engine.paths import cache_dir

pytestmark = pytest.mark.keras

SIZE, CLASSES = 32, ("a", "b", "c")


@pytest.fixture(scope="module")
def parts(tmp_path_factory) -> Path:
    """Create the weights of a small real network, and its outputs."""
    folder = tmp_path_factory.mktemp("parts")
    write_small_model(folder, SIZE, len(CLASSES))
    return folder


@pytest.fixture
def compact(parts, tmp_path) -> Bundle:
    return make(parts, tmp_path / "compact")


def make(parts: Path, folder: Path, **changes: object) -> Bundle:
    card = Card(
        format=FORMAT,
        name="compact",
        architecture="mobilenet_v3_small",
        classes=CLASSES,
        class_set="blood8",
        preprocessing=Preprocessing(SIZE),
        calibration=Calibration(),
        bias=tuple(np.load(parts / "bias.npy").tolist()),
        embedding_size=576,
        map_size=(1, 1),
        training_data=TrainingData("none", 0, {}),
        recipe={},
        metrics={},
        software={},
        files={},
    )
    card = msgspec.structs.replace(card, **changes)
    return bundle.write_bundle(folder, card, [parts / WEIGHTS_FILE, parts / CHECK_FILE])


def images(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, SIZE, SIZE, 3), np.uint8)


def read(model: Bundle, pixels):
    runtime = open_runtime(model, choose_device("cpu"), Job())
    try:
        ((_, outputs),) = runtime.stream([(None, pixels)])
        return outputs
    finally:
        runtime.close()


def entries() -> list[str]:
    home = cache_dir() / "networks"
    return sorted(path.name for path in home.iterdir()) if home.exists() else []


def test_network_is_converted_once_and_checked(compact):
    opened = Bundle.open(compact.folder)
    assert not openvino_network.has_network(opened)
    wanted, logits = openvino_network.load_check_data(opened)
    progress = []
    folder = openvino_network.prepare_network(opened, Job(progress.append))
    assert progress[0].message.id == "convert.network"
    assert progress[-1].done == progress[-1].total
    assert folder.is_relative_to(cache_dir())
    assert openvino_network.has_network(opened)
    modified_at = (folder / NETWORK_FILE).stat().st_mtime_ns
    outputs = read(opened, wanted)
    assert (outputs.logits.argmax(1) == logits.argmax(1)).all()
    assert np.abs(outputs.logits - logits).max() < 0.1 * np.abs(logits).max()  # bfloat16
    assert (folder / NETWORK_FILE).stat().st_mtime_ns == modified_at
    assert len(entries()) == 1
    # The bundle is unchanged: its folder may be read-only.
    assert {path.name for path in opened.folder.iterdir()} == {
        "card.json",
        WEIGHTS_FILE,
        CHECK_FILE,
    }

    # Damage is detected and repaired.
    intact = (folder / NETWORK_WEIGHTS_FILE).read_bytes()
    (folder / NETWORK_WEIGHTS_FILE).write_bytes(intact[:-1])
    assert openvino_network.prepare_network(opened, Job()) == folder
    assert (folder / NETWORK_WEIGHTS_FILE).read_bytes() == intact
    assert len(entries()) == 1


def test_differing_outputs_are_a_remembered_failure(parts, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(parts, other)
    with np.load(parts / CHECK_FILE) as arrays:
        np.savez(other / CHECK_FILE, images=arrays["images"], logits=arrays["logits"] + 1)
    model = make(other, tmp_path / "wrong")
    with pytest.raises(Problem) as caught:
        openvino_network.prepare_network(model, Job())
    assert caught.value.message.id == "convert.differs"
    assert not openvino_network.has_network(model)
    assert openvino_network.last_failure(model) == caught.value.message
    assert [name for name in entries() if not name.endswith(".failed")] == []


def test_cancelled_conversion_leaves_nothing(compact):
    job = Job()
    begun = threading.Event()

    def note(_):
        begun.set()
        job.cancel()

    job = Job(note)
    with pytest.raises(Cancelled):
        openvino_network.prepare_network(compact, job)
    assert begun.is_set()
    assert entries() == []
    assert openvino_network.last_failure(compact) is None
    openvino_network.prepare_network(compact, Job())
    assert openvino_network.has_network(compact)


def test_network_that_cannot_be_stored_is_made_for_this_process(compact):
    home = cache_dir() / "networks"
    home.write_text("no folder")
    assert openvino_network.storage_problem(compact) is None
    folder = openvino_network.prepare_network(compact, Job())
    assert not folder.is_relative_to(cache_dir())
    assert openvino_network.has_network(compact)
    problem = openvino_network.storage_problem(compact)
    assert problem.id == "network.not_stored"
    assert problem.params["folder"] == str(home)
    assert "\n" not in render(problem)
    modified_at = (folder / NETWORK_FILE).stat().st_mtime_ns
    wanted, logits = openvino_network.load_check_data(compact)
    assert (read(compact, wanted).logits.argmax(1) == logits.argmax(1)).all()
    assert (folder / NETWORK_FILE).stat().st_mtime_ns == modified_at
    assert home.read_text() == "no folder"


def test_network_that_cannot_be_stored_anywhere_is_a_problem(compact, monkeypatch, tmp_path):
    (cache_dir() / "networks").write_text("no folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(Problem) as caught:
        openvino_network.prepare_network(compact, Job())
    assert caught.value.message.id == "network.unwritable"
    assert "\n" not in render(caught.value.message)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write anywhere")
def test_network_of_a_cache_that_may_only_be_read_is_used(compact):
    folder = openvino_network.prepare_network(compact, Job())
    places = (folder, folder.parent, folder.parent.parent)
    for place in places:
        place.chmod(0o500)
    try:
        assert openvino_network.prepare_network(compact, Job()) == folder
    finally:
        for place in reversed(places):
            place.chmod(0o700)


@pytest.mark.parametrize("what", ["missing", "other size", "no npz", "empty"])
def test_invalid_check_data_is_damage(parts, tmp_path, what):
    other = tmp_path / "other"
    shutil.copytree(parts, other)
    match what:
        case "missing":
            np.savez(other / CHECK_FILE, images=images(2))
        case "other size":
            np.savez(other / CHECK_FILE, images=images(2)[:, :16], logits=np.zeros((2, 3)))
        case "no npz":
            (other / CHECK_FILE).write_bytes(b"hello")
        case "empty":
            np.savez(other / CHECK_FILE, images=images(2)[:0], logits=np.zeros((0, 3)))
    model = make(other, tmp_path / "wrong")
    with pytest.raises(Problem) as caught:
        openvino_network.load_check_data(model)
    assert caught.value.message.id == "bundle.damaged"


def test_bundle_needs_a_network_or_check_data(parts, tmp_path):
    model = make(parts, tmp_path / "compact")
    with pytest.raises(Problem, match="card"):
        bundle.write_bundle(tmp_path / "bare", model.card, [parts / WEIGHTS_FILE])


def test_other_weights_give_another_network(compact, parts, tmp_path):
    folders = {openvino_network._cache_folder(compact)}
    folders.add(openvino_network._cache_folder(make(parts, tmp_path / "again")))
    assert len(folders) == 1
    folders.add(
        openvino_network._cache_folder(
            make(parts, tmp_path / "larger", preprocessing=Preprocessing(64))
        )
    )
    assert len(folders) == 2
