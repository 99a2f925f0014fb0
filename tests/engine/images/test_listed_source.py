"""Source that lists its files once."""

from project_helpers import write_image

from engine.images.listed_source import ListedSource
from engine.images.source import open_source
from engine.jobs import Job


def test_later_scans_repeat_the_first(tmp_path):
    write_image(tmp_path / "a.jpg", 1)
    source = ListedSource(open_source(tmp_path))
    [first] = source.scan(Job())
    write_image(tmp_path / "b.jpg", 2)
    assert list(source.scan(Job())) == [first]
    assert source.digest(first) == open_source(tmp_path).digest(first)
