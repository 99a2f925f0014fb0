"""A file rewritten with the same size and times is another one where the system does not show the change."""

import os

import numpy as np
import pytest
from PIL import Image

from engine.images import file_sample
from engine.images.source import open_source
from engine.jobs import Job


def stamp(folder):
    (record,) = open_source(folder).scan(Job())
    return " ".join(record.stamp.split()[:3]), record.stamp.split()[4:]


@pytest.fixture
def cell(tmp_path):
    file = tmp_path / "cell.bmp"
    pixels = np.random.default_rng(0).integers(0, 256, (40, 40, 3), np.uint8)
    Image.fromarray(pixels).save(file)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    return file


@pytest.mark.parametrize("place", [0.02, 0.5, 0.99])
def test_rewriting_in_place_changes_the_stamp(cell, monkeypatch, place):
    monkeypatch.setattr(file_sample, "SHOWS_CHANGES", False)
    before = stamp(cell.parent)
    data = bytearray(cell.read_bytes())
    data[int(len(data) * place)] ^= 255
    with cell.open("r+b") as file:
        file.write(data)
    os.utime(cell, (1_000_000_000, 1_000_000_000))
    after = stamp(cell.parent)
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_no_file_is_sampled_where_the_system_shows_changes(cell, monkeypatch):
    monkeypatch.setattr(file_sample, "SHOWS_CHANGES", True)
    assert stamp(cell.parent)[1] == []


def test_empty_and_missing_files_have_no_sample(tmp_path, monkeypatch):
    monkeypatch.setattr(file_sample, "SHOWS_CHANGES", False)
    assert file_sample.sample_checksum(str(tmp_path / "none.png"), 9) == 0
    (tmp_path / "empty.png").touch()
    assert file_sample.sample_checksum(str(tmp_path / "empty.png"), 0) == 0


@pytest.mark.parametrize("shows_changes", [True, False])
def test_state_of_a_file(cell, monkeypatch, shows_changes):
    monkeypatch.setattr(file_sample, "SHOWS_CHANGES", shows_changes)
    before = file_sample.read_file_state(str(cell))
    assert before == file_sample.read_file_state(str(cell))
    data = bytearray(cell.read_bytes())
    data[len(data) // 2] ^= 1
    with cell.open("r+b") as file:
        file.write(data)
    os.utime(cell, (1_000_000_000, 1_000_000_000))
    after = file_sample.read_file_state(str(cell))
    assert before[:3] == after[:3]
    assert (before[4] != after[4]) is not shows_changes
    assert file_sample.read_file_state(str(cell.parent / "none")) is None
    assert file_sample.read_file_state("a\0b") is None
