"""Unknown folder names: which are asked about, what they resemble, and labels by a mapping."""

from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from engine.curate.scan_process import decode_files, encode_files
from engine.images.class_set import load_class_set
from engine.images.folder_names import (
    MappedSource,
    count_folder_names,
    find_unknown_folders,
    label_by_folder_names,
)
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job

CLASSES = {
    cell_class.id: [cell_class.id, cell_class.name, *cell_class.synonyms]
    for cell_class in load_class_set().classes
}


def make_images(root: Path, *paths: str) -> Path:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8)).save(file)
    return root


def unknown_names(root: Path, mapping: dict[str, str | None] | None = None):
    records = open_source(root).scan(Job())
    return find_unknown_folders(count_folder_names(records), CLASSES, mapping or {})


def test_names_of_another_language_are_asked_about(tmp_path):
    make_images(tmp_path, "Neutrófilos/slide 1/a.png", "Linfócitos/slide 1/b.png", "Blastos/c.png")
    found = unknown_names(tmp_path)
    assert [(folder.name, folder.images, folder.suggestion) for folder in found] == [
        ("Blastos", 1, None),
        ("Linfócitos", 1, "lymphocyte"),
        ("Neutrófilos", 1, "neutrophil"),
    ]


def test_names_below_splits_are_asked_about(tmp_path):
    make_images(tmp_path, "train/01_lympho/a.png", "test/01_lympho/b.png", "test/02_mono/c.png")
    assert [(folder.name, folder.images) for folder in unknown_names(tmp_path)] == [
        ("01_lympho", 2),
        ("02_mono", 1),
    ]


def test_name_beside_classes_is_asked_about(tmp_path):
    make_images(tmp_path, "neutrophil/a.png", "smudge cells/b.png", "unknown/c.png")
    assert [folder.name for folder in unknown_names(tmp_path)] == ["smudge cells"]


@pytest.mark.parametrize(
    "names",
    [
        ["slide 1", "slide 2"],
        ["2024-05-01", "2024-05-02"],
        ["Smith"],
        [f"name {letter}" * 2 for letter in "abcdefghijklmno"],
        ["neutrophil", "lymphocyte"],
        ["images", "unknown"],
    ],
)
def test_folders_that_are_no_classes_are_not_asked_about(tmp_path, names):
    make_images(tmp_path, *(f"{name}/a.png" for name in names))
    assert not unknown_names(tmp_path)


def test_names_in_another_script_are_asked_about(tmp_path):
    make_images(tmp_path, "中性粒细胞/a.png", "淋巴细胞/b.png")
    assert len(unknown_names(tmp_path)) == 2


def test_answered_names_are_not_asked_about_again(tmp_path):
    make_images(tmp_path, "Neutrófilos/a.png", "Linfócitos/b.png", "Blastos/c.png")
    mapping = {"Neutrófilos": "neutrophil", "Linfócitos": "lymphocyte", "Blastos": None}
    assert not unknown_names(tmp_path, mapping)
    make_images(tmp_path, "Monocitos velhos/d.png", "Artefatos/e.png")
    found = unknown_names(tmp_path, mapping)
    assert [folder.name for folder in found] == ["Artefatos", "Monocitos velhos"]


def test_labels_follow_the_mapping(tmp_path):
    make_images(
        tmp_path,
        "Neutrófilos/slide 1/a.png",
        "monocyte/Neutrófilos/b.png",
        "smudge cells/c.png",
        "Blastos/d.png",
    )
    mapping = {"Neutrófilos": "neutrophil", "smudge cells": "lymphocyte", "Blastos": None}
    source = MappedSource(open_source(tmp_path), mapping)
    labels = {record.path: record.label for record in source.scan(Job())}
    assert labels == {
        "Neutrófilos/slide 1/a.png": "neutrophil",
        # A folder with the name of a class labels everything below it.
        "monocyte/Neutrófilos/b.png": "monocyte",
        "smudge cells/c.png": "lymphocyte",
        "Blastos/d.png": "Blastos",
    }


def test_labels_of_an_archive_follow_the_mapping():
    record = ImageRecord("a.npz/0", "Linfócitos", None, 1, 1, folder_names=("Linfócitos",))
    assert label_by_folder_names(record, {"Linfócitos": "lymphocyte"}).label == "lymphocyte"


def test_names_reach_the_child_process():
    record = ImageRecord("a/b.png", None, None, 1, 1, folder_names=("a",))
    (decoded,) = decode_files(encode_files([record]))
    assert decoded == record
    assert count_folder_names([decoded]) == Counter({(("a",), None): 1})
