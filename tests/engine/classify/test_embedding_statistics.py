"""The embedding statistics of a bundle: read back as written, absent in old bundles, damage told."""

import shutil

import msgspec
import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify import bundle, embedding_statistics
from engine.classify.bundle import FILES, STATISTICS, Bundle
from engine.messages import Problem
from engine.paths import resources_dir
from engine.train.embedding_statistics import fit_statistics


def with_statistics(tmp_path, file):
    plain = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    files = [*(plain.folder / name for name in FILES), file]
    return bundle.write(plain.folder, plain.card, files, renew=True)


def fitted(classes=8):
    rng = np.random.default_rng(0)
    labels = np.arange(80) % classes
    embeddings = (rng.normal(size=(80, 3)) + labels[:, None]).astype(np.float16)
    return fit_statistics(embeddings[:60], labels[:60], embeddings[60:], classes)


def test_what_was_saved_is_read(tmp_path):
    made = fitted()
    made.save(tmp_path / STATISTICS)
    read = embedding_statistics.load(with_statistics(tmp_path, tmp_path / STATISTICS))
    for name in ("mean", "components", "class_means", "covariance", "scale", "quantiles"):
        assert np.array_equal(getattr(read, name), getattr(made, name))


def test_an_older_bundle_has_none(tmp_path):
    assert embedding_statistics.load(Bundle.open(make_tiny_bundle(tmp_path / "tiny"))) is None


def test_statistics_of_another_model_are_told(tmp_path):
    fitted(classes=5).save(tmp_path / STATISTICS)
    with pytest.raises(Problem) as caught:
        embedding_statistics.load(with_statistics(tmp_path, tmp_path / STATISTICS))
    assert caught.value.message.id == "bundle.damaged"


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"no archive"])
def test_a_file_that_holds_something_else_is_told(tmp_path, content):
    (tmp_path / STATISTICS).write_bytes(content)
    with pytest.raises(Problem) as caught:
        embedding_statistics.load(with_statistics(tmp_path, tmp_path / STATISTICS))
    assert caught.value.message.id == "bundle.damaged"


def test_a_changed_file_is_told(tmp_path):
    fitted().save(tmp_path / STATISTICS)
    model = with_statistics(tmp_path, tmp_path / STATISTICS)
    (model.folder / STATISTICS).write_bytes(b"changed")
    with pytest.raises(Problem) as caught:
        embedding_statistics.load(model)
    assert caught.value.message.id == "bundle.damaged"


def test_shipped_models_carry_theirs(tmp_path):
    for folder in (resources_dir() / "models").iterdir():
        shutil.copytree(folder, tmp_path / folder.name)
        model = Bundle.open(tmp_path / folder.name)
        model.verify()
        known = embedding_statistics.load(model)
        assert known is not None
        assert (np.diff(known.quantiles) >= 0).all()
        assert msgspec.structs.asdict(model.card)["files"][STATISTICS]
