"""A bundle without its network: made once from its weights, checked, kept whole; every failure told."""

import os
import shutil
import threading
from pathlib import Path

import msgspec
import numpy as np
import pytest
from child_help import make_small

from engine.classify import bundle, openvino_network
from engine.classify.bundle import CHECK, NETWORK, NETWORK_WEIGHTS, WEIGHTS, Bundle
from engine.classify.card import FORMAT, Calibration, Card, Preprocessing, TrainingData
from engine.classify.devices import choose
from engine.classify.runtime import open_runtime
from engine.jobs import Cancelled, Job
from engine.messages import Problem, render
from engine.paths import cache_dir

pytestmark = pytest.mark.keras

SIZE, CLASSES = 32, ("a", "b", "c")


@pytest.fixture(scope="module")
def parts(tmp_path_factory) -> Path:
    """Make the weights of a small real network, and what they give."""
    folder = tmp_path_factory.mktemp("parts")
    make_small(folder, SIZE, len(CLASSES))
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
    return bundle.write(folder, card, [parts / WEIGHTS, parts / CHECK])


def images(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, SIZE, SIZE, 3), np.uint8)


def read(model: Bundle, pixels):
    runtime = open_runtime(model, choose("cpu"), Job())
    try:
        ((_, outputs),) = runtime.stream([(None, pixels)])
        return outputs
    finally:
        runtime.close()


def entries() -> list[str]:
    home = cache_dir() / "networks"
    return sorted(path.name for path in home.iterdir()) if home.exists() else []


def test_it_is_made_once_checked_and_read_with(compact):
    opened = Bundle.open(compact.folder)
    assert not openvino_network.has_network(opened)
    wanted, logits = openvino_network.read_check(opened)
    progress = []
    folder = openvino_network.network_of(opened, Job(progress.append))
    assert progress[0].message.id == "convert.network"
    assert progress[-1].done == progress[-1].total
    assert folder.is_relative_to(cache_dir())
    assert openvino_network.has_network(opened)
    made = (folder / NETWORK).stat().st_mtime_ns
    outputs = read(opened, wanted)
    assert (outputs.logits.argmax(1) == logits.argmax(1)).all()
    assert np.abs(outputs.logits - logits).max() < 0.1 * np.abs(logits).max()  # bfloat16
    assert (folder / NETWORK).stat().st_mtime_ns == made
    assert len(entries()) == 1
    # What the bundle holds is as it was: it may lie where nobody may write.
    assert {path.name for path in opened.folder.iterdir()} == {"card.json", WEIGHTS, CHECK}

    # Damage is seen and mended.
    whole = (folder / NETWORK_WEIGHTS).read_bytes()
    (folder / NETWORK_WEIGHTS).write_bytes(whole[:-1])
    assert openvino_network.network_of(opened, Job()) == folder
    assert (folder / NETWORK_WEIGHTS).read_bytes() == whole
    assert len(entries()) == 1


def test_outputs_that_differ_make_no_network_and_are_remembered(parts, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(parts, other)
    with np.load(parts / CHECK) as arrays:
        np.savez(other / CHECK, images=arrays["images"], logits=arrays["logits"] + 1)
    model = make(other, tmp_path / "wrong")
    with pytest.raises(Problem) as caught:
        openvino_network.network_of(model, Job())
    assert caught.value.message.id == "convert.differs"
    assert not openvino_network.has_network(model)
    assert openvino_network.why_not(model) == caught.value.message
    assert [name for name in entries() if not name.endswith(".failed")] == []


def test_a_cancel_leaves_nothing_and_the_next_try_makes_it(compact):
    job = Job()
    begun = threading.Event()

    def note(_):
        begun.set()
        job.cancel()

    job = Job(note)
    with pytest.raises(Cancelled):
        openvino_network.network_of(compact, job)
    assert begun.is_set()
    assert entries() == []
    assert openvino_network.why_not(compact) is None
    openvino_network.network_of(compact, Job())
    assert openvino_network.has_network(compact)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write anywhere")
def test_a_cache_that_cannot_be_written_is_told(compact, home):
    (home / "cache").mkdir(exist_ok=True)
    (home / "cache").chmod(0o500)
    try:
        with pytest.raises(Problem, match="stored"):
            openvino_network.network_of(compact, Job())
    finally:
        (home / "cache").chmod(0o700)


def test_a_file_where_the_folder_should_be_is_told(compact):
    (cache_dir() / "networks").write_text("no folder")
    with pytest.raises(Problem) as caught:
        openvino_network.network_of(compact, Job())
    assert caught.value.message.id == "network.unwritable"
    assert "\n" not in render(caught.value.message)


@pytest.mark.parametrize("what", ["missing", "other size", "no npz", "empty"])
def test_a_check_that_is_no_check_is_damage(parts, tmp_path, what):
    other = tmp_path / "other"
    shutil.copytree(parts, other)
    match what:
        case "missing":
            np.savez(other / CHECK, images=images(2))
        case "other size":
            np.savez(other / CHECK, images=images(2)[:, :16], logits=np.zeros((2, 3)))
        case "no npz":
            (other / CHECK).write_bytes(b"hello")
        case "empty":
            np.savez(other / CHECK, images=images(2)[:0], logits=np.zeros((0, 3)))
    model = make(other, tmp_path / "wrong")
    with pytest.raises(Problem) as caught:
        openvino_network.read_check(model)
    assert caught.value.message.id == "bundle.damaged"


def test_a_bundle_needs_a_network_or_a_check(parts, tmp_path):
    model = make(parts, tmp_path / "compact")
    with pytest.raises(Problem, match="card"):
        bundle.write(tmp_path / "bare", model.card, [parts / WEIGHTS])


def test_other_weights_are_another_network(compact, parts, tmp_path):
    homes = {openvino_network._home(compact)}
    homes.add(openvino_network._home(make(parts, tmp_path / "again")))
    assert len(homes) == 1
    homes.add(openvino_network._home(make(parts, tmp_path / "larger", preprocessing=Preprocessing(64))))
    assert len(homes) == 2
