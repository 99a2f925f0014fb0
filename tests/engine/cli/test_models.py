"""`models`: a table, or JSON."""

import json
import shutil

import pytest


@pytest.fixture
def own_models(home, tiny):
    folder = home / "data" / "models"
    folder.mkdir(parents=True)
    shutil.copytree(tiny, folder / "mine")
    (folder / "damaged").mkdir()
    (folder / "damaged" / "card.json").write_text("{}")
    return folder


def test_models_as_table(cli, own_models):
    done = cli("models")
    assert done.status == 0
    (line,) = (line for line in done.out.splitlines() if " mine " in line)
    for fact in ("mobilenet_v3_small", "32 px", "8", "100.00%"):
        assert fact in line
    assert any(line.startswith("! damaged: ") for line in done.out.splitlines())
    assert sum(line.startswith("*") for line in done.out.splitlines()) == 1


def test_models_as_json(cli, own_models):
    done = cli("models", "--json")
    models = {model["name"]: model for model in json.loads(done.out)}
    assert {"mine", "damaged"} <= set(models)
    mine, damaged = models["mine"], models["damaged"]
    assert set(mine) == set(damaged)
    assert mine["problem"] is None
    assert mine["accuracy"] == 1.0
    assert mine["classes"][0] == "basophil"
    assert not mine["shipped"]
    assert damaged["problem"]
    assert sum(model["default"] for model in models.values()) == 1


def test_model_by_name(cli, own_models, cells, tmp_path):
    out = tmp_path / "out.csv"
    assert cli("classify", cells, "--model", "mine", "--out", out).status == 0
    assert cli("classify", cells, "--model", "damaged", "--out", out).status == 1


def test_no_models(cli, monkeypatch):
    monkeypatch.setattr("engine.classify.models.installed_models", list)
    done = cli("models")
    assert done.status == 0
    assert done.out == ""
    assert "No model" in done.sentence
    assert cli("models", "--json").out.strip() == "[]"
