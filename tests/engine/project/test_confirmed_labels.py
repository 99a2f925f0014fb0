"""Confirmed labels: decided one by one, neither in bulk nor removed."""

import pytest
from PIL import Image

from engine.images.source import open_source
from engine.jobs import Job
from engine.project.confirmed_labels import confirmed_labels
from engine.project.decisions import NOT_CLASSED
from engine.project.project import SUFFIX, Project

NAMES = [f"{number}.png" for number in range(6)]


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        Image.new("RGB", (8, 8), (number, 9, 9)).save(folder / name)
    source = open_source(folder)
    with Project.create(tmp_path / f"p{SUFFIX}", "p") as made:
        made.link(Job(), source, list(source.scan(Job())))
        yield made


def test_only_single_decisions_count(project):
    project.apply("label", [(NAMES[0], "label", "monocyte")], who="Anna")
    project.apply("confirm", [(NAMES[1], "label", "basophil")], who="Anna")
    project.apply("confirm", [(name, "label", "basophil") for name in NAMES[2:4]], who="Anna")
    project.apply("label", [(NAMES[4], "label", NOT_CLASSED)], who="Anna")
    project.apply("label", [(NAMES[5], "label", "monocyte")], who="Anna")
    project.apply("remove", [(NAMES[5], "removed", "person")], who="Anna")
    assert confirmed_labels(project) == {NAMES[0]: "monocyte", NAMES[1]: "basophil"}
    project.apply("label", [(NAMES[2], "label", "monocyte")], who="Anna")
    assert confirmed_labels(project)[NAMES[2]] == "monocyte"
