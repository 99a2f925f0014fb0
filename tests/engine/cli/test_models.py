"""`models`: a table for people, JSON for scripts."""

import json
import shutil

import pytest


@pytest.fixture
def own_models(home, tiny):
    folder = home / "data" / "models"
    folder.mkdir(parents=True)
    shutil.copytree(tiny, folder / "mine")
    (folder / "spoilt").mkdir()
    (folder / "spoilt" / "card.json").write_text("{}")
    return folder


def test_a_table(cli, own_models):
    done = cli("models")
    assert done.status == 0
    (line,) = (line for line in done.out.splitlines() if " mine " in line)
    for fact in ("mobilenet_v3_small", "32 px", "8", "100.00%"):
        assert fact in line
    assert any(line.startswith("! spoilt: ") for line in done.out.splitlines())
    assert sum(line.startswith("*") for line in done.out.splitlines()) == 1


def test_json(cli, own_models):
    done = cli("models", "--json")
    models = {one["name"]: one for one in json.loads(done.out)}
    assert {"mine", "spoilt"} <= set(models)
    mine, spoilt = models["mine"], models["spoilt"]
    assert set(mine) == set(spoilt)
    assert mine["problem"] is None
    assert mine["accuracy"] == 1.0
    assert mine["classes"][0] == "basophil"
    assert not mine["shipped"]
    assert spoilt["problem"]
    assert sum(one["default"] for one in models.values()) == 1


def test_a_model_by_its_name(cli, own_models, cells, tmp_path):
    out = tmp_path / "out.csv"
    assert cli("classify", cells, "--model", "mine", "--out", out).status == 0
    assert cli("classify", cells, "--model", "spoilt", "--out", out).status == 1


def test_none(cli, monkeypatch):
    monkeypatch.setattr("engine.classify.models.installed", list)
    done = cli("models")
    assert done.status == 0
    assert done.out == ""
    assert "No model" in done.sentence
    assert cli("models", "--json").out.strip() == "[]"
