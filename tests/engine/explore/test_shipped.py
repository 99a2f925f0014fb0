"""OOD warnings of the shipped model: none for real cells, one for badly altered cells."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.classify import embedding_statistics
from engine.classify.devices import choose_device
from engine.classify.models import open_model
from engine.classify.runtime import open_runtime
from engine.explore import multi_cell, ood
from engine.images.resize import resize_to_square
from engine.jobs import Job

pytestmark = pytest.mark.shared
SHARED = Path(__file__).resolve().parents[4] / "shared/data"


@pytest.fixture(scope="module")
def files(real_images):
    return sorted(real_images.glob("*/*"))[::8]


@pytest.fixture(scope="module")
def cells(files):
    return [np.asarray(Image.open(file)) for file in files]


@pytest.fixture(scope="module")
def reader():
    model = open_model("fast")
    runtime = open_runtime(model, choose_device("cpu"), Job())
    yield model, runtime
    runtime.close()


def classify(reader, images):
    """Return the folder warning for images and their predicted classes."""
    model, runtime = reader
    size = model.card.preprocessing.size
    batch = np.stack([resize_to_square(np.ascontiguousarray(image), size) for image in images])
    outputs = [out for _, out in runtime.stream((0, part) for part in np.array_split(batch, 4))]
    embeddings = np.concatenate([out.embedding for out in outputs]).astype(np.float16)
    logits = np.concatenate([out.logits for out in outputs])
    statistics = embedding_statistics.load_statistics(model)
    assert statistics is not None
    predicted = [model.card.classes[place] for place in logits.argmax(1)]
    return ood.folder_warning(embeddings, statistics), predicted


def test_real_cells_give_no_warning(cells, reader):
    assert classify(reader, cells)[0] is None


ALTERED: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "inverted": lambda cell: 255 - cell,
    "grey": lambda cell: cell.mean(2, keepdims=True).repeat(3, 2).astype(np.uint8),
    "red and blue swapped": lambda cell: cell[..., ::-1],
    "cropped": lambda cell: cell[108:-108, 108:-108],
    "blurred": lambda cell: cv2.GaussianBlur(cell, (0, 0), 15),
    "blurred beyond recognition": lambda cell: cv2.GaussianBlur(cell, (0, 0), 20),
    "dark": lambda cell: (cell * 0.6).astype(np.uint8),
}


UNREADABLE = ("inverted", "blurred beyond recognition")


@pytest.mark.parametrize("name", ALTERED)
def test_altered_cells_are_classified_correctly_or_give_a_warning(files, cells, reader, name):
    warning, predicted = classify(reader, [ALTERED[name](cell) for cell in cells])
    right = np.mean(
        [found == file.parent.name for found, file in zip(predicted, files, strict=True)]
    )
    if name in UNREADABLE:
        assert right < 0.6
    # No warning is needed for alterations that do not affect the predictions.
    assert warning is not None or right >= 0.9


def test_stitched_real_cells_are_multi_cell_images(cells):
    assert multi_cell.folder_warning(cells[:40]) is None
    rng = np.random.default_rng(0)
    small = [cv2.resize(cell, (180, 180)) for cell in cells]
    for across in (2, 3, 5):
        chosen = rng.integers(0, len(small), (12, across, across))
        stitched = [
            np.vstack([np.hstack([small[index] for index in row]) for row in grid])
            for grid in chosen
        ]
        assert multi_cell.folder_warning(stitched) is not None


def test_real_fields_are_recognised_and_real_cells_are_not(cells):
    with zipfile.ZipFile(SHARED / "bccd-fields.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".jpg")][1::30]
        fields = [np.asarray(Image.open(archive.open(name))) for name in names]
    assert multi_cell.field_message(fields).id == "explore.fields_by_place"
    assert multi_cell.field_message(cells[:: max(1, len(cells) // 24)]) is None
