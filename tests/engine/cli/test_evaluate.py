"""`evaluate`: its files, and folders with missing labels or images."""

import csv
import json
import shutil
import warnings

import numpy as np
import pytest
from PIL import Image
from tiny_model import CLASSES, save_class_image
from tiny_model import class_image as tiny_picture
from trained_bundle import write_trained_bundle

FILES = [
    "confusion.csv", "confusion.png", "left_out.csv", "metrics.json", "per_class.csv",
    "properties.csv", "seen.csv", "slices.csv", "spurious.csv",
]  # fmt: skip
KEYS = {
    "n", "accuracy", "accuracy_interval", "balanced_accuracy", "precision_weighted", "recall_weighted",
    "f1_macro", "roc_auc", "ece", "per_class", "confusion", "classes", "basis", "seen", "definitions",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture
def evaluate(cli, tiny, tmp_path):
    """Return a function that evaluates a folder into `results` and returns the outcome and the metrics."""

    def call(folder, model=tiny):
        done = cli("evaluate", folder, "--model", model, "--out", tmp_path / "results")
        metrics = tmp_path / "results/metrics.json"
        return done, json.loads(metrics.read_bytes()) if metrics.exists() else None

    return call


def table(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_evaluate_a_labelled_folder(evaluate, cells, tmp_path):
    shutil.move(cells / "monocyte/0.png", cells / "platelet/wrong.png")
    done, metrics = evaluate(cells)
    assert done.status == 0
    assert "95.8%" in done.err
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == FILES
    assert set(metrics) == KEYS
    assert metrics["classes"] == list(CLASSES)
    assert metrics["n"] == 24
    assert metrics["accuracy"] == pytest.approx(23 / 24)
    assert metrics["confusion"][CLASSES.index("platelet")][CLASSES.index("monocyte")] == 1
    assert metrics["per_class"]["platelet"]["recall"] == 0.75
    assert "one-vs-rest" in metrics["definitions"]["roc_auc"]
    assert "15 equal-width bins" in metrics["definitions"]["ece"]
    assert set(metrics["definitions"]) <= KEYS

    confusion = table(tmp_path / "results/confusion.csv")
    assert confusion[0] == ["label", *CLASSES]
    assert [[int(cell) for cell in row[1:]] for row in confusion[1:]] == metrics["confusion"]
    per_class = table(tmp_path / "results/per_class.csv")
    assert per_class[0] == ["class", "n", "precision", "recall", "f1", "auc"]
    assert per_class[-1][:4] == ["platelet", "4", "1.000000", "0.750000"]
    assert table(tmp_path / "results/left_out.csv") == [["path", "label", "problem"]]
    with Image.open(tmp_path / "results/confusion.png") as picture:
        assert min(picture.size) > 600
    # This model does not list its training images.
    assert (metrics["basis"], metrics["seen"]) == ("unknown", None)
    assert "does not list its training images" in done.err
    assert table(tmp_path / "results/seen.csv") == [["path", "label", "predicted"]]


@pytest.fixture
def distinct(tmp_path):
    """Return a folder of 24 different images, three per class."""
    folder = tmp_path / "distinct"
    for number, name in enumerate(CLASSES):
        (folder / name).mkdir(parents=True)
        for index in range(3):
            save_class_image(folder / name / f"{index}.png", number, 100 * number + index + 1)
    return folder


def test_training_images_are_reported_separately(evaluate, distinct, tiny, tmp_path):
    # A training image under a wrong label, so that both accuracies are known.
    (distinct / "platelet/wrong.png").write_bytes((distinct / "monocyte/0.png").read_bytes())
    (distinct / "monocyte/0.png").unlink()
    learned = [*sorted(distinct.glob("*/0.png")), distinct / "platelet/wrong.png"]
    model = write_trained_bundle(tiny, learned, tmp_path / "taught")
    # A copy of another size and format counts as seen too.
    with Image.open(distinct / "basophil/0.png") as picture:
        picture.resize((96, 96)).save(distinct / "basophil/again.jpg", quality=90)
    done, metrics = evaluate(distinct, model)
    assert done.status == 0
    assert metrics["basis"] == "unseen"
    assert (metrics["n"], metrics["accuracy"]) == (16, 1.0)
    assert metrics["seen"]["n"] == 9
    assert metrics["seen"]["accuracy"] == pytest.approx(8 / 9)
    rows = table(tmp_path / "results/seen.csv")[1:]
    assert {row[0] for row in rows} == {
        *(path.relative_to(distinct).as_posix() for path in learned), "basophil/again.jpg",
    }  # fmt: skip
    assert ["platelet/wrong.png", "platelet", "monocyte"] in rows
    assert "Accuracy 100.0% on 16 images" in done.err
    assert "On 9 images that it was trained on" in done.err


def test_all_images_are_training_images(evaluate, distinct, tiny, tmp_path):
    model = write_trained_bundle(tiny, sorted(distinct.glob("*/*.png")), tmp_path / "taught")
    done, metrics = evaluate(distinct, model)
    assert (metrics["basis"], metrics["n"], metrics["seen"]) == ("seen", 24, None)
    assert "trained on all of these images" in done.err
    assert len(table(tmp_path / "results/seen.csv")) == 25


def test_class_synonyms(evaluate, cells):
    (cells / "immature_granulocyte").rename(cells / "IG")
    _, metrics = evaluate(cells)
    assert metrics["accuracy"] == 1.0
    assert metrics["per_class"]["immature_granulocyte"]["n"] == 3


def test_unknown_labels_and_bad_files_are_listed(evaluate, cells, tmp_path):
    (cells / "smudge cell").mkdir()
    save_class_image(cells / "smudge cell/=a.png", 1)
    save_class_image(cells / "smudge cell/b.png", 1)
    (cells / "monocyte/zero.png").write_bytes(b"")
    done, metrics = evaluate(cells)
    assert done.status == 0
    assert metrics["n"] == 24
    assert "smudge cell (2)" in done.err
    left_out = table(tmp_path / "results/left_out.csv")[1:]
    assert [row[0] for row in left_out] == [
        "monocyte/zero.png",
        "smudge cell/=a.png",
        "smudge cell/b.png",
    ]
    assert all(row[2] for row in left_out)


def test_single_class(evaluate, cells):
    for name in CLASSES[1:]:
        shutil.rmtree(cells / name)
    done, metrics = evaluate(cells)
    assert done.status == 0
    assert metrics["n"] == 3
    assert metrics["roc_auc"] is None
    assert metrics["per_class"]["platelet"] == {
        "n": 0, "precision": None, "recall": None, "f1": None, "auc": None,
    }  # fmt: skip


def test_single_image(evaluate, tmp_path):
    (tmp_path / "in/monocyte").mkdir(parents=True)
    save_class_image(tmp_path / "in/monocyte/a.png", 5)
    done, metrics = evaluate(tmp_path / "in")
    assert done.status == 0
    assert (metrics["n"], metrics["accuracy"]) == (1, 1.0)


def test_labelled_archive(evaluate, tmp_path):
    numbers = [0, 1, 2, 3, 3]
    pixels = np.stack([tiny_picture(number) for number in numbers])
    np.savez(tmp_path / "cells.npz", images=pixels, labels=[0, 1, 2, 3, 4])
    done, metrics = evaluate(tmp_path / "cells.npz")
    assert done.status == 0, done.err
    assert metrics["accuracy"] == 0.8


@pytest.mark.parametrize("kind", ["flat", "empty", "unknown", "unreadable"])
def test_nothing_to_evaluate(evaluate, tmp_path, kind):
    folder = tmp_path / "in"
    folder.mkdir()
    if kind == "flat":
        save_class_image(folder / "a.png", 0)
    if kind == "unknown":
        (folder / "dust").mkdir()
        save_class_image(folder / "dust/a.png", 0)
    if kind == "unreadable":
        (folder / "monocyte").mkdir()
        (folder / "monocyte/a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done, metrics = evaluate(folder)
    assert done.status == 1
    assert ("no images" if kind == "empty" else "nothing to evaluate") in done.err
    assert metrics is None


def test_output_path_is_a_file(cli, cells, tiny, tmp_path):
    (tmp_path / "file").write_bytes(b"kept")
    done = cli("evaluate", cells, "--model", tiny, "--out", tmp_path / "file")
    assert done.status == 1
    assert "is a file" in done.sentence
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_later_results_replace_earlier_ones(evaluate, cells):
    evaluate(cells)
    shutil.rmtree(cells / "monocyte")
    _, metrics = evaluate(cells)
    assert metrics["n"] == 21


def test_slices_name_the_folder_with_the_errors_and_a_property_that_tells_a_class(
    evaluate, tmp_path
):
    # Platelets are recognised in one folder and labelled wrongly in the other; all others are small.
    for seed in range(25):
        for folder, label, number in (
            ("a", "platelet", 7),
            ("b", "basophil", 7),
            ("b", "monocyte", 5),
        ):
            target = tmp_path / "slides" / folder / label / f"{seed}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            edge = 60 if label == "monocyte" else 40
            Image.fromarray(tiny_picture(number, edge, seed)).save(target)
    done, _ = evaluate(tmp_path / "slides")
    assert done.status == 0
    rows = table(tmp_path / "results/slices.csv")
    assert rows[0][:4] == ["property", "values", "n", "accuracy"]
    worst = rows[1]
    assert worst[:2] == ["folder", "b/basophil"]
    assert (worst[2], float(worst[3])) == ("25", 0)
    assert "b/basophil" in done.err
    # The slide is the subfolder without the folders of classes.
    slides = {row[1]: (row[2], float(row[3])) for row in rows if row[0] == "slide"}
    assert slides == {"a": ("25", 1), "b": ("50", 0.5)}
    spurious = table(tmp_path / "results/spurious.csv")[1:]
    assert ["size", "monocyte", "1.000000", "higher"] in [row[:4] for row in spurious]
    assert "alone separates the images of" in done.err
    properties = table(tmp_path / "results/properties.csv")
    assert len(properties) == 76
    by_path = {row[0]: dict(zip(properties[0], row, strict=True)) for row in properties[1:]}
    assert by_path["b/monocyte/0.png"]["size"] == "60"


def test_slices_by_the_slides_of_a_table(cli, cells, tiny, tmp_path):
    lines = ["path,smear"]
    for name, number in (("basophil", 0), ("monocyte", 5)):
        for seed in range(30):
            target = tmp_path / "slides" / name / f"{seed}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(tiny_picture(number, 40, seed)).save(target)
            lines.append(f"{name}/{seed}.png,{'S1' if seed < 20 else ''}")
    (tmp_path / "smears.csv").write_text("\n".join(lines))
    groups = f"{tmp_path / 'smears.csv'}=smear"
    folder, out = str(tmp_path / "slides"), str(tmp_path / "results")
    command = ["evaluate", folder, "--model", str(tiny), "--out", out, "--group-by"]
    assert cli(*command, groups).status == 0
    rows = table(tmp_path / "results/slices.csv")
    # Images of no slide are in none.
    assert [row[1:3] for row in rows if row[0] == "slide"] == [["S1", "40"]]
    assert "Slides in slices.csv: 1, with 40 of 60 images." in cli(*command, groups).err
    for wrong in (f"{tmp_path / 'smears.csv'}=nothing", "smears"):
        done = cli(*command, wrong)
        assert done.status == 1
        assert "split" not in done.err
    # Without subfolders all images are one slide.
    done = cli(*command, "folder")
    assert done.status == 0
    assert "all images count as one slide" in done.err
    rows = table(tmp_path / "results/slices.csv")
    assert [row[1:3] for row in rows if row[0] == "slide"] == []


def test_help_lists_each_file_on_a_line_of_its_own(cli):
    lines = cli("evaluate", "--help").out.splitlines()
    listed = lines[lines.index("files in DIR:") + 1 :]
    assert sorted(line.split()[0] for line in listed if line[2:3] != " ") == FILES
