"""Results in a folder are replaced only by results of the same images."""

import pytest

from engine.messages import Problem
from engine.output_folder import OutputFolder
from engine.output_recognisers import table_recogniser
from engine.paths import data_dir
from engine.result_source import ResultSource

ROWS = b"path,label\r\n"
FILES = {"a.csv": table_recogniser("path", "label"), "b.csv": table_recogniser("path", "label")}


def write(folder, images, names=FILES, *, related=()):
    source = ResultSource.of(images)
    out = OutputFolder(folder, {name: FILES[name] for name in names}, (), source, related)
    for name in names:
        out[name].write(ROWS + images.name.encode() + b",x\r\n")


def refused(*arguments, **more):
    with pytest.raises(Problem) as caught:
        write(*arguments, **more)
    return caught.value.message


@pytest.fixture
def place(tmp_path):
    for name in ("slide_1", "slide_2", "elsewhere/slide_1"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def test_results_of_the_same_images_are_replaced(place):
    for _ in range(2):
        write(place / "out", place / "slide_1")
    (place / "slide_1/new.png").touch()
    (place / "slide_1").rename(place / "renamed")
    write(place / "out", place / "renamed")
    assert b"renamed" in (place / "out/a.csv").read_bytes()


def test_the_source_is_known_after_the_results_were_moved_with_their_images(place):
    write(place / "slide_1/out", place / "slide_1")
    (place / "slide_1").rename(place / "renamed")
    assert refused(place / "renamed/out", place / "slide_2")
    write(place / "renamed/out", place / "renamed")


@pytest.mark.parametrize("other", ["slide_2", "elsewhere/slide_1"])
def test_results_of_other_images_stay(place, other):
    write(place / "out", place / "slide_1")
    before = {file.name: file.read_bytes() for file in (place / "out").iterdir()}
    message = refused(place / "out", place / other)
    assert (message.id, message.params["name"]) == ("write.other_source", "slide_1")
    assert {file.name: file.read_bytes() for file in (place / "out").iterdir()} == before


def test_each_file_has_its_source(place):
    write(place / "out", place / "slide_1", ["a.csv"])
    assert refused(place / "out", place / "slide_2", ["b.csv"], related=FILES)
    write(place / "out", place / "slide_2", ["b.csv"])
    assert refused(place / "out", place / "slide_2", ["a.csv"])
    assert refused(place / "out", place / "slide_1", ["b.csv"])
    write(place / "out", place / "slide_1", ["a.csv"])
    (place / "out/a.csv").unlink()
    write(place / "out", place / "slide_2", ["a.csv"])


def test_a_folder_made_anew_in_its_place_is_the_same(place):
    write(place / "out", place / "slide_1")
    (place / "slide_1").rename(place / "kept")
    (place / "slide_1").mkdir()
    write(place / "out", place / "slide_1")


def test_results_hold_nothing_but_results(place):
    write(place / "out", place / "slide_1")
    assert sorted(path.name for path in (place / "out").iterdir()) == sorted(FILES)


def test_a_damaged_note_is_made_anew(place):
    write(place / "out", place / "slide_1")
    for note in (data_dir() / "results").iterdir():
        note.write_bytes(b'{"sources": {"a.csv": 1}}')
    write(place / "out", place / "slide_1")
    assert refused(place / "out", place / "slide_2")


def test_results_without_a_note_are_replaced(place):
    (place / "out").mkdir()
    (place / "out/a.csv").write_bytes(ROWS)
    write(place / "out", place / "slide_1")
    assert refused(place / "out", place / "slide_2")
