"""Links to a file in the folder are not exact_copies of it, and the file itself is the keeper."""

import shutil
import sys

import pytest
from tiny_model import save_class_image

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.runtime import open_runtime
from engine.curate.finding import FindingAction, FindingKind
from engine.curate.scan import scan_images
from engine.curate.scan_process import decode_files, encode_files
from engine.images.source import open_source
from engine.jobs import Job

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need no permission")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    from tiny_model import make_tiny_bundle

    return Bundle.open(make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture
def exact_copies(bundle):
    """Return a function that scans a folder and returns the actions for exact exact_copies by path."""

    def scan(folder):
        source = open_source(folder)
        files = decode_files(encode_files(list(source.scan(Job()))))  # as sent to the scan process
        device = choose_device("cpu")
        runtime = open_runtime(bundle, device, Job())
        try:
            findings = scan_images(Job(), source, files, runtime, bundle, None)
        finally:
            runtime.close()
        return {
            finding.path: finding.action
            for finding in findings
            if finding.kind is FindingKind.EXACT_DUPLICATE
        }

    return scan


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    (folder / "b").mkdir(parents=True)
    save_class_image(folder / "b/real.png", 0)
    save_class_image(folder / "b/other.png", 1)
    return folder


def test_link_and_its_file_are_one_image(cells, exact_copies):
    (cells / "a link.png").symlink_to("b/real.png")
    (cells / "hard.png").hardlink_to(cells / "b/real.png")
    assert exact_copies(cells) == {}


def test_file_is_kept_rather_than_a_link_to_a_copy(cells, exact_copies, tmp_path):
    shutil.copy(cells / "b/real.png", tmp_path / "copy.png")
    (cells / "a link.png").symlink_to(tmp_path / "copy.png")
    assert exact_copies(cells) == {
        "b/real.png": FindingAction.KEEP,
        "a link.png": FindingAction.REMOVE,
    }


def test_file_in_a_linked_folder_is_not_the_keeper(cells, exact_copies, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.copy(cells / "b/real.png", outside / "x.png")
    (cells / "a").symlink_to(outside)
    assert exact_copies(cells) == {
        "b/real.png": FindingAction.KEEP,
        "a/x.png": FindingAction.REMOVE,
    }


def test_copy_with_a_link_is_still_a_copy(cells, exact_copies):
    shutil.copy(cells / "b/real.png", cells / "b/z.png")
    (cells / "a link.png").symlink_to("b/z.png")
    assert exact_copies(cells) == {
        "b/real.png": FindingAction.KEEP,
        "b/z.png": FindingAction.REMOVE,
    }
