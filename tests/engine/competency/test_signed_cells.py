"""Signed cells: found in the valid signed projects of other folders, unchanged ones only, nothing written."""

import shutil

import numpy as np
import pytest
from signed_folders import sign_folder
from tiny_model import CLASSES, make_tiny_bundle

from engine.competency.signed_cells import find_signed_cells
from engine.jobs import Job
from engine.project.project import Project

BASOPHIL, MONOCYTE = CLASSES[0], CLASSES[5]


@pytest.fixture
def bundle(tmp_path):
    """Return a small real model."""
    return make_tiny_bundle(tmp_path / "model")


@pytest.fixture
def slide(tmp_path, bundle):
    """Return a signed folder of two classes, and its project file."""
    root = tmp_path / "slide 7"
    return root, sign_folder(root, bundle, (0, 5))


def find(**options):
    return find_signed_cells(Job(), {BASOPHIL: 3, "platelet": 3}, **options)


def test_cells_of_the_wanted_classes_say_where_they_come_from(slide):
    root, file = slide
    before = file.read_bytes()
    found = find()
    assert found["platelet"] == []
    cells = found[BASOPHIL]
    assert len({cell.content for cell in cells}) == 3
    for cell in cells:
        assert (cell.project, cell.who, cell.root) == ("slide 7", "Anna", root)
        assert cell.path.startswith(f"{BASOPHIL}/")
        assert cell.source.load(cell.record).content_hash == cell.content
    # Neither changed nor locked: an archived project stays as it was signed.
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(file.name)] == [
        file.name
    ]


def test_a_project_that_another_window_has_open_is_read_and_stays_writable(slide):
    with Project.open(slide[1]) as other:
        assert len(find()[BASOPHIL]) == 3
        assert other.apply("note", [("basophil/s0.png", "note", "x")], who="Eve") is not None


def test_the_open_folder_and_copies_of_its_images_are_left_out(slide):
    assert find(exclude_root=slide[0])[BASOPHIL] == []
    here = find()[BASOPHIL][0].content
    assert here not in {cell.content for cell in find(exclude_contents=[here])[BASOPHIL]}


def test_a_void_sign_off_vouches_for_nothing(slide):
    with Project.open(slide[1]) as project:
        project.apply("label", [("basophil/s0.png", "label", "monocyte")], who="Bob")
    assert find()[BASOPHIL] == []


def test_absent_folders_and_damaged_projects_are_left_out(slide, tmp_path, bundle):
    absent = tmp_path / "absent"
    sign_folder(absent, bundle, (0,))
    shutil.rmtree(absent)
    damaged = sign_folder(tmp_path / "damaged", bundle, (0,))
    damaged.write_bytes(damaged.read_bytes()[:5000])
    assert {cell.project for cell in find()[BASOPHIL]} == {"slide 7"}


def test_changed_images_and_copies_are_left_out(slide):
    root, _ = slide
    folder = root / BASOPHIL
    for number in range(5):
        shutil.copy(root / MONOCYTE / "s1.png", folder / f"s{number}.png")
    cells = find()[BASOPHIL]
    assert {cell.path for cell in cells} <= {f"{BASOPHIL}/s{number}.png" for number in (5, 6, 7)}


def test_typical_cells_first_where_they_were_read(slide):
    everything = find_signed_cells(Job(), {BASOPHIL: 8})[BASOPHIL]
    odd = everything[0].content
    embeddings = {cell.content: np.ones(4, np.float16) for cell in everything}
    for number, cell in enumerate(everything):
        embeddings[cell.content] = np.array([1, 0.01 * number, 0, 0], np.float16)
    embeddings[odd] = np.array([-1, 0, 0, 0], np.float16)
    assert odd in {cell.content for cell in find()[BASOPHIL]}
    assert odd not in {cell.content for cell in find(embedding_of=embeddings.get)[BASOPHIL]}
