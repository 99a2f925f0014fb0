"""Models by name: the shipped ones first, a person's own beside them, and what to say of no such name."""

import shutil

import pytest
from tiny_model import make_tiny_bundle

from engine.classify import models
from engine.messages import Problem
from engine.paths import data_dir


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Put two shipped models where the program looks, the second one the better."""
    folder = tmp_path / "resources"
    make_tiny_bundle(folder / "models" / "mobilenet_v3_small", name="small")
    make_tiny_bundle(folder / "models" / "efficientnet_b4", name="large")
    monkeypatch.setattr(models, "resources_dir", lambda: folder)
    return folder


def test_the_best_shipped_model_is_the_default(shipped):
    make_tiny_bundle(data_dir() / "models" / "a first one")
    assert [(model.name, model.shipped) for model in models.installed()] == [
        ("efficientnet_b4", True),
        ("mobilenet_v3_small", True),
        ("a first one", False),
    ]
    assert models.find().card.name == "large"


def test_a_name_finds_a_model_and_a_persons_own_goes_first(shipped):
    assert models.find("mobilenet_v3_small").card.name == "small"
    make_tiny_bundle(data_dir() / "models" / "mobilenet_v3_small", name="mine")
    assert models.find("mobilenet_v3_small").card.name == "mine"


def test_a_path_finds_a_model(shipped, tmp_path):
    folder = make_tiny_bundle(tmp_path / "else where")
    assert models.find(folder).folder == folder
    assert models.find(str(folder)).folder == folder
    zipped = shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    assert models.find(zipped).card == models.find(folder).card


def test_an_unknown_name_lists_what_there_is(shipped):
    with pytest.raises(Problem, match=r"efficientnet_b4, mobilenet_v3_small") as caught:
        models.find("resnet")
    assert caught.value.message.id == "model.unknown"


def test_no_model_at_all_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "resources_dir", lambda: tmp_path)
    assert models.installed() == []
    for name in (None, "resnet"):
        with pytest.raises(Problem, match="model"):
            models.find(name)


def test_a_broken_model_is_listed_with_its_reason_and_is_no_default(shipped):
    (shipped / "models" / "efficientnet_b4" / "card.json").write_text("{")
    broken, good = models.installed()
    assert broken.card is None
    assert broken.problem is not None
    assert broken.problem.id == "bundle.bad_card"
    assert good.problem is None
    assert models.find().card.name == "small"
    with pytest.raises(Problem, match="card"):
        models.find("efficientnet_b4")


def test_what_is_being_written_is_no_model(shipped):
    home = data_dir() / "models"
    make_tiny_bundle(home / ".new-one-abc")
    (home / "notes").mkdir()
    assert len(models.installed()) == 2
