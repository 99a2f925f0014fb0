"""Split groups: the images of one slide stay on one side of the split."""

import msgspec
import numpy as np
import pytest
from tiny_model import save_class_image

from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.train.recipe import Recipe, load_recipe
from engine.train.split_groups import find_slides, group_by_column, group_by_folder
from engine.train.training import train


def test_subfolders_above_and_below_the_class_folder_are_groups():
    paths = (
        "a7/lymphocyte/1.png",
        "lymphocyte/a7/2.png",
        "train/monocyte/b/3.png",
        "monocyte/4.png",
        "Linfociti/c/5.png",
        "6.png",
    )
    groups = group_by_folder(paths, load_class_set(), class_folders=("Linfociti",))
    assert groups.origin == "folder"
    assert groups.of_paths(paths) == ["a7", "a7", "b", None, "c", None]


def test_class_folders_alone_are_no_groups():
    with pytest.raises(Problem) as caught:
        group_by_folder(["lymphocyte/1.png", "test/Monocytes/2.png"], load_class_set())
    assert caught.value.message.id == "train.no_subfolders"


def test_a_column_names_groups_and_paths_the_others():
    paths = ("lymphocyte/1.png", "monocyte/2.png", "monocyte/3.png", "slide 9/monocyte/4.png")
    rows = [
        ("lymphocyte/1.png", "s1"),
        ("C:\\cells\\monocyte\\2.png", "s2"),
        ("monocyte/3.png", ""),
    ]
    groups = group_by_column("slide", rows, paths)
    assert groups.origin == "slide"
    assert groups.of_paths(paths) == ["s1", "s2", None, "slide9"]
    assert groups.below("home").of_paths(["home/lymphocyte/1.png"]) == ["s1"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([], "train.groups_fit_nothing"),
        ([("z.png", "1")], "train.groups_fit_nothing"),
        ([("a.png", "1"), ("a.png", "2")], "train.two_groups"),
    ],
)
def test_useless_rows_are_refused(rows, problem):
    with pytest.raises(Problem) as caught:
        group_by_column("slide", rows, ["a.png", "b.png"])
    assert caught.value.message.id == problem


def _cells(folder):
    number = 0
    for class_id in ("lymphocyte", "monocyte"):
        for plate in range(8):
            for image in range(4):
                file = folder / f"p{plate}" / class_id / f"{image}.png"
                file.parent.mkdir(parents=True, exist_ok=True)
                number += 1
                save_class_image(file, class_id == "monocyte", seed=number)
    return folder


@pytest.mark.parametrize("grouped", [True, False])
def test_training_divides_no_group(tmp_path, grouped):
    """The request that reaches the network has each subfolder in one part, with groups named only."""
    folder = _cells(tmp_path / "cells")
    source, request = open_source(folder), {}

    def fit(job, sent):
        request.update(sent)
        raise Problem("train.nothing_yet")

    paths = [entry.path for entry in source.scan(Job())]
    recipe = msgspec.structs.replace(load_recipe("simple_cnn"), start="none")
    assert isinstance(recipe, Recipe)
    groups = group_by_folder(paths, load_class_set()) if grouped else None
    with pytest.raises(Problem, match="No epoch"):
        train(Job(), source, recipe, tmp_path / "model", split_groups=groups, fit=fit)
    plates = np.array([path.partition("/")[0] for path in paths])
    divided = [plate for plate in set(plates) if len(set(request["split"][plates == plate])) > 1]
    assert bool(divided) is not grouped
    assert set(request["split"]) == {0, 1, 2}


def test_slides_by_subfolder_else_by_name_else_none():
    classes = load_class_set()
    by_folder = find_slides(["s1/basophil/a.png", "basophil/b.png"], classes)
    assert by_folder == ["s1", None]
    assert find_slides(["basophil/slide_3-a.png", "basophil/b.png"], classes) == ["slide3", None]
