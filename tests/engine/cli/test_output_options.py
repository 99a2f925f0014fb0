"""Outputs that get in each other's way are named before anything is read or made."""

import pytest


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        ("classify cells --out x --maps x", "--out and --maps are the same path"),
        ("classify cells --out x --maps ./y/../x", "--out and --maps are the same path"),
        ("classify cells --out x --maps x/maps", "--out is a file, so --maps cannot lie in it"),
        ("scan cells --out x --quarantine x", "--out and --quarantine are the same path"),
        ("scan cells --out x/y --quarantine x/y/z", "--out is a file, so --quarantine"),
        ("cells cells --out x --crops x", "--out and --crops are the same path"),
        ("cells cells --out x --boxes x", "--out and --boxes are the same path"),
        ("cells cells --crops x --boxes x", "--crops and --boxes are the same path"),
        ("cells cells --crops x --boxes x/y", "--boxes lies in the folder of --crops"),
        ("cells cells --crops x/y --boxes x", "--crops lies in the folder of --boxes"),
        ("cells cells --out x/y.csv --boxes x", "--out lies in the folder of --boxes"),
        ("classify cells --maps -", "--maps cannot be -, which is standard output"),
        ("scan cells --quarantine -", "--quarantine cannot be -"),
        ("evaluate cells --out -", "--out cannot be -"),
        ("report cells --out -", "--out cannot be -"),
        ("compare tiny --data cells --out -", "--out cannot be -"),
        ("train cells --recipe mobilenet_v3_small --out -", "--out cannot be -"),
        ("export-model keras --out -", "--out cannot be -"),
        ("export cells --as folder --out -", "--out - is for csv; folder needs the name"),
        ("export cells --as npz --out -", "--out - is for csv; npz needs the name"),
    ],
)  # fmt: skip
def test_conflicts_of_outputs(cli, tmp_path, cells, monkeypatch, argv, sentence):
    monkeypatch.chdir(tmp_path)
    done = cli(*argv.split())
    assert (done.status, done.out) == (2, "")
    assert sentence in done.sentence
    assert [path.name for path in tmp_path.iterdir()] == ["cells"]


def test_a_table_may_lie_beside_its_heat_maps(cli, tmp_path, cells, tiny):
    out = tmp_path / "out"
    assert not cli("classify", cells, "--model", tiny, "--out", out / "r.csv", "--maps", out).status
    assert (out / "r.csv").is_file()
    assert (out / "monocyte/0.png.png").is_file()


@pytest.mark.parametrize(
    "argv",
    [
        "classify {cells} --model {tiny} --out {file}/x.csv --maps {new}/maps",
        "classify {cells} --model {tiny} --out {new}/x/x.csv --maps {file}",
        "cells {cells} --model {tiny} --out {file}/x.csv --crops {new}/crops",
        "cells {cells} --model {tiny} --out {new}/x.csv --crops {file}",
        "cells {cells} --model {tiny} --crops {new}/crops --boxes {file}",
    ],
)  # fmt: skip
def test_a_refused_output_leaves_no_folder_for_another(cli, tmp_path, cells, tiny, argv):
    file, new = tmp_path / "file", tmp_path / "new"
    file.write_text("mine")
    done = cli(*argv.format(cells=cells, tiny=tiny, file=file, new=new).split())
    assert done.status == 1
    assert not new.exists()
    assert file.read_text() == "mine"
