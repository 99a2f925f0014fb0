"""Swapped files of the same size and time: each content keeps its class and label."""

import csv
import os
import sys
import time

import pytest
from PIL import Image
from tiny_model import class_image

from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.project.project import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX renaming")

LONG_AGO = 10**18


@pytest.fixture
def pair(tmp_path):
    """Return a folder of two BMP files of the same size and time but different classes."""
    folder = tmp_path / "cells"
    folder.mkdir()
    for number, name in enumerate(("a.bmp", "b.bmp")):
        Image.fromarray(class_image(number)).save(folder / name)
        os.utime(folder / name, ns=(LONG_AGO, LONG_AGO))
    return folder


def swap(folder, how):
    first, second = folder / "a.bmp", folder / "b.bmp"
    if how == "renamed":
        first.rename(folder / "x")
        second.rename(first)
        (folder / "x").rename(second)
    else:
        first_data, second_data = first.read_bytes(), second.read_bytes()
        if how == "unpacked":
            first.unlink()
            second.unlink()
        time.sleep(0.02)  # until the clock of the file system has advanced
        first.write_bytes(second_data)
        second.write_bytes(first_data)
    for file in (first, second):
        os.utime(file, ns=(LONG_AGO, LONG_AGO))


@pytest.mark.parametrize("how", ["renamed", "unpacked", "written over"])
def test_predictions_follow_the_content(cli, tiny, pair, tmp_path, how):
    def classes(name):
        out = tmp_path / name
        assert cli("classify", pair, "--model", tiny, "--out", out).status == 0
        with out.open(newline="", encoding="utf-8") as table:
            return {row["path"]: row["predicted"] for row in csv.DictReader(table)}

    before = classes("before.csv")
    assert before["a.bmp"] != before["b.bmp"]
    swap(pair, how)
    assert classes("after.csv") == {"a.bmp": before["b.bmp"], "b.bmp": before["a.bmp"]}


@pytest.mark.parametrize("how", ["renamed", "written over"])
def test_exported_labels_follow_the_content(cli, pair, tmp_path, how):
    file = tmp_path / "work.bloodbench"
    with Project.create(file, "work") as project:
        source = open_source(pair)
        records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
        project.link(Job(), source, records)
        project.verify_links(Job(), source)
        project.apply("label", [("a.bmp", "label", "monocyte")], who="Anna")
    swap(pair, how)
    out = tmp_path / "labels.csv"
    assert cli("export", file, "--as", "csv", "--out", out).status == 0
    with out.open(newline="", encoding="utf-8") as table:
        labels = {row["path"]: row["label"] for row in csv.DictReader(table)}
    assert labels == {"a.bmp": "", "b.bmp": "monocyte"}
