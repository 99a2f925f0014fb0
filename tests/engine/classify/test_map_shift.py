"""Map shift: measured on any images, and used to place the maps of a model."""

import msgspec
import numpy as np
import pytest

from engine.classify.activation_maps import compute_heat, upsample_heat
from engine.classify.devices import choose_device
from engine.classify.map_placement import placement_for_model
from engine.classify.map_shift import measure_map_shift
from engine.classify.models import open_model
from engine.classify.runtime import open_runtime
from engine.images.resize import resize_to_square
from engine.images.sample.cells import render_cell
from engine.jobs import Job


@pytest.fixture(scope="module")
def model():
    """Return the shipped model."""
    return open_model()


@pytest.fixture(scope="module")
def runtime(model):
    """Return the running network of the shipped model."""
    running = open_runtime(model, choose_device("cpu"), Job())
    yield running
    running.close()


@pytest.fixture(scope="module")
def images(model):
    """Return drawn cells in the middle of their images."""
    rng = np.random.default_rng(3)
    classes = ("neutrophil", "lymphocyte", "monocyte", "eosinophil")
    size = model.card.preprocessing.size
    return np.stack([resize_to_square(render_cell(classes[n % 4], rng), size) for n in range(48)])


def test_shift_in_the_card_is_that_of_other_images_too(model, runtime, images):
    shift = measure_map_shift(Job(), runtime, images)
    assert shift == pytest.approx(model.card.map_shift, abs=0.15)


def test_shift_is_unknown_with_few_images(runtime, images):
    assert measure_map_shift(Job(), runtime, images[:4]) is None


def test_measured_placement_puts_the_peaks_on_the_cells(model, runtime, images):
    without_shift = msgspec.structs.replace(model.card, map_shift=None)
    placements = [placement_for_model(card) for card in (model.card, without_shift)]
    middle = (images.shape[1] - 1) / 2
    distances = []
    for start in range(0, len(images), runtime.batch_size):
        batch = images[start : start + runtime.batch_size]
        for _, outputs in runtime.stream([(None, batch)]):
            for maps, logits in zip(outputs.maps, outputs.logits, strict=True):
                heat = compute_heat(maps[..., int(logits.argmax())])
                if heat is None:
                    continue
                found = []
                for placement in placements:
                    large = upsample_heat(heat, placement, *batch.shape[1:3])
                    peak = np.unravel_index(large.argmax(), large.shape)
                    found.append(np.hypot(*(np.array(peak) - middle)))
                distances.append(found)
    measured, from_paddings = np.median(distances, 0)
    assert measured < 10 < from_paddings
