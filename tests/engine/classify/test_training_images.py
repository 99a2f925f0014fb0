"""Which images a model learned from, as its bundle says."""

import msgspec
import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify import bundle
from engine.classify.bundle import TRAINING, Bundle
from engine.classify.training_images import NOT_KNOWN, Learned, by_any
from engine.classify.models import find, installed
from engine.images.record import ImageRecord
from engine.images.perceptual_hash import keys_of
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem

KEYS = np.array([3 << 20, 77 << 33, 2**63 + 5], np.uint64)


def with_training(tmp_path, file) -> Bundle:
    made = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    files = [made.folder / name for name in made.card.files]
    return bundle.write(tmp_path / "new", made.card, [*files, file])


def test_a_bundle_keeps_them_and_its_card_the_checksum(tmp_path):
    Learned(KEYS, complete=True).save(tmp_path / TRAINING)
    made = with_training(tmp_path, tmp_path / TRAINING)
    assert TRAINING in made.card.files
    learned = Learned.of(Bundle.open(made.folder))
    assert learned.complete
    assert sorted(learned.keys.tolist()) == sorted(KEYS.tolist())
    near, far = int(KEYS[0]) ^ 0b1111, int(KEYS[0]) ^ 0b11111
    assert learned.seen([near, far, None]) == [True, False, False]


def test_an_older_bundle_opens_and_nobody_knows(tmp_path):
    old = Bundle.open(make_tiny_bundle(tmp_path / "old"))
    assert Learned.of(old) is NOT_KNOWN
    assert Learned.of(old).seen([1, None]) == [None, None]
    # So does one that told them by the content of their files.
    np.savez(tmp_path / TRAINING, hashes=np.zeros((4, 32), np.uint8))
    assert Learned.of(with_training(tmp_path, tmp_path / TRAINING)) is NOT_KNOWN


def test_a_model_has_seen_what_its_parent_saw():
    own = Learned(KEYS[:1], complete=True)
    both = own.and_of(Learned(KEYS[1:], complete=True))
    assert both.complete
    assert both.has(KEYS).all()
    assert not own.and_of(NOT_KNOWN).complete
    assert own.and_of(None) is own
    assert by_any([own, Learned(KEYS[2:], complete=True)], KEYS).tolist() == [True, False, True]
    assert not by_any([], KEYS).any()


@pytest.mark.parametrize("what", ["other bytes", "no archive", "wrong kind"])
def test_a_damaged_file_is_a_sentence(tmp_path, what):
    file = tmp_path / TRAINING
    if what == "wrong kind":
        np.savez(file, keys=np.zeros((2, 2), np.uint64), complete=np.bool_(True))
    else:
        file.write_bytes(b"PK\3\4 no archive")
    made = with_training(tmp_path, file)
    if what == "other bytes":
        (made.folder / TRAINING).write_bytes(b"other")
    with pytest.raises(Problem) as caught:
        Learned.of(made)
    assert caught.value.message.id == "bundle.damaged"
    assert msgspec.structs.asdict(made.card)["files"][TRAINING]


@pytest.mark.parametrize("model", [one.name for one in installed() if one.shipped])
def test_every_shipped_model_says_what_it_learned_from(model):
    learned = Learned.of(find(model))
    assert learned.complete
    assert len(learned.keys) > 1000


@pytest.mark.shared
def test_the_shipped_model_knows_the_original_files_again(real_images):
    # They are larger and compressed otherwise than those it was trained on; a fifth was held out.
    source = open_source(real_images)
    records = [one for one in source.scan(Job()) if isinstance(one, ImageRecord)]
    seen = Learned.of(find("fast")).has(keys_of(Job(), source, records))
    assert 0.77 < seen.mean() < 0.85
