"""`rename_noreplace` never replaces an existing file."""

import errno
import os
from pathlib import Path

import pytest

from engine import renaming
from engine.renaming import rename_noreplace


def no_links(*args, **kwargs):
    raise PermissionError(errno.EPERM, "no links on this disk")


@pytest.fixture(params=["system", "links", "neither"])
def method(request, monkeypatch):
    """Run with the system call, with hard links only, and with neither."""
    if request.param == "neither":
        monkeypatch.setattr(renaming.os, "link", no_links)
    if request.param != "system":
        monkeypatch.setattr(renaming, "_system_rename", lambda: None)
        if os.name == "nt":
            pytest.skip("Windows uses its own rename")


def test_rename_to_a_free_name(tmp_path, method):
    (tmp_path / "old").write_bytes(b"cell")
    rename_noreplace(tmp_path / "old", tmp_path / "new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("new", b"cell")]


@pytest.mark.parametrize("other", ["file", "folder", "link"])
def test_rename_keeps_an_existing_target(tmp_path, method, other):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"cell")
    if other == "file":
        new.write_bytes(b"another")
    elif other == "folder":
        new.mkdir()
    elif os.name == "nt":
        pytest.skip("links need privileges on Windows")
    else:
        new.symlink_to("nowhere")
    before = new.lstat()
    with pytest.raises(FileExistsError):
        rename_noreplace(old, new)
    assert old.read_bytes() == b"cell"
    assert os.path.samestat(new.lstat(), before)


def test_rename_of_a_missing_file_raises(tmp_path, method):
    with pytest.raises(FileNotFoundError):
        rename_noreplace(tmp_path / "old", tmp_path / "new")


@pytest.mark.skipif(os.name == "nt", reason="Windows names are text")
def test_rename_of_undecodable_names(tmp_path, method):
    old = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n"))
    old.write_bytes(b"cell")
    rename_noreplace(old, old.with_name("é"))
    assert [path.name for path in tmp_path.iterdir()] == ["é"]
