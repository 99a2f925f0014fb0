"""Embedding statistics of a bundle: saved and loaded, missing in old bundles, damage detected."""

import shutil

import msgspec
import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify import bundle, embedding_statistics
from engine.classify.bundle import BUNDLE_FILES, STATISTICS_FILE, Bundle
from engine.messages import Problem
from engine.paths import resources_dir
from engine.train.statistics_fitting import fit_statistics


def with_statistics(tmp_path, file):
    plain = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    files = [*(plain.folder / name for name in BUNDLE_FILES), file]
    return bundle.write_bundle(plain.folder, plain.card, files, replace=True)


def fitted(classes=8):
    rng = np.random.default_rng(0)
    labels = np.arange(80) % classes
    embeddings = (rng.normal(size=(80, 3)) + labels[:, None]).astype(np.float16)
    return fit_statistics(embeddings[:60], labels[:60], embeddings[60:], classes)


def test_saved_statistics_are_loaded(tmp_path):
    statistics = fitted()
    statistics.save(tmp_path / STATISTICS_FILE)
    read = embedding_statistics.load_statistics(
        with_statistics(tmp_path, tmp_path / STATISTICS_FILE)
    )
    for name in ("mean", "components", "class_means", "covariance", "scale", "quantiles"):
        assert np.array_equal(getattr(read, name), getattr(statistics, name))


def test_older_bundle_has_no_statistics(tmp_path):
    assert (
        embedding_statistics.load_statistics(Bundle.open(make_tiny_bundle(tmp_path / "tiny")))
        is None
    )


def test_statistics_of_another_model_are_refused(tmp_path):
    fitted(classes=5).save(tmp_path / STATISTICS_FILE)
    with pytest.raises(Problem) as caught:
        embedding_statistics.load_statistics(with_statistics(tmp_path, tmp_path / STATISTICS_FILE))
    assert caught.value.message.id == "bundle.damaged"


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"no archive"])
def test_invalid_file_is_refused(tmp_path, content):
    (tmp_path / STATISTICS_FILE).write_bytes(content)
    with pytest.raises(Problem) as caught:
        embedding_statistics.load_statistics(with_statistics(tmp_path, tmp_path / STATISTICS_FILE))
    assert caught.value.message.id == "bundle.damaged"


def test_changed_file_is_refused(tmp_path):
    fitted().save(tmp_path / STATISTICS_FILE)
    model = with_statistics(tmp_path, tmp_path / STATISTICS_FILE)
    (model.folder / STATISTICS_FILE).write_bytes(b"changed")
    with pytest.raises(Problem) as caught:
        embedding_statistics.load_statistics(model)
    assert caught.value.message.id == "bundle.damaged"


def test_shipped_models_have_statistics(tmp_path):
    for folder in (resources_dir() / "models").iterdir():
        shutil.copytree(folder, tmp_path / folder.name)
        model = Bundle.open(tmp_path / folder.name)
        model.verify()
        statistics = embedding_statistics.load_statistics(model)
        assert statistics is not None
        assert (np.diff(statistics.quantiles) >= 0).all()
        assert msgspec.structs.asdict(model.card)["files"][STATISTICS_FILE]
