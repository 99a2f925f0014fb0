"""Two files of one size and one time change places, as after unpacking: each keeps its own class and label."""

import csv
import os
import sys
import time

import pytest
from PIL import Image
from tiny_model import picture

from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.project.project import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names are exchanged as POSIX does")

LONG_AGO = 10**18


@pytest.fixture
def pair(tmp_path):
    """Return a folder of two BMP of one size and time, of other classes."""
    folder = tmp_path / "cells"
    folder.mkdir()
    for number, name in enumerate(("a.bmp", "b.bmp")):
        Image.fromarray(picture(number)).save(folder / name)
        os.utime(folder / name, ns=(LONG_AGO, LONG_AGO))
    return folder


def exchange(folder, how):
    one, two = folder / "a.bmp", folder / "b.bmp"
    if how == "renamed":
        one.rename(folder / "x")
        two.rename(one)
        (folder / "x").rename(two)
    else:
        first, second = one.read_bytes(), two.read_bytes()
        if how == "unpacked":
            one.unlink()
            two.unlink()
        time.sleep(0.02)  # so that the clock of the disk has gone on
        one.write_bytes(second)
        two.write_bytes(first)
    for file in (one, two):
        os.utime(file, ns=(LONG_AGO, LONG_AGO))


@pytest.mark.parametrize("how", ["renamed", "unpacked", "written over"])
def test_each_keeps_its_class(cli, tiny, pair, tmp_path, how):
    def classes(name):
        out = tmp_path / name
        assert cli("classify", pair, "--model", tiny, "--out", out).status == 0
        with out.open(newline="", encoding="utf-8") as table:
            return {row["path"]: row["predicted"] for row in csv.DictReader(table)}

    before = classes("before.csv")
    assert before["a.bmp"] != before["b.bmp"]
    exchange(pair, how)
    assert classes("after.csv") == {"a.bmp": before["b.bmp"], "b.bmp": before["a.bmp"]}


@pytest.mark.parametrize("how", ["renamed", "written over"])
def test_labels_that_go_out_are_those_of_the_contents(cli, pair, tmp_path, how):
    file = tmp_path / "work.bloodbench"
    with Project.create(file, "work") as project:
        source = open_source(pair)
        records = [one for one in source.scan(Job()) if isinstance(one, ImageRecord)]
        project.link(Job(), source, records)
        project.verify_links(Job(), source)
        project.apply("label", [("a.bmp", "label", "monocyte")], who="Anna")
    exchange(pair, how)
    out = tmp_path / "labels.csv"
    assert cli("export", file, "--as", "csv", "--out", out).status == 0
    with out.open(newline="", encoding="utf-8") as table:
        labels = {row["path"]: row["label"] for row in csv.DictReader(table)}
    assert labels == {"a.bmp": "", "b.bmp": "monocyte"}
