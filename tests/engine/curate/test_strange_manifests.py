"""A manifest is followed only in the folder and to the folder that it was written for, and through no link."""

import json
import os
import shutil
import sys

import pytest

from engine.curate.quarantine import MANIFEST, move_files, restore_files
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


def refused(manifest, to=None):
    with pytest.raises(Problem) as caught:
        restore_files(Job(), manifest, to)
    return caught.value.message.id


def reasons(moved):
    return {path: why.id for path, why in moved.stayed if isinstance(why, Message)}


def rewritten(manifest, **head):
    """Change what the first line says."""
    first, *lines = manifest.read_text().splitlines(keepends=True)
    manifest.write_text("".join([json.dumps({**json.loads(first), **head}) + "\n", *lines]))


def test_any_other_root_is_refused(moved, tmp_path):
    autostart = tmp_path / "autostart"
    autostart.mkdir()
    before = contents(moved.manifest.parent)
    rewritten(moved.manifest, root=str(autostart))
    assert refused(moved.manifest) == "quarantine.not_bound"
    assert not contents(autostart)
    for head in ({"format": 1}, {"root_id": None}, {"folder_id": 0}):
        shutil.copytree(moved.manifest.parent, tmp_path / "copy")
        rewritten(tmp_path / "copy" / MANIFEST, **head)
        assert refused(tmp_path / "copy") == "quarantine.not_bound"
        shutil.rmtree(tmp_path / "copy")
    assert contents(moved.manifest.parent).keys() == before.keys()


def test_a_quarantine_that_was_copied_is_followed_only_to_a_folder_a_person_names(
    moved, cells, tmp_path
):
    copy = tmp_path / "bundle of a stranger"
    shutil.copytree(moved.manifest.parent, copy)
    assert refused(copy) == "quarantine.not_bound"
    assert restore_files(Job(), copy, cells).moved_count == 2
    assert contents(cells) == {"a.jpg": b"a.jpg", "sub/b.jpg": b"sub/b.jpg"}


def test_no_folder_is_built_for_files_that_have_none(moved, cells, tmp_path):
    cells.rename(tmp_path / "elsewhere")
    assert refused(moved.manifest) == "quarantine.no_root"
    assert not cells.exists()
    assert refused(moved.manifest, tmp_path / "nowhere") == "quarantine.no_root"
    cells.mkdir()  # another folder of that name
    assert refused(moved.manifest) == "quarantine.not_bound"
    assert restore_files(Job(), moved.manifest, tmp_path / "elsewhere").moved_count == 2
    assert len(contents(tmp_path / "elsewhere")) == 2


def test_a_quarantine_that_was_renamed_is_still_itself(moved, cells, tmp_path):
    (tmp_path / "away").rename(tmp_path / "renamed")
    (folder,) = (tmp_path / "renamed").iterdir()
    assert restore_files(Job(), folder).moved_count == 2
    assert len(contents(cells)) == 2


def test_a_linked_subfolder_gives_no_file_of_another_folder_away(moved, cells, tmp_path):
    """The only copy of a picture lies in a folder that the quarantine links to."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.jpg").write_bytes(b"the only copy")
    folder = moved.manifest.parent
    (folder / "sub/b.jpg").unlink()
    (folder / "sub").rmdir()
    (folder / "sub").symlink_to(other)
    back = restore_files(Job(), folder)
    assert reasons(back) == {"sub/b.jpg": "quarantine.through_link"}
    assert contents(other) == {"b.jpg": b"the only copy"}
    assert contents(cells) == {"a.jpg": b"a.jpg"}


def test_nothing_goes_back_through_a_link_in_the_folder(moved, cells, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (cells / "sub").rmdir()
    (cells / "sub").symlink_to(other)
    back = restore_files(Job(), moved.manifest)
    assert reasons(back) == {"sub/b.jpg": "quarantine.through_link"}
    assert not contents(other)


def test_a_linked_root_or_manifest_is_not_followed(moved, cells, tmp_path):
    real = tmp_path / "real"
    cells.rename(real)
    cells.symlink_to(real)
    assert refused(moved.manifest) == "quarantine.no_root"
    cells.unlink()
    real.rename(cells)
    link = moved.manifest.with_name("other.jsonl")
    moved.manifest.rename(link)
    moved.manifest.symlink_to(link)
    assert refused(moved.manifest) == "quarantine.unreadable"
    assert not contents(cells)


def test_only_files_leave_and_nothing_behind_a_link(cells, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.jpg").write_bytes(b"of another folder")
    (cells / "linked").symlink_to(other)
    (cells / "link.jpg").symlink_to("a.jpg")
    os.mkfifo(cells / "pipe.jpg")
    chosen = ["linked/c.jpg", "link.jpg", "pipe.jpg", "sub", "linked", "a.jpg"]
    moved = move_files(Job(), cells, [(path, "unreadable") for path in chosen], tmp_path / "away")
    assert moved.moved_count == 1
    assert reasons(moved) == {
        "linked/c.jpg": "quarantine.through_link",
        **dict.fromkeys(("link.jpg", "pipe.jpg", "sub", "linked"), "quarantine.no_file"),
    }
    assert (other / "c.jpg").read_bytes() == b"of another folder"
    assert (cells / "sub/b.jpg").exists()


def test_a_folder_that_is_opened_through_a_link_is_the_folder_itself(cells, tmp_path):
    (tmp_path / "shortcut").symlink_to(cells)
    moved = move_files(Job(), tmp_path / "shortcut", [("a.jpg", "blur")], tmp_path / "away")
    assert moved.moved_count == 1
    (tmp_path / "shortcut").unlink()
    assert restore_files(Job(), moved.manifest).moved_count == 1
    assert (cells / "a.jpg").exists()


def test_a_pipe_is_no_manifest_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / MANIFEST)
    assert refused(tmp_path) == "quarantine.no_manifest"


def test_a_root_that_no_system_could_have_is_said(moved):
    rewritten(moved.manifest, root="/tmp/" + "[" * 5000)
    assert refused(moved.manifest) == "quarantine.no_root"
    assert refused(moved.manifest, "x" * 5000) == "quarantine.no_root"
