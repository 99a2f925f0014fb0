import pytest

from engine.images.class_set import load_class_set
from engine.images.folder_layout import FolderLabel, label_subfolders, parse_split

BLOOD8 = load_class_set()


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train", "train"),
        ("Training_Set", "train"),
        ("val", "val"),
        ("Validation", "val"),
        ("TEST", "test"),
        ("test-set", "test"),
        ("tests of Monday", None),
        ("neutrophil", None),
    ],
)
def test_parse_split(name, split):
    assert parse_split(name) == split


def labels(names, parent=None, below=None):
    found = label_subfolders(parent or FolderLabel(), names, below or {}, BLOOD8)
    return {name: folder.label for name, folder in found.items()}


def test_class_names_and_synonyms_are_labels():
    assert labels(["IG", "Neutrophils"]) == {
        "IG": "immature_granulocyte",
        "Neutrophils": "neutrophil",
    }


def test_unknown_name_beside_classes_is_a_class():
    assert labels(["IG", "smudge cells"])["smudge cells"] == "smudge cells"


def test_unknown_names_alone_are_not_classes():
    assert labels(["slide 1", "slide 2"]) == {"slide 1": None, "slide 2": None}


@pytest.mark.parametrize("name", ["images", "unlabelled", "Unknown", "data", "cells"])
def test_neutral_names_are_not_classes(name):
    assert labels(["IG", name])[name] is None


def test_subfolders_inherit_the_class():
    parent = FolderLabel("neutrophil")
    assert labels(["slide 1", "band"], parent) == {"slide 1": "neutrophil", "band": "neutrophil"}


def test_innermost_class_wins():
    assert labels(["basophil"], FolderLabel("neutrophil"))["basophil"] == "basophil"


def test_split_above_the_class():
    found = label_subfolders(
        FolderLabel(), ["train", "val"], {"train": ["IG"], "val": ["IG"]}, BLOOD8
    )
    assert found["train"].split == "train"
    assert label_subfolders(found["train"], ["IG"], {}, BLOOD8)["IG"] == FolderLabel(
        "immature_granulocyte", "train"
    )


def test_split_below_the_class():
    assert label_subfolders(FolderLabel("monocyte"), ["test"], {}, BLOOD8)["test"] == FolderLabel(
        "monocyte", "test"
    )


def test_name_in_two_splits_is_a_class():
    below = {"train": ["cats", "dogs", "images"], "test": ["cats", "dogs", "images", "odd"]}
    found = label_subfolders(FolderLabel(), ["train", "test"], below, BLOOD8)
    assert labels(["cats", "dogs", "images", "odd"], found["test"]) == {
        "cats": "cats",
        "dogs": "dogs",
        "images": None,
        "odd": None,
    }


def test_names_in_one_split_only_are_not_classes():
    below = {"train": ["patient 1", "patient 2"], "test": ["patient 3"]}
    found = label_subfolders(FolderLabel(), ["train", "test"], below, BLOOD8)
    assert labels(["patient 1", "patient 2"], found["train"]) == {
        "patient 1": None,
        "patient 2": None,
    }


def test_unicode_forms_give_one_label():
    assert labels(["IG", "caf\u00e9"])["caf\u00e9"] == labels(["IG", "cafe\u0301"])["cafe\u0301"]
