"""The shipped model on real cells: as they are no word, altered beyond use a warning."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.classify import statistics
from engine.classify.devices import choose
from engine.classify.models import find
from engine.classify.runtime import open_runtime
from engine.explore import familiar, fields
from engine.images.resize import square
from engine.jobs import Job

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def cells(real_images):
    return [np.asarray(Image.open(file)) for file in sorted(real_images.glob("*/*"))[::8]]


@pytest.fixture(scope="module")
def reader():
    model = find("mobilenet_v3_small")
    runtime = open_runtime(model, choose("cpu"), Job())
    yield model, runtime
    runtime.close()


def verdict(reader, pictures):
    model, runtime = reader
    size = model.card.preprocessing.size
    batch = np.stack([square(np.ascontiguousarray(picture), size) for picture in pictures])
    outputs = [out for _, out in runtime.stream((0, part) for part in np.array_split(batch, 4))]
    embeddings = np.concatenate([out.embedding for out in outputs]).astype(np.float16)
    known = statistics.load(model)
    assert known is not None
    return familiar.verdict(embeddings, known)


def test_real_cells_are_known(cells, reader):
    assert verdict(reader, cells) is None


ALTERED: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "inverted": lambda cell: 255 - cell,
    "grey": lambda cell: cell.mean(2, keepdims=True).repeat(3, 2).astype(np.uint8),
    "red and blue swapped": lambda cell: cell[..., ::-1],
    "cropped": lambda cell: cell[108:-108, 108:-108],
    "blurred": lambda cell: cv2.GaussianBlur(cell, (0, 0), 15),
    "dark": lambda cell: (cell * 0.6).astype(np.uint8),
}


@pytest.mark.parametrize("name", ALTERED)
def test_altered_cells_are_not(cells, reader, name):
    assert verdict(reader, [ALTERED[name](cell) for cell in cells]) is not None


def test_real_cells_are_no_fields_and_several_together_are(cells):
    assert fields.verdict(cells[:40]) is None
    rng = np.random.default_rng(0)
    small = [cv2.resize(cell, (180, 180)) for cell in cells]
    for across in (2, 3, 5):
        chosen = rng.integers(0, len(small), (12, across, across))
        stitched = [
            np.vstack([np.hstack([small[one] for one in row]) for row in each]) for each in chosen
        ]
        assert fields.verdict(stitched) is not None
