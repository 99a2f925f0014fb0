"""Places inside an image folder are found under any name."""

import os

import pytest

from engine.messages import Problem
from engine.output_places import check_images_outside, enclosing_folder


@pytest.fixture
def cells(tmp_path):
    (tmp_path / "cells/monocyte").mkdir(parents=True)
    return tmp_path / "cells"


@pytest.mark.parametrize("place", [".", "new", "monocyte", "monocyte/a/b.png", "../cells/new"])
def test_places_inside(cells, place):
    assert enclosing_folder(cells / place, [cells]) == cells
    with pytest.raises(Problem) as caught:
        check_images_outside(cells / place, [cells])
    assert caught.value.message.id == "write.among_images"


@pytest.mark.parametrize("place", ["..", "../cells2", "../other/cells", "monocyte/../../new"])
def test_places_outside(cells, place):
    assert enclosing_folder(cells / place, [cells]) is None
    check_images_outside(cells / place, [cells])


def test_relative_names(cells, monkeypatch):
    monkeypatch.chdir(cells)
    assert enclosing_folder(cells / "new", [cells.relative_to(cells)])
    assert not enclosing_folder(cells.parent / "new", [cells.relative_to(cells)])


@pytest.mark.skipif(os.name == "nt", reason="links need privileges on Windows")
def test_links_lead_inside(cells, tmp_path):
    (tmp_path / "link").symlink_to(cells)
    (tmp_path / "deep").symlink_to("cells/monocyte")
    (tmp_path / "round").symlink_to("round")
    assert enclosing_folder(tmp_path / "link/new", [cells]) == cells
    assert enclosing_folder(cells / "new", [tmp_path / "link"])
    assert enclosing_folder(tmp_path / "deep/x.png", [cells]) == cells
    assert not enclosing_folder(tmp_path / "round/x", [cells])
    assert not enclosing_folder(cells / "new", [tmp_path / "missing"])
