"""The drawn sample: whole, the same each time, and its faults are what they are said to be."""

import hashlib
from collections import Counter

import cv2
import numpy as np
import pytest

from engine.images.class_set import load_class_set
from engine.images.record import BadFile
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.writer import PER_CLASS, write_sample
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem

# Mean colour of the darkest twentieth of real cells' pictures (nucleus or granules) lies within these.
DARK = np.array([(40, 10, 95), (190, 150, 190)])
# The background of real fields, the commonest and the bluish ones.
LIGHT = np.array([(210, 205, 180), (256, 242, 250)])


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "sample"
    return folder, {fault.kind: fault for fault in write_sample(folder)}


def content(folder, path):
    return hashlib.sha256((folder / path).read_bytes()).hexdigest()


def test_it_reads_as_a_labelled_folder_of_as_many_a_class(sample):
    folder, _ = sample
    records = list(open_source(folder).scan(Job()))
    assert not any(isinstance(record, BadFile) for record in records)
    assert Counter(record.label for record in records) == dict.fromkeys(CELLS, PER_CLASS)


def test_it_knows_every_class_of_the_set():
    assert tuple(CELLS) == load_class_set().ids


def test_the_same_seed_draws_the_same_and_another_does_not(sample, tmp_path):
    folder, _ = sample
    write_sample(tmp_path / "again")
    write_sample(tmp_path / "other", seed=8)
    path = "monocyte/MO_100.jpg"
    assert content(folder, path) == content(tmp_path / "again", path)
    assert content(folder, path) != content(tmp_path / "other", path)


def test_copies_are_copies(sample):
    folder, faults = sample
    contents = Counter(content(folder, path.relative_to(folder)) for path in folder.glob("*/*"))
    twice = {digest for digest, count in contents.items() if count == 2}
    assert twice == {content(folder, faults[kind].path) for kind in ("copy", "copy_elsewhere")}
    elsewhere = faults["copy_elsewhere"]
    assert not elsewhere.path.startswith(elsewhere.true_class)


def test_the_near_copy_looks_the_same_and_is_another_file(sample):
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


def test_the_blurred_the_blank_and_the_truncated_are_so(sample):
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


def test_the_wrong_label_and_the_off_topic_picture_are_filed_under_a_class(sample):
    _, faults = sample
    wrong = faults["wrong_label"]
    assert wrong.true_class in CELLS
    assert wrong.path.split("/")[0] != wrong.true_class
    assert faults["off_topic"].path.split("/")[0] in CELLS
    assert faults["off_topic"].true_class is None


@pytest.mark.parametrize("cell_class", CELLS)
def test_every_class_is_drawn_at_any_seed_in_the_colours_of_the_stain(cell_class):
    looks = [render_cell(cell_class, np.random.default_rng(seed)) for seed in range(4)]
    for look in looks:
        assert look.shape == (360, 360, 3)
        assert look.dtype == np.uint8
        centre = look[100:260, 100:260].reshape(-1, 3)
        dark = centre[np.argsort(centre.sum(1))[: len(centre) // 20]].mean(0)
        assert ((DARK[0] < dark) & (dark < DARK[1])).all(), dark
        light = np.percentile(look.reshape(-1, 3), 92, axis=0)
        assert ((LIGHT[0] < light) & (light < LIGHT[1])).all(), light
    assert len({look.tobytes() for look in looks}) == 4


def test_cancel_leaves_nothing_behind(tmp_path):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        write_sample(tmp_path / "sample", job)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Problem, match="already"):
        write_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_shipped_model_reads_most_of_it_as_drawn(sample):
    """Likeness, as the model trained on real cells sees it."""
    from engine.classify.devices import choose
    from engine.classify.models import find
    from engine.classify.pipeline import read
    from engine.classify.reading import Reading
    from engine.classify.runtime import open_runtime

    folder, faults = sample
    source = open_source(folder)
    spoilt = {fault.path for fault in faults.values()}
    records = [record for record in source.scan(Job()) if record.path not in spoilt]
    model = find("fast")
    got = []
    runtime = open_runtime(model, choose("cpu"), Job())
    read(Job(on_partial=got.extend), source, records, runtime, model.card)
    runtime.close()
    right = [
        isinstance(reading, Reading)
        and model.card.classes[int(reading.logits.argmax())] == record.label
        for record, reading in got
    ]
    assert len(right) == len(records)
    assert np.mean(right) > 0.75
