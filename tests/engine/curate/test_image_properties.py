"""Image properties of an evaluation: numbers and groups of the images that can be read."""

import os

import numpy as np
from PIL import Image, ImageFilter

from engine.curate.image_properties import NO_PROBLEM, measure_images
from engine.images.sample.cells import render_cell
from engine.images.source import open_source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job


def write_cells(folder, count, suffix, **options):
    for number in range(count):
        cell = render_cell("monocyte", np.random.default_rng(number))
        image = Image.fromarray(cell).resize((96, 96))
        if number == 7:
            image = image.filter(ImageFilter.GaussianBlur(6))
        file = folder / ("a" if number % 2 else "b") / f"{number}{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        image.save(file, **options)


def measure(folder):
    source = open_source(folder)
    return measure_images(Job(), source, list(source.scan(Job())))


def test_folders_quality_problems_and_jpeg_quality_are_properties(tmp_path):
    write_cells(tmp_path, 52, ".jpg", quality=80)
    found = measure(tmp_path)
    assert found.is_measured.all()
    assert sorted(set(found.groups["folder"])) == ["a", "b"]
    problems = found.groups["problem"]
    assert problems.count("blur") == 1
    assert problems.count(NO_PROBLEM) >= 48
    assert set(np.abs(found.numbers["jpeg_quality"] - 80) <= 1) == {True}


def test_one_image_of_another_format_leaves_the_jpeg_quality_out(tmp_path):
    write_cells(tmp_path, 3, ".jpg")
    write_cells(tmp_path, 1, ".png")
    found = measure(tmp_path)
    assert "jpeg_quality" not in found.numbers
    assert found.groups["problem"] == [NO_PROBLEM] * 4


class CountingSource(WrappedSource):
    """Source that counts the images it decodes."""

    def __init__(self, source):
        super().__init__(source)
        self.loaded = []

    def load(self, record):
        self.loaded.append(record.path)
        return super().load(record)


def test_measured_images_are_not_decoded_again(tmp_path):
    write_cells(tmp_path, 4, ".jpg", quality=80)
    write_cells(tmp_path, 1, ".png")
    for file in tmp_path.rglob("*.*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    source = CountingSource(open_source(tmp_path))
    records = list(source.scan(Job()))
    first = measure_images(Job(), source, records)
    assert len(source.loaded) == 5
    again = measure_images(Job(), source, records)
    assert len(source.loaded) == 5
    assert first.groups == again.groups
    for name, numbers in first.numbers.items():
        assert (numbers == again.numbers[name]).all()
    jpegs = [record for record in records if record.path.endswith(".jpg")]
    qualities = measure_images(Job(), source, jpegs).numbers["jpeg_quality"]
    assert set(np.abs(qualities - 80) <= 1) == {True}
    assert len(source.loaded) == 5
