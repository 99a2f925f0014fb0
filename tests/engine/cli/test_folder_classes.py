"""`--folder-class`: folder names of other languages are named, and get a class only when asked for."""

import json

import pytest

NAMES = {"neutrophil": "Neutrophile", "platelet": "Thrombozyten", "monocyte": "Smith"}


@pytest.fixture
def foreign(cells):
    for name in [path.name for path in cells.iterdir()]:
        if name in NAMES:
            (cells / name).rename(cells / NAMES[name])
    return cells


@pytest.fixture
def evaluated(cli, foreign, tiny, tmp_path):
    """Return a function that evaluates and returns the outcome and how many images each class has."""

    def evaluate(*options):
        out = tmp_path / "results"
        done = cli("evaluate", foreign, "--model", tiny, "--out", out, *options)
        metrics = json.loads((out / "metrics.json").read_bytes()) if done.status == 0 else {}
        return done, {name: row["n"] for name, row in metrics.get("per_class", {}).items()}

    return evaluate


def test_names_are_suggested_and_not_applied(evaluated):
    done, counts = evaluated()
    assert (
        "2 folder names are no class but resemble one: Neutrophile (neutrophil), Thromb" in done.err
    )
    assert counts["neutrophil"] == counts["platelet"] == 0


def test_suggestions_and_named_classes_are_used_when_asked_for(evaluated):
    done, counts = evaluated("--folder-class", "suggested", "--folder-class", "Smith=Monocytes")
    assert "resemble" not in done.err
    assert set(counts.values()) == {3}
    _, counts = evaluated("--folder-class", "Thrombozyten=platelet")
    assert (counts["platelet"], counts["neutrophil"]) == (3, 0)


@pytest.mark.parametrize(
    ("value", "status", "sentence"),
    [
        ("Smith=blast", 1, "no class “blast”"),
        ("Smyth=monocyte", 1, "No folder without a class is named “Smyth”"),
        ("Smith", 2, "neither NAME=CLASS nor suggested"),
    ],
)
def test_wrong_values_start_nothing(evaluated, value, status, sentence):
    done, counts = evaluated("--folder-class", value)
    assert done.status == status
    assert sentence in done.sentence
    assert not counts


def test_export_uses_the_classes_too(cli, foreign, tmp_path):
    out = tmp_path / "labels.csv"
    words = ("export", foreign, "--as", "csv", "--out", out)
    assert cli(*words, "--folder-class", "suggested").status == 0
    assert "neutrophil" in out.read_text(encoding="utf-8")
