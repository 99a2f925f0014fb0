"""Reading in several views with a real network."""

import numpy as np
import pytest
from tiny_model import CLASSES, picture

from engine.classify.activation_maps import self_check
from engine.classify.reading_cache import ReadingCache
from engine.classify.reading import Reading
from engine.classify.multi_view import Views, turned
from engine.jobs import Cancelled, Job


def read(runtime, pixels):
    ((_, outputs),) = runtime.stream([(None, pixels)])
    return outputs


@pytest.fixture
def pixels():
    """Images of which each corner is of another class."""
    made = np.stack([picture(number, 32, seed=number) for number in range(5)])
    for number, image in enumerate(made):
        image[:16, :16] = picture(number + 1, 16)
        image[16:, 16:] = picture(number + 2, 16)
    return made


def test_the_eight_views_are_all_different_and_of_the_same_pixels(pixels):
    views = [turned(pixels, view) for view in range(8)]
    assert np.array_equal(views[0], pixels)
    assert len({one.tobytes() for one in views}) == 8
    assert all(np.array_equal(np.sort(one, None), np.sort(pixels, None)) for one in views)


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_the_mean_of_views_agrees_with_its_maps(runtime, tiny, pixels, count):
    plain, several = read(runtime, pixels), read(Views(runtime, count), pixels)
    # This network looks at mean colours, which no turn changes: so must the maps be, turned back.
    assert np.allclose(several.logits, plain.logits, rtol=0.02, atol=0.05)
    assert np.allclose(several.maps, plain.maps, rtol=0.02, atol=0.3)
    assert several.maps.shape == (5, 4, 4, len(CLASSES))
    assert self_check(several, tiny.card.bias)


def test_batches_keep_their_order_and_a_cancel_is_heard(runtime, pixels):
    several = Views(runtime, 4)
    batches = [(number, pixels[number : number + 1]) for number in range(5)]
    told = [(key, out.logits) for key, out in several.stream(batches)]
    assert [key for key, _ in told] == list(range(5))
    job = Job()
    stream = several.stream(iter(batches * 50), job)
    next(stream)
    job.cancel()
    with pytest.raises(Cancelled):
        list(stream)
    assert read(several, pixels).logits.shape == (5, len(CLASSES))


def test_no_square_has_nine_views(runtime):
    for count in (0, 9):
        with pytest.raises(ValueError, match="views"):
            Views(runtime, count)


def test_readings_in_several_views_are_kept_apart(tiny, tmp_path, runtime, pixels):
    outputs = read(runtime, pixels[:1])
    reading = Reading(
        outputs.logits[0], outputs.embedding[0].astype("f2"), outputs.maps[0].astype("f2")
    )
    content = "ab" * 32
    with ReadingCache(tiny.card, tmp_path / "cache.sqlite") as cache:
        cache.put(content, reading)
        cache.flush()
    with ReadingCache(tiny.card, tmp_path / "cache.sqlite", views=4) as cache:
        assert cache.get(content) is None
    with ReadingCache(tiny.card, tmp_path / "cache.sqlite") as cache:
        assert cache.get(content) is not None
