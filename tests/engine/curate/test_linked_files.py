"""Links are further names of a file, not copies of it; the file itself stays."""

import shutil
import sys

import pytest
from tiny_model import save_picture

from engine.classify.bundle import Bundle
from engine.classify.devices import choose
from engine.classify.runtime import open_runtime
from engine.curate.scan_process import decode_files, encode_files
from engine.curate.finding import FindingAction, FindingKind
from engine.curate.scan import scan_images
from engine.images.source import open_source
from engine.jobs import Job

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need no permission")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    from tiny_model import make_tiny_bundle

    return Bundle.open(make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture
def copies(bundle):
    """Return a function that says of the exact copies in a folder what is to be done with each."""

    def look(folder):
        source = open_source(folder)
        found = decode_files(
            encode_files(list(source.scan(Job())))
        )  # as it goes to the process that scans
        device = choose("cpu")
        runtime = open_runtime(bundle, device, Job())
        try:
            findings = scan_images(Job(), source, found, runtime, bundle, None)
        finally:
            runtime.close()
        exact = [one for one in findings if one.kind is FindingKind.EXACT_DUPLICATE]
        return {one.path: one.action for one in exact}

    return look


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    (folder / "b").mkdir(parents=True)
    save_picture(folder / "b/real.png", 0)
    save_picture(folder / "b/other.png", 1)
    return folder


def test_a_link_and_its_file_are_one_image(cells, copies):
    (cells / "a link.png").symlink_to("b/real.png")
    (cells / "hard.png").hardlink_to(cells / "b/real.png")
    assert copies(cells) == {}


def test_the_file_is_kept_and_not_the_link_to_a_copy_of_it(cells, copies, tmp_path):
    shutil.copy(cells / "b/real.png", tmp_path / "copy.png")
    (cells / "a link.png").symlink_to(tmp_path / "copy.png")
    assert copies(cells) == {"b/real.png": FindingAction.KEEP, "a link.png": FindingAction.REMOVE}


def test_a_file_behind_a_linked_folder_is_not_the_keeper(cells, copies, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.copy(cells / "b/real.png", outside / "x.png")
    (cells / "a").symlink_to(outside)
    assert copies(cells) == {"b/real.png": FindingAction.KEEP, "a/x.png": FindingAction.REMOVE}


def test_a_copy_is_still_a_copy(cells, copies):
    shutil.copy(cells / "b/real.png", cells / "b/z.png")
    (cells / "a link.png").symlink_to("b/z.png")
    assert copies(cells) == {"b/real.png": FindingAction.KEEP, "b/z.png": FindingAction.REMOVE}
