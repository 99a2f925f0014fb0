"""Installed models are found by name or path, shipped and own, and unknown names are a problem."""

import shutil

import pytest
from tiny_model import make_tiny_bundle

from engine.classify import models
from engine.messages import Problem
from engine.paths import data_dir


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Install two shipped models, the second one the better."""
    folder = tmp_path / "resources"
    make_tiny_bundle(folder / "models" / "mobilenet_v3_small", name="small")
    make_tiny_bundle(folder / "models" / "efficientnet_b4", name="large")
    monkeypatch.setattr(models, "resources_dir", lambda: folder)
    return folder


def test_best_shipped_model_is_the_default(shipped):
    make_tiny_bundle(data_dir() / "models" / "a first one")
    assert [(model.name, model.is_shipped) for model in models.installed_models()] == [
        ("efficientnet_b4", True),
        ("mobilenet_v3_small", True),
        ("a first one", False),
    ]
    assert models.open_model().card.name == "large"


def test_own_model_precedes_a_shipped_one_of_the_same_name(shipped):
    assert models.open_model("mobilenet_v3_small").card.name == "small"
    make_tiny_bundle(data_dir() / "models" / "mobilenet_v3_small", name="mine")
    assert models.open_model("mobilenet_v3_small").card.name == "mine"


def test_model_is_found_by_path(shipped, tmp_path):
    folder = make_tiny_bundle(tmp_path / "else where")
    assert models.open_model(folder).folder == folder
    assert models.open_model(str(folder)).folder == folder
    zipped = shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    assert models.open_model(zipped).card == models.open_model(folder).card


def test_unknown_name_lists_the_known_ones(shipped):
    with pytest.raises(Problem, match=r"efficientnet_b4, mobilenet_v3_small") as caught:
        models.open_model("resnet")
    assert caught.value.message.id == "model.unknown"


def test_no_model_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "resources_dir", lambda: tmp_path)
    assert models.installed_models() == []
    for name in (None, "resnet"):
        with pytest.raises(Problem, match="model"):
            models.open_model(name)


def test_broken_model_is_listed_but_not_the_default(shipped):
    (shipped / "models" / "efficientnet_b4" / "card.json").write_text("{")
    broken, good = models.installed_models()
    assert broken.card is None
    assert broken.problem is not None
    assert broken.problem.id == "bundle.bad_card"
    assert good.problem is None
    assert models.open_model().card.name == "small"
    with pytest.raises(Problem, match="card"):
        models.open_model("efficientnet_b4")


def test_unfinished_folder_is_not_listed(shipped):
    home = data_dir() / "models"
    make_tiny_bundle(home / ".new-one-abc")
    (home / "notes").mkdir()
    assert len(models.installed_models()) == 2
