"""`train`: what is refused before any work; real training is tested end to end."""

import shutil

import pytest
from tiny_model import save_picture

from engine.cli.train import excluded
from engine.images.source import open_source


def test_no_such_recipe(cli, cells, tmp_path):
    done = cli("train", cells, "--recipe", "nonsense", "--out", tmp_path / "model")
    assert done.status == 1
    assert "mobilenet_v3_small" in done.sentence


def test_no_such_folder(cli, tmp_path):
    done = cli("train", tmp_path / "no", "--recipe", "mobilenet_v3_small", "--out", tmp_path / "m")
    assert done.status == 1
    assert "no" in done.sentence


def test_no_such_parent(cli, cells, tmp_path):
    done = cli(
        "train",
        cells,
        "--recipe",
        "mobilenet_v3_small",
        "--out",
        tmp_path / "m",
        "--from",
        "nobody",
    )
    assert done.status == 1
    assert "nobody" in done.sentence


def test_the_new_model_s_place_is_taken(cli, cells, tmp_path):
    done = cli("train", cells, "--recipe", "mobilenet_v3_small", "--out", tmp_path)
    assert done.status == 1
    assert str(tmp_path) in done.sentence


def test_the_findings_of_a_scan_leave_out_what_says_remove_and_nothing_else(cli, tiny, tmp_path):
    """Paths that a spreadsheet would take for formulas are guarded in the table, and still mean their image."""
    folder = tmp_path / "cells"
    wanted = set()
    for number, place in enumerate(("-2026", "=slide", "+x", "@y", "plain", "Müller")):
        inside = folder / place / "basophil"
        inside.mkdir(parents=True)
        save_picture(inside / "a.png", number, 1)
        shutil.copy(inside / "a.png", inside / "copy.png")
        wanted.add(f"{place}/basophil/copy.png")
    table = tmp_path / "findings.csv"
    done = cli("scan", folder, "--model", tiny, "--out", table, "--kinds", "exact_duplicate")
    assert done.status == 0, done.err
    assert "./=slide/basophil/copy.png" in table.read_text()
    chosen = excluded(table, open_source(folder))
    assert len(chosen) == len(wanted)
    kept = {
        path.replace("copy", "a") if "copy" in path else path.replace("/a.", "/copy.")
        for path in chosen
    }
    assert not chosen & kept
    assert {path.rpartition("/")[0] for path in chosen} == {
        path.rpartition("/")[0] for path in wanted
    }


@pytest.mark.parametrize(
    "text",
    [
        "path\nbasophil/0.png\n",
        "file_name;note\nbasophil\\0.png;x\n",
        "path,action\nbasophil/0.png,remove\nbasophil/1.png,keep\nbasophil/2.png,review\n",
        "path,status\nbasophil/0.png,removed\nbasophil/1.png,labelled\n",
        "\ufeffpath\n./basophil/0.png\nelsewhere/0.png\n",
    ],
)
def test_a_list_of_images_to_leave_out_in_any_form(cells, tmp_path, text):
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    assert excluded(tmp_path / "list.csv", open_source(cells)) == {"basophil/0.png"}


def test_a_list_that_leaves_nothing_out_by_mistake_is_refused(cli, cells, tmp_path):
    (tmp_path / "list.csv").write_text("path\nother/0.png\n")
    done = cli(
        "train", cells, "--recipe", "mobilenet_v3_small", "--out", tmp_path / "model",
        "--from", "none", "--exclude", tmp_path / "list.csv",
    )  # fmt: skip
    assert done.status == 1
    assert "none of its paths" in done.err


def test_too_few_images_are_one_sentence(cli, tmp_path):
    for number, name in enumerate(("basophil", "eosinophil")):
        (tmp_path / "cells" / name).mkdir(parents=True)
        for seed in range(2):
            save_picture(tmp_path / "cells" / name / f"{seed}.png", number, seed)
    done = cli(
        "train",
        tmp_path / "cells",
        "--recipe",
        "mobilenet_v3_small",
        "--from",
        "none",
        "--out",
        tmp_path / "model",
    )
    assert done.status == 1
    assert "needs 3 different ones" in done.err.splitlines()[-1]
    assert not list(tmp_path.glob("model*"))
