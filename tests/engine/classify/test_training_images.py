"""Training images of a model, as listed in its bundle."""

import msgspec
import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify import bundle
from engine.classify.bundle import TRAINING_FILE, Bundle
from engine.classify.models import installed_models, open_model
from engine.classify.training_images import (
    UNKNOWN_TRAINING_IMAGES,
    TrainingImages,
    trained_on_by_any,
)
from engine.images.perceptual_hash import compute_hashes
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem

KEYS = np.array([3 << 20, 77 << 33, 2**63 + 5], np.uint64)


def with_training(tmp_path, file) -> Bundle:
    model = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    files = [model.folder / name for name in model.card.files]
    return bundle.write_bundle(tmp_path / "new", model.card, [*files, file])


def test_bundle_stores_training_images_with_a_checksum(tmp_path):
    TrainingImages(KEYS, is_complete=True).save(tmp_path / TRAINING_FILE)
    model = with_training(tmp_path, tmp_path / TRAINING_FILE)
    assert TRAINING_FILE in model.card.files
    learned = TrainingImages.from_bundle(Bundle.open(model.folder))
    assert learned.is_complete
    assert sorted(learned.keys.tolist()) == sorted(KEYS.tolist())
    near, far = int(KEYS[0]) ^ 0b1111, int(KEYS[0]) ^ 0b11111
    assert learned.is_training_image([near, far, None]) == [True, False, False]


def test_older_bundle_has_unknown_training_images(tmp_path):
    old = Bundle.open(make_tiny_bundle(tmp_path / "old"))
    assert TrainingImages.from_bundle(old) is UNKNOWN_TRAINING_IMAGES
    assert TrainingImages.from_bundle(old).is_training_image([1, None]) == [None, None]
    # So does one that lists them by file content.
    np.savez(tmp_path / TRAINING_FILE, hashes=np.zeros((4, 32), np.uint8))
    assert (
        TrainingImages.from_bundle(with_training(tmp_path, tmp_path / TRAINING_FILE))
        is UNKNOWN_TRAINING_IMAGES
    )


def test_training_images_include_those_of_the_parent():
    own = TrainingImages(KEYS[:1], is_complete=True)
    both = own.merged_with(TrainingImages(KEYS[1:], is_complete=True))
    assert both.is_complete
    assert both.contains(KEYS).all()
    assert not own.merged_with(UNKNOWN_TRAINING_IMAGES).is_complete
    assert own.merged_with(None) is own
    assert trained_on_by_any([own, TrainingImages(KEYS[2:], is_complete=True)], KEYS).tolist() == [
        True,
        False,
        True,
    ]
    assert not trained_on_by_any([], KEYS).any()


@pytest.mark.parametrize("what", ["other bytes", "no archive", "wrong kind"])
def test_damaged_file_is_a_problem(tmp_path, what):
    file = tmp_path / TRAINING_FILE
    if what == "wrong kind":
        np.savez(file, keys=np.zeros((2, 2), np.uint64), complete=np.bool_(True))
    else:
        file.write_bytes(b"PK\3\4 no archive")
    model = with_training(tmp_path, file)
    if what == "other bytes":
        (model.folder / TRAINING_FILE).write_bytes(b"other")
    with pytest.raises(Problem) as caught:
        TrainingImages.from_bundle(model)
    assert caught.value.message.id == "bundle.damaged"
    assert msgspec.structs.asdict(model.card)["files"][TRAINING_FILE]


@pytest.mark.parametrize(
    "model", [installed.name for installed in installed_models() if installed.is_shipped]
)
def test_shipped_models_list_their_training_images(model):
    learned = TrainingImages.from_bundle(open_model(model))
    assert learned.is_complete
    assert len(learned.keys) > 1000


@pytest.mark.shared
def test_shipped_model_recognises_the_original_files(real_images):
    # The originals are larger and compressed differently from the training images; a fifth was held out.
    source = open_source(real_images)
    records = [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]
    seen = TrainingImages.from_bundle(open_model("fast")).contains(
        compute_hashes(Job(), source, records)
    )
    assert 0.77 < seen.mean() < 0.85
