"""A renamed file never takes another one's place."""

import errno
import os
from pathlib import Path

import pytest

from engine import renaming
from engine.renaming import rename_noreplace


def no_links(*places, **how):
    raise PermissionError(errno.EPERM, "no links on this disk")


@pytest.fixture(params=["system", "links", "neither"])
def way(request, monkeypatch):
    """Rename by the system's own call, or as where there is none, nor links."""
    if request.param == "neither":
        monkeypatch.setattr(renaming.os, "link", no_links)
    if request.param != "system":
        monkeypatch.setattr(renaming, "_system_rename", lambda: None)
        if os.name == "nt":
            pytest.skip("Windows has its own way")


def test_a_free_name_is_taken(tmp_path, way):
    (tmp_path / "old").write_bytes(b"cell")
    rename_noreplace(tmp_path / "old", tmp_path / "new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("new", b"cell")]


@pytest.mark.parametrize("other", ["file", "folder", "link"])
def test_a_name_that_is_taken_keeps_what_it_names(tmp_path, way, other):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"cell")
    if other == "file":
        new.write_bytes(b"another")
    elif other == "folder":
        new.mkdir()
    elif os.name == "nt":
        pytest.skip("links need rights there")
    else:
        new.symlink_to("nowhere")
    before = new.lstat()
    with pytest.raises(FileExistsError):
        rename_noreplace(old, new)
    assert old.read_bytes() == b"cell"
    assert os.path.samestat(new.lstat(), before)


def test_what_is_not_there_is_said(tmp_path, way):
    with pytest.raises(FileNotFoundError):
        rename_noreplace(tmp_path / "old", tmp_path / "new")


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_names_that_are_no_text(tmp_path, way):
    old = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n"))
    old.write_bytes(b"cell")
    rename_noreplace(old, old.with_name("é"))
    assert [one.name for one in tmp_path.iterdir()] == ["é"]
