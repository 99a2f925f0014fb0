"""Paths as others write them: the one image that is meant, or none, or all that it could be."""

import unicodedata

import pytest

from engine.images.path_matching import PathFinder

CELLS = ("slide1/a.png", "slide1/b.png", "slide2/a.png")


def find(text, paths=CELLS):
    return PathFinder(paths).find(text).paths


@pytest.mark.parametrize(
    "text",
    [
        "slide1/a.png",
        "./slide1/a.png",
        "slide1//a.png",
        r"slide1\a.png",
        r".\slide1\a.png",
        "/data/cells/slide1/a.png",
        "//server/share/cells/slide1/a.png",
        r"\\server\share\cells\slide1\a.png",
        r"D:\cells\slide1\a.png",
        "d:/cells/slide1/a.png",
        "D:slide1/a.png",
        "file:///data/cells/slide1/a.png",
        "file:///D:/cells/slide1/a.png",
        r"..\cells\slide1\a.png",
        "../slide1/a.png",
        "cells/slide1/a.png",
        "SLIDE1/A.PNG",
        r"D:\CELLS\Slide1\A.png",
    ],
)
def test_the_image_is_found_from_every_way_of_writing_its_path(text):
    assert find(text) == ("slide1/a.png",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.png",
        "/data/a.png",
        "slide3/a.png",
        r"D:\slide3\a.png",
        "slide1",
        "/",
        "..",
        "C:",
        "\\\\",
    ],
)
def test_a_name_alone_or_another_folder_means_nothing(text):
    assert find(text) == ()


def test_a_root_above_or_below_the_one_it_was_written_with():
    assert find("/data/cells/slide1/a.png", ["a.png", "b.png"]) == ("a.png",)
    assert find(r"D:\cells\slide1\a.png", ["old/cells/slide1/a.png"]) == ("old/cells/slide1/a.png",)


def test_all_are_returned_where_several_are_meant():
    assert set(find("/x/s/a.png", ["one/s/a.png", "two/s/a.png"])) == {"one/s/a.png", "two/s/a.png"}
    assert set(find("/x/s/a.png", ["a.png", "s/a.png"])) == {"a.png", "s/a.png"}
    assert find("/x/one/s/a.png", ["one/s/a.png", "two/s/a.png"]) == ("one/s/a.png",)


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_composed_and_decomposed_names_are_the_same(stored, written):
    path = unicodedata.normalize(stored, "Müller é/å.png")
    assert find(unicodedata.normalize(written, "Müller é/å.png"), [path]) == (path,)
    assert find(unicodedata.normalize(written, r"D:\x\Müller é\å.png"), [path]) == (path,)


def test_the_exact_name_goes_before_one_that_is_like_it():
    both = [unicodedata.normalize(form, "é.png") for form in ("NFC", "NFD")]
    assert [find(name, both) for name in both] == [(both[0],), (both[1],)]
    assert find("A.png", ["a.png", "A.png"]) == ("A.png",)
    assert set(find("A.PNG", ["a.png", "A.png"])) == {"a.png", "A.png"}


def test_guards_against_formulas_are_taken_away():
    for name in ("=1.png", "-2 x/a.png", "+a.png", "@a.png"):
        assert find(f"./{name}", [name]) == (name,)
        assert find(f"'{name}", [name]) == (name,)


def test_names_that_are_no_text_are_found_by_their_written_form():
    assert find(r"a\xff.png", ["a\udcff.png"]) == ("a\udcff.png",)


def test_a_backslash_in_a_name_is_a_name_first():
    assert find(r"a\b.png", [r"a\b.png", "a/b.png"]) == (r"a\b.png",)
