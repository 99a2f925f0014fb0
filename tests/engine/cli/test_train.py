"""`train`: what is refused before any work; real training is tested end to end."""


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
