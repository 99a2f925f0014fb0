"""A manifest is only used in and for the folders that it was written for, and never through a link."""

import json
import os
import shutil
import sys

import pytest

from engine.curate.quarantine import MANIFEST_NAME, move_files, restore_files
from engine.jobs import Job
from engine.messages import Message, Problem

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need no permission")


@pytest.fixture
def cells(tmp_path):
    root = tmp_path / "cells"
    for name in ("a.jpg", "sub/b.jpg"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())
    return root


@pytest.fixture
def moved(cells, tmp_path):
    return move_files(Job(), cells, [("a.jpg", "blur"), ("sub/b.jpg", "blur")], tmp_path / "away")


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def refusal(manifest, to=None):
    with pytest.raises(Problem) as caught:
        restore_files(Job(), manifest, to)
    return caught.value.message.id


def not_moved_reasons(moved):
    return {path: why.id for path, why in moved.not_moved if isinstance(why, Message)}


def rewrite_header(manifest, **head):
    """Change values in the header."""
    first, *lines = manifest.read_text().splitlines(keepends=True)
    manifest.write_text("".join([json.dumps({**json.loads(first), **head}) + "\n", *lines]))


def test_other_root_is_refused(moved, tmp_path):
    autostart = tmp_path / "autostart"
    autostart.mkdir()
    before = contents(moved.manifest.parent)
    rewrite_header(moved.manifest, root=str(autostart))
    assert refusal(moved.manifest) == "quarantine.not_bound"
    assert not contents(autostart)
    for head in ({"format": 1}, {"root_id": None}, {"folder_id": 0}):
        shutil.copytree(moved.manifest.parent, tmp_path / "copy")
        rewrite_header(tmp_path / "copy" / MANIFEST_NAME, **head)
        assert refusal(tmp_path / "copy") == "quarantine.not_bound"
        shutil.rmtree(tmp_path / "copy")
    assert contents(moved.manifest.parent).keys() == before.keys()


def test_copied_quarantine_needs_a_named_folder(moved, cells, tmp_path):
    copy = tmp_path / "bundle of a stranger"
    shutil.copytree(moved.manifest.parent, copy)
    assert refusal(copy) == "quarantine.not_bound"
    assert restore_files(Job(), copy, cells).moved_count == 2
    assert contents(cells) == {"a.jpg": b"a.jpg", "sub/b.jpg": b"sub/b.jpg"}


def test_missing_root_is_not_created(moved, cells, tmp_path):
    cells.rename(tmp_path / "elsewhere")
    assert refusal(moved.manifest) == "quarantine.no_root"
    assert not cells.exists()
    assert refusal(moved.manifest, tmp_path / "nowhere") == "quarantine.no_root"
    cells.mkdir()  # another folder of that name
    assert refusal(moved.manifest) == "quarantine.not_bound"
    assert restore_files(Job(), moved.manifest, tmp_path / "elsewhere").moved_count == 2
    assert len(contents(tmp_path / "elsewhere")) == 2


def test_renamed_quarantine_is_accepted(moved, cells, tmp_path):
    (tmp_path / "away").rename(tmp_path / "renamed")
    (folder,) = (tmp_path / "renamed").iterdir()
    assert restore_files(Job(), folder).moved_count == 2
    assert len(contents(cells)) == 2


def test_files_behind_a_linked_subfolder_are_not_moved(moved, cells, tmp_path):
    """A link in the quarantine leads to a folder with the only copy of an image."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.jpg").write_bytes(b"the only copy")
    folder = moved.manifest.parent
    (folder / "sub/b.jpg").unlink()
    (folder / "sub").rmdir()
    (folder / "sub").symlink_to(other)
    back = restore_files(Job(), folder)
    assert not_moved_reasons(back) == {"sub/b.jpg": "quarantine.through_link"}
    assert contents(other) == {"b.jpg": b"the only copy"}
    assert contents(cells) == {"a.jpg": b"a.jpg"}


def test_nothing_is_restored_through_a_link(moved, cells, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (cells / "sub").rmdir()
    (cells / "sub").symlink_to(other)
    back = restore_files(Job(), moved.manifest)
    assert not_moved_reasons(back) == {"sub/b.jpg": "quarantine.through_link"}
    assert not contents(other)


def test_linked_root_or_manifest_is_refused(moved, cells, tmp_path):
    real = tmp_path / "real"
    cells.rename(real)
    cells.symlink_to(real)
    assert refusal(moved.manifest) == "quarantine.no_root"
    cells.unlink()
    real.rename(cells)
    link = moved.manifest.with_name("other.jsonl")
    moved.manifest.rename(link)
    moved.manifest.symlink_to(link)
    assert refusal(moved.manifest) == "quarantine.unreadable"
    assert not contents(cells)


def test_only_plain_files_are_moved(cells, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.jpg").write_bytes(b"of another folder")
    (cells / "linked").symlink_to(other)
    (cells / "link.jpg").symlink_to("a.jpg")
    os.mkfifo(cells / "pipe.jpg")
    chosen = ["linked/c.jpg", "link.jpg", "pipe.jpg", "sub", "linked", "a.jpg"]
    moved = move_files(Job(), cells, [(path, "unreadable") for path in chosen], tmp_path / "away")
    assert moved.moved_count == 1
    assert not_moved_reasons(moved) == {
        "linked/c.jpg": "quarantine.through_link",
        **dict.fromkeys(("link.jpg", "pipe.jpg", "sub", "linked"), "quarantine.no_file"),
    }
    assert (other / "c.jpg").read_bytes() == b"of another folder"
    assert (cells / "sub/b.jpg").exists()


def test_root_opened_through_a_link_is_resolved(cells, tmp_path):
    (tmp_path / "shortcut").symlink_to(cells)
    moved = move_files(Job(), tmp_path / "shortcut", [("a.jpg", "blur")], tmp_path / "away")
    assert moved.moved_count == 1
    (tmp_path / "shortcut").unlink()
    assert restore_files(Job(), moved.manifest).moved_count == 1
    assert (cells / "a.jpg").exists()


def test_pipe_as_manifest_is_refused(tmp_path):
    os.mkfifo(tmp_path / MANIFEST_NAME)
    assert refusal(tmp_path) == "quarantine.no_manifest"


def test_impossible_root_is_refused(moved):
    rewrite_header(moved.manifest, root="/tmp/" + "[" * 5000)
    assert refusal(moved.manifest) == "quarantine.no_root"
    assert refusal(moved.manifest, "x" * 5000) == "quarantine.no_root"
