import os
import warnings

import numpy as np
import pytest
from hostile import make_hostile_folder

from engine.images.record import BadFile
from engine.images.source import open_source
from engine.images.thumbnails import thumbnail
from engine.jobs import Job
from engine.messages import Problem, catalogue, render


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    return folder, make_hostile_folder(folder)


def outcome(source, item, read):
    """Return the reason's id, or None where `read` gives pixels."""
    if isinstance(item, BadFile):
        return item.reason.id
    try:
        pixels = read(item)
    except Problem as problem:
        assert "{" not in str(problem)
        return problem.message.id
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 3
    assert pixels.shape[2] == 3
    return None


@pytest.mark.parametrize("how", ["load", "thumbnail"])
def test_each_file_has_the_outcome_it_should_have(hostile, how, capfd):
    folder, expected = hostile
    source = open_source(folder)
    read = (
        (lambda record: source.load(record).pixels)
        if how == "load"
        else (lambda record: thumbnail(source, record, 32))
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", module=r"PIL\.")  # as the program does
        found = {item.path: outcome(source, item, read) for item in source.scan(Job())}
    assert found == expected
    assert capfd.readouterr() == ("", "")


def test_there_is_enough_hostility(hostile):
    _, expected = hostile
    assert len(expected) >= 80
    assert len(set(expected.values())) >= 12
    for reason in set(expected.values()) - {None}:
        assert reason in catalogue()


def test_a_scan_gives_no_path_twice_and_the_same_order_again(hostile):
    folder, _ = hostile
    source = open_source(folder)
    paths = [item.path for item in source.scan(Job())]
    assert len(set(paths)) == len(paths)
    assert paths == [item.path for item in open_source(folder).scan(Job())]


def test_each_file_alone_as_a_source(hostile):
    folder, expected = hostile
    for name, reason in expected.items():
        if (folder / name).is_dir():
            continue
        try:
            source = open_source(folder / name)
            items = list(source.scan(Job()))
        except Problem as problem:
            assert reason in {"image.special", "image.link_broken", "image.link_loop"}
            assert render(problem.message)
            continue
        assert [item.path for item in items] == [os.path.basename(name)]
        assert outcome(source, items[0], lambda r, s=source: s.load(r).pixels) == reason
