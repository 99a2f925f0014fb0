"""`train`: refusals before any work; real training is tested in tests/e2e."""

import shutil
from pathlib import Path

import pytest
from tiny_model import save_class_image

from engine.cli import train
from engine.cli.training_tables import read_excluded, read_groups, say_groups
from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem


def files_of(folder):
    return list(open_source(folder).scan(Job()))


def test_missing_recipe(cli, cells, tmp_path):
    done = cli("train", cells, "--recipe", "nonsense", "--out", tmp_path / "model")
    assert done.status == 1
    assert "mobilenet_v3_small" in done.sentence


def test_missing_folder(cli, tmp_path):
    done = cli("train", tmp_path / "no", "--recipe", "mobilenet_v3_small", "--out", tmp_path / "m")
    assert done.status == 1
    assert "no" in done.sentence


def test_missing_parent_model(cli, cells, tmp_path):
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


def test_existing_output_folder(cli, cells, tmp_path):
    done = cli("train", cells, "--recipe", "mobilenet_v3_small", "--out", tmp_path)
    assert done.status == 1
    assert str(tmp_path) in done.sentence


def test_findings_exclude_images_to_remove_only(cli, tiny, tmp_path):
    """Paths that look like formulas are escaped in the table and still match."""
    folder = tmp_path / "cells"
    wanted = set()
    for number, slide in enumerate(("-2026", "=slide", "+x", "@y", "plain", "Müller")):
        subfolder = folder / slide / "basophil"
        subfolder.mkdir(parents=True)
        save_class_image(subfolder / "a.png", number, 1)
        shutil.copy(subfolder / "a.png", subfolder / "copy.png")
        wanted.add(f"{slide}/basophil/copy.png")
    table = tmp_path / "findings.csv"
    done = cli("scan", folder, "--model", tiny, "--out", table, "--kinds", "exact_duplicate")
    assert done.status == 0, done.err
    assert "./=slide/basophil/copy.png" in table.read_text()
    chosen = read_excluded(table, files_of(folder))
    assert len(chosen) == len(wanted)
    kept = {
        path.replace("copy", "a") if "copy" in path else path.replace("/a.", "/copy.")
        for path in chosen
    }
    assert not chosen & kept
    assert {path.rpartition("/")[0] for path in chosen} == {
        path.rpartition("/")[0] for path in wanted
    }


def test_copies_with_conflicting_labels_are_not_excluded(cli, tiny, cells, tmp_path, capfd):
    """Nobody decided which of them is right, so neither leaves the training."""
    shutil.copy(cells / "basophil" / "0.png", cells / "monocyte" / "misfiled.png")
    shutil.copy(cells / "platelet" / "1.png", cells / "platelet" / "copy.png")
    table = tmp_path / "findings.csv"
    done = cli("scan", cells, "--model", tiny, "--out", table, "--kinds", "exact_duplicate")
    assert done.status == 0, done.err
    chosen = read_excluded(table, files_of(cells))
    assert len(chosen) == 1
    assert chosen < {"platelet/1.png", "platelet/copy.png"}
    assert "1 group of copies with conflicting labels was not left out" in capfd.readouterr().err


def test_only_conflicting_copies_exclude_nothing(cli, tiny, cells, tmp_path):
    shutil.copy(cells / "basophil" / "0.png", cells / "monocyte" / "misfiled.png")
    table = tmp_path / "findings.csv"
    done = cli("scan", cells, "--model", tiny, "--out", table, "--kinds", "exact_duplicate")
    assert done.status == 0, done.err
    assert read_excluded(table, files_of(cells)) == frozenset()


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
def test_read_excluded_accepts_all_forms(cells, tmp_path, text):
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    assert read_excluded(tmp_path / "list.csv", files_of(cells)) == {"basophil/0.png"}


def test_exclusions_without_a_match_are_refused(cli, cells, tmp_path):
    (tmp_path / "list.csv").write_text("path\nother/0.png\n")
    done = cli(
        "train", cells, "--recipe", "mobilenet_v3_small", "--out", tmp_path / "model",
        "--from", "none", "--exclude", tmp_path / "list.csv",
    )  # fmt: skip
    assert done.status == 1
    assert "none of its paths" in done.err


def test_too_few_images(cli, tmp_path):
    for number, name in enumerate(("basophil", "eosinophil")):
        (tmp_path / "cells" / name).mkdir(parents=True)
        for seed in range(2):
            save_class_image(tmp_path / "cells" / name / f"{seed}.png", number, seed)
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


def test_groups_of_the_split_come_from_a_table_or_from_subfolders(cells, tmp_path, capfd):
    files, classes = files_of(cells), load_class_set()
    table = tmp_path / "slides.csv"
    table.write_text(
        "Path;Slide\nbasophil/0.png; s1 \nC:\\cells\\basophil\\1.png;s1\nbasophil/2.png;\n"
    )
    groups = read_groups(f"{table}=slide", cells, files, classes)
    assert groups.group_by_path == {"basophil/0.png": "s1", "basophil/1.png": "s1"}
    say_groups("train.grouped", groups, len(files))
    assert "2 of 24 images in 1 group" in capfd.readouterr().err
    with pytest.raises(Problem, match="no subfolders"):
        read_groups("folder", cells, files, classes)


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("slides", "“slides” is not what --group-by takes"),
        ("slides.csv=patient", "no column “patient”"),
        ("slides.csv=slide", "No row"),
        ("absent.csv=slide", "absent.csv"),
    ],
)
def test_groups_that_cannot_be_used_start_nothing(
    cli, cells, tmp_path, monkeypatch, option, sentence
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "slides.csv").write_text("path,slide\nelsewhere.png,1\n")
    done = cli(
        "train",
        cells,
        "--recipe",
        "simple_cnn",
        "--out",
        "model",
        "--group-by",
        option,
        "--from",
        "none",
    )
    assert done.status == 1
    assert sentence in done.sentence
    assert not list(tmp_path.glob("model*"))


def test_nothing_to_resume_is_said(cli, tmp_path):
    (tmp_path / "in/monocyte").mkdir(parents=True)
    save_class_image(tmp_path / "in/monocyte/a.png", 5)
    words = ("train", tmp_path / "in", "--recipe", "mobilenet_v3_small", "--from", "none")
    done = cli(*words, "--out", tmp_path / "model", "--resume")
    assert done.status == 1
    assert "no unfinished training" in done.err.splitlines()[0]


def test_programs_with_their_own_fit_read_the_same_options():
    args = train.parse_options(
        ["cells", "--recipe", "simple_cnn", "--out", "model", "--beside", "x=0.2"]
    )
    assert (args.folder, args.recipe, args.out) == ("cells", "simple_cnn", Path("model"))
    assert args.argv[0] == "cells"
    with pytest.raises(SystemExit):
        train.parse_options(["cells"])
