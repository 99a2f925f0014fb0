"""Source that hashes once: every step of a training gets the hash of one reading of the file."""

import pytest
from PIL import Image

from engine.images.hash_once import HashOnceSource
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job
from engine.messages import Problem
from engine.project.library import Library
from engine.train.holdout import exclude_holdout, lock_holdout


class CountingSource(WrappedSource):
    """A source that counts the files that it hashes."""

    def __init__(self, source):
        super().__init__(source)
        self.hashed = []

    def digest(self, record: ImageRecord) -> str:
        """Count and hash."""
        self.hashed.append(record.path)
        return super().digest(record)


@pytest.fixture
def source(tmp_path):
    """Return a counting source of 20 images of two classes."""
    for number in range(20):
        folder = tmp_path / "images" / ("basophil", "monocyte")[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), (number, 0, 0)).save(folder / f"{number}.png")
    return CountingSource(open_source(tmp_path / "images"))


def test_holdout_and_training_hash_each_file_once(source, tmp_path):
    images = [(record, record.label) for record in source.scan(Job())]
    once = HashOnceSource(source)
    records = [record for record, _ in images]
    with Library(tmp_path / "projects").create(source, records, "images") as project:
        source.hashed.clear()
        locked = lock_holdout(project, once, images, Job(), "Anna")
        free = exclude_holdout(Job(), once, images, locked)
    assert sorted(source.hashed) == sorted(record.path for record in records)
    assert len(locked) + len(free) == len(images)


def test_failure_is_not_remembered(source):
    record = next(iter(source.scan(Job())))
    once = HashOnceSource(source)
    file = source.root / record.path
    away = file.rename(file.with_suffix(".away"))
    with pytest.raises(Problem):
        once.digest(record)
    away.rename(file)
    assert once.digest(record) == source.digest(record)
