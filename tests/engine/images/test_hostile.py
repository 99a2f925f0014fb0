import numpy as np
import pytest
from hostile import make_hostile_folder

from engine.images.record import BadFile
from engine.images.source import open_source
from engine.images.thumbnails import make_thumbnail
from engine.jobs import Job
from engine.messages import Problem, load_catalogue

# The program ignores Pillow's warnings; pytest turns its filters off.
pytestmark = pytest.mark.filterwarnings("ignore:::PIL.TiffImagePlugin")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    return folder, make_hostile_folder(folder)


def outcome(source, item, read):
    """Return the reason's id, or None if `read` returns pixels."""
    if isinstance(item, BadFile):
        return item.reason.id
    try:
        pixels = read(source, item)
    except Problem as problem:
        return problem.message.id
    return None if pixels.dtype == np.uint8 and pixels.shape[2:] == (3,) else "no RGB image"


def load(source, record):
    return source.load(record).pixels


def small(source, record):
    return make_thumbnail(source, record, 32)


@pytest.mark.parametrize("read", [load, small])
def test_every_file_has_its_expected_outcome(hostile, read, capfd):
    folder, expected = hostile
    source = open_source(folder)
    assert {item.path: outcome(source, item, read) for item in source.scan(Job())} == expected
    assert capfd.readouterr() == ("", "")


def test_hostile_folder_is_diverse(hostile):
    _, expected = hostile
    reasons = set(expected.values()) - {None}
    assert len(expected) >= 80
    assert len(reasons) >= 11
    assert reasons <= set(load_catalogue())


def test_scan_order_is_stable_without_repeats(hostile):
    folder, _ = hostile
    paths = [item.path for item in open_source(folder).scan(Job())]
    assert len(set(paths)) == len(paths)
    assert paths == [item.path for item in open_source(folder).scan(Job())]


def open_single(path):
    """Return the path and outcome of a file that is opened as a source."""
    try:
        source = open_source(path)
    except Problem as problem:
        return path.name, problem.message.id
    (item,) = source.scan(Job())
    return item.path, outcome(source, item, load)


def test_each_file_as_a_source(hostile):
    folder, expected = hostile
    as_source = {
        "image.special": "source.unsupported",
        "image.link_broken": "source.missing",
        "image.link_loop": "source.unreadable",
    }
    for name, reason in expected.items():
        if not (folder / name).is_dir():
            path = folder / name
            assert open_single(path) in {(path.name, reason), (path.name, as_source.get(reason))}
