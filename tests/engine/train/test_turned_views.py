"""Turned views of labelled images, read with a tiny real model."""

import cv2
import numpy as np
import pytest
from tiny_model import make_tiny_bundle, save_class_image

from engine.classify.bundle import Bundle
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.train import turned_views
from engine.train.labelled_set import read_labelled
from engine.train.turned_views import TurnedSource, choose_views, read_turned_views


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "images"
    root.mkdir()
    for number in range(3):
        save_class_image(root / f"{number}.png", number, seed=number)
    return root


@pytest.fixture
def model(tmp_path):
    return Bundle.open(make_tiny_bundle(tmp_path / "model", name="model"))


def records_of(source):
    return [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]


def test_a_view_is_read_as_the_turned_file(folder, model, tmp_path):
    source = open_source(folder)
    views = read_turned_views(Job(), source, records_of(source), model)
    assert [view.shape for view in views] == [(3, model.card.embedding_size)] * 7
    turned = tmp_path / "turned"
    turned.mkdir()
    for number in range(3):
        mirrored = cv2.flip(cv2.imread(str(folder / f"{number}.png")), 1)
        cv2.imwrite(str(turned / f"{number}.png"), mirrored)
    source = open_source(turned)
    images = [(record, "basophil") for record in records_of(source)]
    expected = read_labelled(Job(), source, images, model).embeddings
    assert np.allclose(views[0], expected, atol=1e-2, rtol=1e-2)


def test_each_view_is_another_one(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (24, 24, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "cell.png"), pixels[..., ::-1])
    source = open_source(tmp_path)
    (record,) = records_of(source)
    views = [TurnedSource(source, view).load(record).pixels for view in range(8)]
    assert np.array_equal(views[0], pixels)
    assert len({view.tobytes() for view in views}) == 8
    assert all(
        np.array_equal(np.sort(view, axis=None), np.sort(pixels, axis=None)) for view in views
    )


def test_views_of_many_images_are_not_read(folder, model, monkeypatch):
    monkeypatch.setattr(turned_views, "MAX_IMAGES", 2)
    source = open_source(folder)
    assert read_turned_views(Job(), source, records_of(source), model) == []


def test_an_image_that_is_gone_is_a_problem(folder, model):
    source = open_source(folder)
    records = records_of(source)
    (folder / "1.png").unlink()
    with pytest.raises(Problem):
        read_turned_views(Job(), source, records, model)


def test_single_views_are_read_of_a_model_that_reads_several(folder, model):
    source = open_source(folder)
    plain = read_turned_views(Job(), source, records_of(source), model)
    several = read_turned_views(Job(), source, records_of(source), model.with_views(8))
    assert all(np.array_equal(a, b) for a, b in zip(plain, several, strict=True))


@pytest.mark.parametrize(
    ("images", "views"), [(0, 8), (1000, 8), (1001, 4), (2000, 4), (4000, 2), (4001, 1), (10**6, 1)]
)
def test_a_larger_folder_is_read_in_fewer_views(images, views):
    assert choose_views(images) == views
