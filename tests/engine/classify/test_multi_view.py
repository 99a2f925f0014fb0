"""Inference in several views with a real network."""

import numpy as np
import pytest
from tiny_model import CLASSES, class_image

from engine.classify.activation_maps import maps_match_logits
from engine.classify.devices import choose_device
from engine.classify.multi_view import MultiViewRuntime, transform_view
from engine.classify.reading import Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.jobs import Cancelled, Job


def read(runtime, pixels):
    ((_, outputs),) = runtime.stream([(None, pixels)])
    return outputs


@pytest.fixture
def pixels():
    """Return images whose corners show different classes."""
    images = np.stack([class_image(number, 32, seed=number) for number in range(5)])
    for number, image in enumerate(images):
        image[:16, :16] = class_image(number + 1, 16)
        image[16:, 16:] = class_image(number + 2, 16)
    return images


def test_eight_views_are_different_with_the_same_pixels(pixels):
    views = [transform_view(pixels, view) for view in range(8)]
    assert np.array_equal(views[0], pixels)
    assert len({view.tobytes() for view in views}) == 8
    assert all(np.array_equal(np.sort(view, None), np.sort(pixels, None)) for view in views)


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_mean_of_views_matches_its_maps(runtime, tiny, pixels, count):
    plain, several = read(runtime, pixels), read(MultiViewRuntime(runtime, count), pixels)
    # This network uses mean colours, which rotation does not change; nor must it change the maps.
    assert np.allclose(several.logits, plain.logits, rtol=0.02, atol=0.05)
    assert np.allclose(several.maps, plain.maps, rtol=0.02, atol=0.3)
    assert several.maps.shape == (5, 4, 4, len(CLASSES))
    assert maps_match_logits(several, tiny.card.bias)


def test_batches_keep_their_order_and_can_be_cancelled(runtime, pixels):
    several = MultiViewRuntime(runtime, 4)
    batches = [(number, pixels[number : number + 1]) for number in range(5)]
    results = [(key, out.logits) for key, out in several.stream(batches)]
    assert [key for key, _ in results] == list(range(5))
    job = Job()
    stream = several.stream(iter(batches * 50), job)
    next(stream)
    job.cancel()
    with pytest.raises(Cancelled):
        list(stream)
    assert read(several, pixels).logits.shape == (5, len(CLASSES))


def test_more_than_eight_views_are_refused(runtime):
    for count in (0, 9):
        with pytest.raises(ValueError, match="views"):
            MultiViewRuntime(runtime, count)


def test_cache_separates_readings_by_view_count(tiny, tmp_path, runtime, pixels):
    outputs = read(runtime, pixels[:1])
    reading = Reading(
        outputs.logits[0], outputs.embedding[0].astype("f2"), outputs.maps[0].astype("f2")
    )
    content = "ab" * 32
    with ReadingCache(tiny.card, tmp_path / "cache.sqlite") as cache:
        cache.put(content, reading)
        cache.flush()
    with ReadingCache(tiny.with_views(4).card, tmp_path / "cache.sqlite") as cache:
        assert cache.get(content) is None
    with ReadingCache(tiny.card, tmp_path / "cache.sqlite") as cache:
        assert cache.get(content) is not None


def test_card_says_in_how_many_views_a_model_is_read(tiny, runtime, pixels):
    opened = open_runtime(tiny.with_views(8), choose_device("cpu"), Job())
    try:
        found = read(opened, pixels)
    finally:
        opened.close()
    expected = read(MultiViewRuntime(runtime, 8), pixels)
    assert np.array_equal(found.logits, expected.logits)
    assert np.array_equal(found.embedding, expected.embedding)
