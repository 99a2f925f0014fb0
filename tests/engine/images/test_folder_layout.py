import pytest

from engine.images.class_set import load_class_set
from engine.images.folder_layout import Place, places, split_of

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
def test_split_names(name, split):
    assert split_of(name) == split


def labels(names, inside=None, below=None):
    found = places(inside or Place(), names, below or {}, BLOOD8)
    return {name: place.label for name, place in found.items()}


def test_known_names_and_synonyms_are_classes():
    assert labels(["IG", "Neutrophils"]) == {
        "IG": "immature_granulocyte",
        "Neutrophils": "neutrophil",
    }


def test_a_stranger_among_classes_is_a_class_of_its_own_name():
    assert labels(["IG", "smudge cells"])["smudge cells"] == "smudge cells"


def test_strangers_alone_are_slides_or_patients():
    assert labels(["slide 1", "slide 2"]) == {"slide 1": None, "slide 2": None}


@pytest.mark.parametrize("name", ["images", "unlabelled", "Unknown", "data", "cells"])
def test_a_word_that_says_nothing_is_no_class(name):
    assert labels(["IG", name])[name] is None


def test_folders_below_a_class_keep_it():
    inside = Place("neutrophil")
    assert labels(["slide 1", "band"], inside) == {"slide 1": "neutrophil", "band": "neutrophil"}


def test_the_innermost_class_wins():
    assert labels(["basophil"], Place("neutrophil"))["basophil"] == "basophil"


def test_a_split_above_the_class():
    found = places(Place(), ["train", "val"], {"train": ["IG"], "val": ["IG"]}, BLOOD8)
    assert found["train"].split == "train"
    assert places(found["train"], ["IG"], {}, BLOOD8)["IG"] == Place(
        "immature_granulocyte", "train"
    )


def test_a_split_below_the_class():
    assert places(Place("monocyte"), ["test"], {}, BLOOD8)["test"] == Place("monocyte", "test")


def test_a_name_that_two_splits_share_is_a_class():
    below = {"train": ["cats", "dogs", "images"], "test": ["cats", "dogs", "images", "odd"]}
    found = places(Place(), ["train", "test"], below, BLOOD8)
    assert labels(["cats", "dogs", "images", "odd"], found["test"]) == {
        "cats": "cats",
        "dogs": "dogs",
        "images": None,
        "odd": None,
    }


def test_patients_that_are_in_one_split_only_are_no_classes():
    below = {"train": ["patient 1", "patient 2"], "test": ["patient 3"]}
    found = places(Place(), ["train", "test"], below, BLOOD8)
    assert labels(["patient 1", "patient 2"], found["train"]) == {
        "patient 1": None,
        "patient 2": None,
    }


def test_composed_and_decomposed_names_are_one_label():
    assert labels(["IG", "caf\u00e9"])["caf\u00e9"] == labels(["IG", "cafe\u0301"])["cafe\u0301"]
