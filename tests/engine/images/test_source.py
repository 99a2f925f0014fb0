import os
import sys

import numpy as np
import pytest
from hostile import encode, smooth_image

from engine.images.archive_source import ArchiveSource
from engine.images.folder_source import FolderSource
from engine.images.record import BadFile
from engine.images.source import open_selection, open_source
from engine.jobs import Job
from engine.messages import Problem


def problem(path):
    with pytest.raises(Problem) as caught:
        open_source(path)
    assert "{" not in str(caught.value)
    return caught.value.message.id


def test_open_folder(tmp_path):
    source = open_source(str(tmp_path))
    assert isinstance(source, FolderSource)
    assert source.root == tmp_path
    assert list(source.scan(Job())) == []


def test_open_single_image(tmp_path):
    (tmp_path / "neutrophil").mkdir()
    path = tmp_path / "neutrophil" / "1.jpg"
    path.write_bytes(encode(smooth_image(0), "JPEG"))
    (tmp_path / "neutrophil" / "2.jpg").write_bytes(b"")
    source = open_source(path)
    (record,) = source.scan(Job())
    assert (source.root, record.path, record.label) == (path.parent, "1.jpg", None)
    assert source.load(record).pixels.shape == (48, 64, 3)


@pytest.mark.parametrize(("content", "reason"), [(b"", "image.empty")])
def test_single_bad_image_is_reported(tmp_path, content, reason):
    (tmp_path / "1.jpg").write_bytes(content)
    assert [
        (item.path, item.reason.id) for item in open_source(tmp_path / "1.jpg").scan(Job())
    ] == [("1.jpg", reason)]


def test_deleted_single_image_is_reported(tmp_path):
    (tmp_path / "1.jpg").write_bytes(encode(smooth_image(0), "JPEG"))
    source = open_source(tmp_path / "1.jpg")
    (tmp_path / "1.jpg").unlink()
    (item,) = source.scan(Job())
    assert isinstance(item, BadFile)
    assert item.reason.id == "image.gone"


def test_open_archive(tmp_path):
    np.savez(tmp_path / "cells.npz", images=np.zeros((2, 4, 4, 3), np.uint8))
    assert isinstance(open_source(tmp_path / "cells.npz"), ArchiveSource)
    (tmp_path / "cells.npz").rename(tmp_path / "cells")
    assert isinstance(open_source(tmp_path / "cells"), ArchiveSource)


def test_missing_path(tmp_path):
    assert problem(tmp_path / "none") == "source.missing"
    (tmp_path / "file").write_bytes(b"x")
    assert problem(tmp_path / "file" / "below") == "source.missing"


def test_unsupported_file(tmp_path):
    (tmp_path / "notes.txt").write_bytes(b"words")
    assert problem(tmp_path / "notes.txt") == "source.unsupported"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.npz")
    assert problem(tmp_path / "pipe.npz") == "source.unsupported"


@pytest.mark.skipif(sys.platform == "win32", reason="other limits")
def test_invalid_names(tmp_path):
    assert problem(tmp_path / ("n" * 300)) == "source.unreadable"
    assert problem("nul\0byte") == "source.unreadable"
    assert problem(tmp_path / os.fsdecode(b"\xff.jpg")) == "source.missing"


def test_open_selection(tmp_path):
    for path in ("a/monocyte/1.png", "a/monocyte/2.png", "b/basophil/3.png", "b/basophil/4.png"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(encode(smooth_image(1), "PNG"))
    (tmp_path / "b" / "notes.txt").write_text("text")
    given = [
        "a/monocyte/1.png",
        "b",
        "b/basophil/3.png",
        "a/monocyte/1.png",
        "b/notes.txt",
        "gone.png",
    ]
    source = open_selection([tmp_path / path for path in given])
    assert source.root == tmp_path
    found = {item.path: getattr(item, "label", None) for item in source.scan(Job())}
    assert found == {
        "a/monocyte/1.png": "monocyte", "b/basophil/3.png": "basophil", "b/basophil/4.png": "basophil",
        "gone.png": None,
    }  # fmt: skip
