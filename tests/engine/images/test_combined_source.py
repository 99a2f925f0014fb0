"""Several folders as one source."""

import pytest
from tiny_model import save_picture

from engine.images.record import BadFile
from engine.images.combined_source import Several
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem


@pytest.fixture
def folders(tmp_path):
    found = []
    for number, name in enumerate(("here/cells", "there/cells")):
        folder = tmp_path / name / "monocyte"
        folder.mkdir(parents=True)
        save_picture(folder / "a.png", number, seed=number)
        found.append(folder.parent)
    (found[1] / "monocyte" / "bad.tif").write_bytes(b"")
    return found


def test_images_keep_their_own_folder(folders):
    sources = [open_source(folder) for folder in folders]
    several = Several(sources)
    assert several.roots == {"cells": folders[0], "cells-2": folders[1]}
    assert several.root == folders[0]
    found = list(several.scan(Job()))
    images = [record for record in found if record.path.endswith("a.png")]
    assert [record.path for record in images] == ["cells/monocyte/a.png", "cells-2/monocyte/a.png"]
    assert {record.label for record in images} == {"monocyte"}
    for record, source in zip(images, sources, strict=True):
        [own] = [one for one in source.scan(Job()) if one.path == "monocyte/a.png"]
        assert several.digest(record) == source.digest(own)
        assert several.load(record).content_hash == source.load(own).content_hash
        assert several.preview(record, 16).shape == source.preview(own, 16).shape
    assert several.digest(images[0]) != several.digest(images[1])


def test_a_bad_file_is_named_with_its_folder(folders):
    several = Several([open_source(folder) for folder in folders])
    [bad] = [found for found in several.scan(Job()) if found.path.endswith("bad.tif")]
    assert bad.path == "cells-2/monocyte/bad.tif"
    if not isinstance(bad, BadFile):
        with pytest.raises(Problem):
            several.load(bad)
