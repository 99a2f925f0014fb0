"""Images that a command writes never become images of the folder that it reads."""

import os
import shutil

import pytest

from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.paths import data_dir

COMMANDS = {
    "evaluate": "evaluate {cells} --model {tiny} --out {out}",
    "maps": "classify {cells} --model {tiny} --maps {out}",
    "crops": "cells {cells} --model {tiny} --crops {out}",
    "quarantine": "scan {cells} --model {tiny} --quarantine {out}",
    "folder": "export {cells} --as folder --out {out}",
    "labelme": "export {cells} --as labelme --out {out}",
    "hf-csv": "export {cells} --as hf-csv --out {out}",
}
HARMLESS = {
    "table": "classify {cells} --model {tiny} --out {out}/r.csv",
    "findings": "scan {cells} --model {tiny} --out {out}/f.csv",
    "report": "report {cells} --model {tiny} --out {out}",
    "csv": "export {cells} --as csv --out {out}/l.csv",
    "npz": "export {cells} --as npz --size 8 --out {out}/l.npz",
    "boxes": "cells {cells} --model {tiny} --boxes {out}/boxes",
    "compare": "compare {tiny} {tiny} --data {cells} --out {out}",
}


def images_of(folder):
    return [item.path for item in open_source(folder).scan(Job()) if isinstance(item, ImageRecord)]


@pytest.fixture
def linked(tmp_path, cells):
    """Return a folder outside that a link in the folder of cells leads to."""
    other = tmp_path / "other/monocyte"
    other.mkdir(parents=True)
    shutil.copy(cells / "monocyte/0.png", other / "far.png")
    if os.name == "nt":
        pytest.skip("links need privileges on Windows")
    (cells / "elsewhere").symlink_to(other.parent)
    return other.parent


@pytest.mark.parametrize("command", COMMANDS)
def test_images_are_not_written_among_images(cli, cells, tiny, linked, command):
    before = images_of(cells)
    for out in (cells / "new/results", linked / "results", cells / "elsewhere/results"):
        done = cli(*COMMANDS[command].format(cells=cells, tiny=tiny, out=out).split())
        assert done.status == 1, done.err
        last = done.err.splitlines()[-1]
        assert str(out) in last
        assert "hoose" in last
        assert not out.exists()
    assert images_of(cells) == before


@pytest.mark.parametrize("command", HARMLESS)
def test_other_results_in_the_folder_are_not_read(cli, cells, tiny, command):
    before = images_of(cells)
    done = cli(*HARMLESS[command].format(cells=cells, tiny=tiny, out=cells / "new").split())
    assert done.status == 0, done.err
    assert list((cells / "new").iterdir())
    assert images_of(cells) == before


def test_a_single_image_has_no_folder_to_keep_clean(cli, cells, tiny):
    out = cells / "maps"
    assert cli("classify", cells / "monocyte/0.png", "--model", tiny, "--maps", out).status == 0
    assert (out / "0.png.png").is_file()


def test_a_report_replaces_only_one_on_the_same_images(cli, cells, tiny, tmp_path):
    other = tmp_path / "slide_2"
    shutil.copytree(cells, other)
    out = tmp_path / "out"

    def report(folder, *options):
        return cli("report", folder, "--model", tiny, "--out", out, *options)

    assert report(cells, "--format", "json").status == 0
    assert report(cells).status == 0
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    for options in ((), ("--format", "csv"), ("--paths", "ids")):
        done = report(other, *options)
        assert done.status == 1
        assert "results of other images (“cells”)" in done.sentence
    shutil.rmtree(data_dir() / "results")  # An earlier version noted no source.
    assert report(other).status == 1
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert report(cells).status == 0
