"""Combined source of combined folders."""

import pytest
from tiny_model import save_class_image

from engine.images.combined_source import CombinedSource
from engine.images.record import BadFile
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem


@pytest.fixture
def folders(tmp_path):
    found = []
    for number, name in enumerate(("here/cells", "there/cells")):
        folder = tmp_path / name / "monocyte"
        folder.mkdir(parents=True)
        save_class_image(folder / "a.png", number, seed=number)
        found.append(folder.parent)
    (found[1] / "monocyte" / "bad.tif").write_bytes(b"")
    return found


def test_records_resolve_to_their_source(folders):
    sources = [open_source(folder) for folder in folders]
    combined = CombinedSource(sources)
    assert combined.roots == {"cells": folders[0], "cells-2": folders[1]}
    assert combined.root == folders[0]
    found = list(combined.scan(Job()))
    images = [record for record in found if record.path.endswith("a.png")]
    assert [record.path for record in images] == ["cells/monocyte/a.png", "cells-2/monocyte/a.png"]
    assert {record.label for record in images} == {"monocyte"}
    for record, source in zip(images, sources, strict=True):
        [inner] = [item for item in source.scan(Job()) if item.path == "monocyte/a.png"]
        assert combined.digest(record) == source.digest(inner)
        assert combined.load(record).content_hash == source.load(inner).content_hash
        assert combined.preview(record, 16).shape == source.preview(inner, 16).shape
    assert combined.digest(images[0]) != combined.digest(images[1])


def test_bad_file_path_includes_the_source_name(folders):
    combined = CombinedSource([open_source(folder) for folder in folders])
    [bad] = [found for found in combined.scan(Job()) if found.path.endswith("bad.tif")]
    assert bad.path == "cells-2/monocyte/bad.tif"
    if not isinstance(bad, BadFile):
        with pytest.raises(Problem):
            combined.load(bad)
