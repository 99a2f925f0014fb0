"""The shipped model on real cells: as they are no word, altered beyond use a warning."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.classify import embedding_statistics
from engine.classify.devices import choose
from engine.classify.models import find
from engine.classify.runtime import open_runtime
from engine.explore import ood, multi_cell
from engine.images.resize import square
from engine.jobs import Job

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def files(real_images):
    return sorted(real_images.glob("*/*"))[::8]


@pytest.fixture(scope="module")
def cells(files):
    return [np.asarray(Image.open(file)) for file in files]


@pytest.fixture(scope="module")
def reader():
    model = find("fast")
    runtime = open_runtime(model, choose("cpu"), Job())
    yield model, runtime
    runtime.close()


def read(reader, pictures):
    """Return the verdict on pictures and the classes that the model reads."""
    model, runtime = reader
    size = model.card.preprocessing.size
    batch = np.stack([square(np.ascontiguousarray(picture), size) for picture in pictures])
    outputs = [out for _, out in runtime.stream((0, part) for part in np.array_split(batch, 4))]
    embeddings = np.concatenate([out.embedding for out in outputs]).astype(np.float16)
    logits = np.concatenate([out.logits for out in outputs])
    known = embedding_statistics.load(model)
    assert known is not None
    predicted = [model.card.classes[place] for place in logits.argmax(1)]
    return ood.verdict(embeddings, known), predicted


def test_real_cells_are_known(cells, reader):
    assert read(reader, cells)[0] is None


ALTERED: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "inverted": lambda cell: 255 - cell,
    "grey": lambda cell: cell.mean(2, keepdims=True).repeat(3, 2).astype(np.uint8),
    "red and blue swapped": lambda cell: cell[..., ::-1],
    "cropped": lambda cell: cell[108:-108, 108:-108],
    "blurred": lambda cell: cv2.GaussianBlur(cell, (0, 0), 15),
    "dark": lambda cell: (cell * 0.6).astype(np.uint8),
}


UNREADABLE = ("inverted", "blurred")


@pytest.mark.parametrize("name", ALTERED)
def test_altered_cells_are_read_right_or_warned_of(files, cells, reader, name):
    said, predicted = read(reader, [ALTERED[name](cell) for cell in cells])
    right = np.mean(
        [found == file.parent.name for found, file in zip(predicted, files, strict=True)]
    )
    if name in UNREADABLE:
        assert right < 0.6
    # A model that a stain or a lamp does not confuse need not warn of it.
    assert said is not None or right >= 0.9


def test_real_cells_are_no_fields_and_several_together_are(cells):
    assert multi_cell.verdict(cells[:40]) is None
    rng = np.random.default_rng(0)
    small = [cv2.resize(cell, (180, 180)) for cell in cells]
    for across in (2, 3, 5):
        chosen = rng.integers(0, len(small), (12, across, across))
        stitched = [
            np.vstack([np.hstack([small[one] for one in row]) for row in each]) for each in chosen
        ]
        assert multi_cell.verdict(stitched) is not None
