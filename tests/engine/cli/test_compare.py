"""`compare` and `recipes`, with real bundles that classify colours."""

import csv

import tiny_model
from tiny_model import class_colour, make_tiny_bundle, save_class_image
from trained_bundle import write_trained_bundle

CLASSES = ("basophil", "monocyte")


def folder_of(path, each=60):
    for number, name in enumerate(CLASSES):
        (path / name).mkdir(parents=True)
        for index in range(each):
            save_class_image(path / name / f"{index}.png", number, seed=number * 1000 + index)
    return path


def test_compare_two_models(cli, tmp_path):
    images = folder_of(tmp_path / "images")
    first = make_tiny_bundle(tmp_path / "one", classes=CLASSES, name="one")
    second = make_tiny_bundle(tmp_path / "two", classes=CLASSES, name="two")
    done = cli(
        "compare", first, second, "--data", images, "--out", tmp_path / "out", "--corrupted", 4
    )
    assert done.status == 0, done.sentence
    with (tmp_path / "out" / "comparison.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["model"] for row in rows] == ["one", "two"]
    assert float(rows[0]["accuracy"]) == 1
    assert 0 <= float(rows[0]["robustness"]) <= 1
    with (tmp_path / "out" / "verdicts.csv").open(newline="") as file:
        [verdict] = csv.DictReader(file)
    # No errors in 120 images: too few to exclude a difference of half a point.
    assert verdict["verdict"] == "cannot_tell"
    assert float(verdict["difference"]) == 0


def test_best_model_comes_first_and_is_compared_with_the_first_given(cli, tmp_path, monkeypatch):
    images = folder_of(tmp_path / "images", 6)
    with monkeypatch.context() as patch:
        # A network that takes the colour of each class for that of the other.
        patch.setattr(tiny_model, "class_colour", lambda number: class_colour(1 - number))
        worse = make_tiny_bundle(tmp_path / "worse", classes=CLASSES, name="worse")
    better = make_tiny_bundle(tmp_path / "better", classes=CLASSES, name="better")
    done = cli("compare", worse, better, "--data", images, "--out", tmp_path / "out")
    assert done.status == 0, done.err
    with (tmp_path / "out" / "comparison.csv").open(newline="") as file:
        rows = [(row["model"], float(row["accuracy"])) for row in csv.DictReader(file)]
    assert rows == [("better", 1), ("worse", 0)]
    with (tmp_path / "out" / "verdicts.csv").open(newline="") as file:
        [verdict] = csv.DictReader(file)
    assert (verdict["model"], verdict["against"]) == ("better", "worse")


def test_models_with_different_classes_are_refused(cli, tmp_path):
    images = folder_of(tmp_path / "images", 2)
    first = make_tiny_bundle(tmp_path / "one", classes=CLASSES)
    two = make_tiny_bundle(tmp_path / "two", classes=("basophil", "platelet"))
    done = cli("compare", first, two, "--data", images, "--out", tmp_path / "out")
    assert done.status == 1
    assert "classes" in done.sentence


def test_training_images_are_left_out(cli, tmp_path):
    images = folder_of(tmp_path / "images", 5)
    plain = make_tiny_bundle(tmp_path / "plain", classes=CLASSES)
    first = write_trained_bundle(
        plain, [images / "basophil/0.png", images / "monocyte/4.png"], tmp_path / "one"
    )
    two = write_trained_bundle(plain, [images / "monocyte/1.png"], tmp_path / "two")
    done = cli("compare", first, two, "--data", images, "--out", tmp_path / "out")
    assert done.status == 0, done.err
    assert "on 7 images (3 that a model was trained on were left out)" in done.err
    assert "does not list" not in done.err
    with (tmp_path / "out/kept_out.csv").open(newline="") as file:
        kept_out = {row["path"] for row in csv.DictReader(file)}
    assert kept_out == {"basophil/0.png", "monocyte/4.png", "monocyte/1.png"}
    both = write_trained_bundle(plain, sorted(images.glob("*/*.png")), tmp_path / "both")
    done = cli("compare", first, both, "--data", images, "--out", tmp_path / "out")
    assert done.status == 1
    assert "trained on every labelled image (10)" in done.sentence
    done = cli("compare", first, plain, "--data", images, "--out", tmp_path / "out")
    assert "tiny does not list its training images" in done.err


def test_recipes_are_listed(cli):
    done = cli("recipes")
    assert done.status == 0
    assert "efficientnet_b4_5_final" in done.out
