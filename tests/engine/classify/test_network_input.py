"""Network input: deposits are filled in before the network, by the version of the preprocessing."""

from contextlib import ExitStack

import cv2
import numpy as np
import pytest
from PIL import Image
from tiny_model import class_image, make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.card import PREPROCESSING, Preprocessing
from engine.classify.devices import choose_device
from engine.classify.network_input import prepare_batches
from engine.classify.pipeline import read_images
from engine.classify.reading import Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.images.source import open_source
from engine.images.stain_deposits import DEPOSITS_FILLED
from engine.jobs import Job

SIZE = 96
BLOT_CLASS = 1


def blotted(number):
    """Return an image of a class with a black blot."""
    return cv2.circle(class_image(number, SIZE), (40, 50), 20, (0, 0, 0), -1)


def test_only_images_with_deposits_change():
    batch = np.stack([class_image(0, SIZE), blotted(BLOT_CLASS)])
    ((key, prepared),) = prepare_batches([("key", batch)], Preprocessing(SIZE, 2))
    assert key == "key"
    assert np.array_equal(prepared[0], batch[0])
    assert np.abs(prepared[1].astype(int) - class_image(BLOT_CLASS, SIZE)).max() <= 1


def test_without_deposits_the_batch_is_the_same_array():
    batch = np.stack([class_image(0, SIZE)])
    ((_, prepared),) = prepare_batches([("key", batch)], Preprocessing(SIZE, 2))
    assert prepared is batch


def test_earlier_models_read_the_image_as_it_is():
    batch = np.stack([blotted(BLOT_CLASS)])
    ((_, prepared),) = prepare_batches([("key", batch)], Preprocessing(SIZE, 1))
    assert prepared is batch


@pytest.fixture
def read(tmp_path):
    """Return a function that reads one image with a model of a version of the preprocessing."""

    def read_image(version, pixels, cached=False):
        folder = tmp_path / f"version-{version}"
        if not folder.exists():
            make_tiny_bundle(folder, size=SIZE, preprocessing=version)
        model = Bundle.open(folder)
        images = tmp_path / "images"
        images.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(images / "cell.png")
        source = open_source(images)
        results = []
        job = Job(on_partial=results.extend)
        runtime = open_runtime(model, choose_device("cpu"), job)
        with ExitStack() as stack:
            stack.callback(runtime.close)
            cache = None
            if cached:
                cache = stack.enter_context(ReadingCache(model.card, tmp_path / "readings.sqlite"))
            read_images(job, source, source.scan(job), runtime, model.card, cache)
        ((_, reading),) = results
        assert isinstance(reading, Reading)
        return reading

    return read_image


def test_a_blot_does_not_change_the_logits_and_is_noted(read):
    clean = read(PREPROCESSING, class_image(BLOT_CLASS, SIZE))
    spoiled = read(PREPROCESSING, blotted(BLOT_CLASS))
    assert np.allclose(clean.logits, spoiled.logits, atol=0.1)
    assert clean.notes == ()
    assert spoiled.notes == (DEPOSITS_FILLED,)


def test_earlier_models_are_not_noted(read):
    reading = read(1, blotted(BLOT_CLASS))
    assert reading.notes == ()
    assert not np.allclose(reading.logits, read(2, blotted(BLOT_CLASS)).logits, atol=0.1)


def test_the_note_is_cached_with_the_reading(read):
    for _ in range(2):
        assert read(2, blotted(BLOT_CLASS), cached=True).notes == (DEPOSITS_FILLED,)
