"""Model export: every kind is opened by its own runtime and compared with the bundle."""

import ast
import json
import runpy
import sys
import zipfile

import cv2
import numpy as np
import pytest
from PIL import Image
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.models import FAST_MODEL, open_model
from engine.evaluate.corruptions import corrupt
from engine.exchange.models import submission
from engine.exchange.models.comparison_images import load_spread_images, render_sample_images
from engine.exchange.models.export import export_model
from engine.exchange.models.output_comparison import bundle_probabilities, check_difference
from engine.images.resize import resize_to_square
from engine.images.source import open_source
from engine.images.stain_deposits import fill_deposits, find_deposits
from engine.jobs import Job
from engine.messages import Problem
from engine.paths import resources_dir

SCRIPT = resources_dir() / "codabench/model.py"


@pytest.fixture(
    scope="module",
    params=[FAST_MODEL, pytest.param("efficientnet_b4", marks=pytest.mark.every_network)],
)
def shipped(request):
    return open_model(request.param)


@pytest.fixture(scope="module")
def images(shipped):
    return render_sample_images(shipped.card.preprocessing.size)


@pytest.mark.parametrize(
    ("old", "new"), [(96, 128), (96, 224), (96, 96), (360, 128), (97, 64), (30, 31)]
)
def test_submission_resizes_like_this_program(old, new):
    resize = runpy.run_path(str(SCRIPT))["resize"]
    rng = np.random.default_rng(old)
    images = rng.integers(0, 256, (3, old, old, 3), dtype=np.uint8)
    images[1] = cv2.GaussianBlur(images[1], (0, 0), 3)
    ours = np.stack([resize_to_square(image, new) for image in images]).astype(np.float32)
    theirs = resize(images, new)
    assert theirs.dtype == np.float32
    assert theirs.shape == ours.shape
    assert np.abs(theirs - ours).max() <= 1


def test_submission_fills_deposits_like_this_program():
    fill = runpy.run_path(str(SCRIPT))["fill_deposits"]
    for number, cell in enumerate(render_sample_images(96, each=1)):
        assert np.array_equal(fill(cell.astype(np.float32)), fill_deposits(cell))
        spoiled = corrupt(cell, "stain_deposit", 3, number)
        mask = find_deposits(spoiled)
        theirs = fill(spoiled.astype(np.float32))
        near = cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0
        assert np.array_equal(theirs[~near], spoiled[~near])
        assert np.abs(theirs[near] - fill_deposits(spoiled)[near]).mean() < 25
        assert find_deposits(theirs.astype(np.uint8)) is None
    framed = np.zeros((96, 96, 3), np.float32)
    framed[20:70, 20:70] = 200
    assert np.array_equal(fill(framed), framed)
    # Grey, and without a pixel to fill in from.
    grey = np.repeat(spoiled[..., 1:2], 3, axis=2).astype(np.float32)
    assert np.array_equal(fill(grey), grey)
    striped = cell.astype(np.float32)
    striped[::3] = striped[40:50, 40:50] = 0
    assert np.array_equal(fill(striped), striped)


def test_images_to_compare_have_no_deposits(tmp_path):
    cell = render_sample_images(96, each=1)[0]
    Image.fromarray(corrupt(cell, "stain_deposit", 3, 0)).save(tmp_path / "cell.png")
    source = open_source(tmp_path)
    loaded = load_spread_images(Job(), source, list(source.scan(Job())), 96)
    assert find_deposits(loaded[0]) is None


def test_submission_is_self_contained():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {
        name.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert names == {"json", "os", "numpy", "keras"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def test_bundle_and_openvino_export(tmp_path, images):
    tiny = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    small = np.stack([resize_to_square(image, 32) for image in images])
    done = export_model(Job(), tiny, "bundle", tmp_path / "out/tiny.zip", small)
    assert done.difference == 0
    assert Bundle.open(done.path).card == tiny.card
    done = export_model(Job(), tiny, "openvino", tmp_path / "ov", small)
    assert done.difference < 0.02
    about = json.loads((tmp_path / "ov/about.json").read_bytes())
    assert about["classes"] == list(tiny.card.classes)
    assert about["licence"] == "CC0-1.0"
    with pytest.raises(Problem, match="already"):
        export_model(Job(), tiny, "openvino", tmp_path / "ov", small)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "ov", "tiny"]


def test_differing_export_is_discarded(tmp_path):
    some = np.full((2, 2), 0.5, np.float32)
    assert check_difference(some, some + 0.01) == pytest.approx(0.01)
    for other in (some + 0.1, some[:1], some * np.nan):
        with pytest.raises(Problem, match="probabilities of the exported model differ"):
            check_difference(some, other)
    broken = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    (broken.folder / "weights.npz").write_bytes(b"other")
    with pytest.raises(Problem, match="tiny"):
        export_model(
            Job(), broken, "bundle", tmp_path / "a.zip", np.zeros((1, 32, 32, 3), np.uint8)
        )
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.keras
@pytest.mark.parametrize("kind", ["keras", "onnx"])
def test_keras_and_onnx_export(shipped, images, tmp_path, kind):
    out = tmp_path / f"model.{kind}"
    done = export_model(Job(), shipped, kind, out, images)
    assert done.compared == len(images)
    assert done.difference < 0.02
    about = json.loads(out.with_name(f"{out.name}.json").read_bytes())
    assert about["classes"] == list(shipped.card.classes)
    assert about["attribution"]
    if kind == "onnx":
        network = cv2.dnn.readNetFromONNX(str(out))
        network.setInput(images[:1].astype(np.float32))
        expected = bundle_probabilities(Job(), shipped, images[:1])
        assert np.abs(network.forward() - expected).max() < 0.02


@pytest.mark.keras
def test_submission_runs_in_an_isolated_python(shipped, images, tmp_path):
    done = export_model(Job(), shipped, "codabench", tmp_path / "submission.zip", images)
    with zipfile.ZipFile(done.path) as archive:
        assert archive.namelist() == ["about.json", "model.py", "weights.keras"]
    batch = np.stack([resize_to_square(image, 96) for image in images])[:3]
    (tmp_path / "work").mkdir()
    labels = submission.run_alone(Job(), done.path, batch, tmp_path / "work")
    assert labels.shape == (3, 8)
    assert set(np.unique(labels)) == {0, 1}
    assert (labels.sum(axis=1) == 1).all()


def test_failing_submission_is_reported(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("model.py", "import engine")
    with pytest.raises(Problem) as caught:
        submission.run_alone(
            Job(), tmp_path / "a.zip", np.zeros((1, 96, 96, 3), np.uint8), tmp_path
        )
    assert "engine" in str(caught.value.message.params["details"])
    assert "engine" in sys.modules
