"""The drawn sample is complete and reproducible, and its planted faults are real."""

import hashlib
from collections import Counter

import cv2
import numpy as np
import pytest

from engine.images.class_set import load_class_set
from engine.images.record import BadFile
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.writer import IMAGES_PER_CLASS, write_sample
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem

# Range of the mean colour of the darkest 5% of real cell images (nucleus or granules).
DARK = np.array([(40, 10, 95), (190, 150, 190)])
# Range of the background of real fields, including bluish ones.
LIGHT = np.array([(210, 205, 180), (256, 242, 250)])


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "sample"
    return folder, {fault.kind: fault for fault in write_sample(folder)}


def content(folder, path):
    return hashlib.sha256((folder / path).read_bytes()).hexdigest()


def test_sample_is_a_balanced_labelled_folder(sample):
    folder, _ = sample
    records = list(open_source(folder).scan(Job()))
    assert not any(isinstance(record, BadFile) for record in records)
    assert Counter(record.label for record in records) == dict.fromkeys(CELLS, IMAGES_PER_CLASS)


def test_sample_has_every_class():
    assert tuple(CELLS) == load_class_set().ids


def test_sample_is_reproducible_by_seed(sample, tmp_path):
    folder, _ = sample
    write_sample(tmp_path / "again")
    write_sample(tmp_path / "other", seed=8)
    path = "monocyte/MO_100.jpg"
    assert content(folder, path) == content(tmp_path / "again", path)
    assert content(folder, path) != content(tmp_path / "other", path)


def test_planted_copies_are_identical(sample):
    folder, faults = sample
    contents = Counter(content(folder, path.relative_to(folder)) for path in folder.glob("*/*"))
    twice = {digest for digest, count in contents.items() if count == 2}
    assert twice == {content(folder, faults[kind].path) for kind in ("copy", "copy_elsewhere")}
    elsewhere = faults["copy_elsewhere"]
    assert not elsewhere.path.startswith(elsewhere.true_class)


def test_near_copy_is_similar_but_different(sample):
    folder, faults = sample
    source = open_source(folder)
    pixels = {record.path: record for record in source.scan(Job())}
    near = source.load(pixels[faults["near_copy"].path]).pixels.astype(int)
    others = [
        path
        for path in pixels
        if path.startswith("eosinophil/") and path != faults["near_copy"].path
    ]
    gaps = sorted(np.abs(source.load(pixels[path]).pixels - near).mean() for path in others)
    assert 0 < gaps[0] < 0.7 * gaps[1]


def test_blurred_blank_and_truncated_images(sample):
    folder, faults = sample
    source = open_source(folder)
    records = {record.path: record for record in source.scan(Job())}

    def sharpness(path):
        grey = source.load(records[path]).pixels.mean(2)
        smooth = cv2.GaussianBlur(grey, (0, 0), 1.5)
        return np.percentile(np.hypot(*np.gradient(smooth)), 99)

    assert sharpness(faults["blur"].path) < 0.4 * sharpness("monocyte/MO_100.jpg")
    assert source.load(records[faults["blank"].path]).pixels.std((0, 1)).max() < 6
    with pytest.raises(Problem) as caught:
        source.load(records[faults["truncated"].path])
    assert caught.value.message.id.startswith("image.")


def test_wrong_label_and_off_topic_images_have_a_class_folder(sample):
    _, faults = sample
    wrong = faults["wrong_label"]
    assert wrong.true_class in CELLS
    assert wrong.path.split("/")[0] != wrong.true_class
    assert faults["off_topic"].path.split("/")[0] in CELLS
    assert faults["off_topic"].true_class is None


@pytest.mark.parametrize("cell_class", CELLS)
def test_every_class_is_drawn_in_stain_colours(cell_class):
    images = [render_cell(cell_class, np.random.default_rng(seed)) for seed in range(4)]
    for image in images:
        assert image.shape == (360, 360, 3)
        assert image.dtype == np.uint8
        centre = image[100:260, 100:260].reshape(-1, 3)
        dark = centre[np.argsort(centre.sum(1))[: len(centre) // 20]].mean(0)
        assert ((DARK[0] < dark) & (dark < DARK[1])).all(), dark
        light = np.percentile(image.reshape(-1, 3), 92, axis=0)
        assert ((LIGHT[0] < light) & (light < LIGHT[1])).all(), light
    assert len({image.tobytes() for image in images}) == 4


def test_cancel_leaves_nothing_behind(tmp_path):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        write_sample(tmp_path / "sample", job)
    assert list(tmp_path.iterdir()) == []


def test_write_sample_refuses_a_non_empty_folder(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Problem, match="already"):
        write_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_shipped_model_classifies_most_drawn_cells(sample):
    """A model trained on real cells classifies most drawn cells correctly."""
    from engine.classify.devices import choose_device
    from engine.classify.models import open_model
    from engine.classify.pipeline import read_images
    from engine.classify.reading import Reading
    from engine.classify.runtime import open_runtime

    folder, faults = sample
    source = open_source(folder)
    planted = {fault.path for fault in faults.values()}
    records = [record for record in source.scan(Job()) if record.path not in planted]
    model = open_model("fast")
    results = []
    runtime = open_runtime(model, choose_device("cpu"), Job())
    read_images(Job(on_partial=results.extend), source, records, runtime, model.card)
    runtime.close()
    correct = [
        isinstance(reading, Reading)
        and model.card.classes[int(reading.logits.argmax())] == record.label
        for record, reading in results
    ]
    assert len(correct) == len(records)
    assert np.mean(correct) > 0.75
