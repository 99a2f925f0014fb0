"""Foreign paths match one image, none, or all candidates."""

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
def test_all_forms_of_a_path_match(text):
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
def test_names_alone_and_other_folders_do_not_match(text):
    assert find(text) == ()


def test_root_may_be_above_or_below():
    assert find("/data/cells/slide1/a.png", ["a.png", "b.png"]) == ("a.png",)
    assert find(r"D:\cells\slide1\a.png", ["old/cells/slide1/a.png"]) == ("old/cells/slide1/a.png",)


def test_all_candidates_are_returned():
    assert set(find("/x/s/a.png", ["one/s/a.png", "two/s/a.png"])) == {"one/s/a.png", "two/s/a.png"}
    assert set(find("/x/s/a.png", ["a.png", "s/a.png"])) == {"a.png", "s/a.png"}
    assert find("/x/one/s/a.png", ["one/s/a.png", "two/s/a.png"]) == ("one/s/a.png",)


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_unicode_forms_match(stored, written):
    path = unicodedata.normalize(stored, "Müller é/å.png")
    assert find(unicodedata.normalize(written, "Müller é/å.png"), [path]) == (path,)
    assert find(unicodedata.normalize(written, r"D:\x\Müller é\å.png"), [path]) == (path,)


def test_exact_name_has_priority():
    both = [unicodedata.normalize(form, "é.png") for form in ("NFC", "NFD")]
    assert [find(name, both) for name in both] == [(both[0],), (both[1],)]
    assert find("A.png", ["a.png", "A.png"]) == ("A.png",)
    assert set(find("A.PNG", ["a.png", "A.png"])) == {"a.png", "A.png"}


def test_formula_escapes_are_removed():
    for name in ("=1.png", "-2 x/a.png", "+a.png", "@a.png"):
        assert find(f"./{name}", [name]) == (name,)
        assert find(f"'{name}", [name]) == (name,)


def test_undecodable_names_match_by_their_escaped_form():
    assert find(r"a\xff.png", ["a\udcff.png"]) == ("a\udcff.png",)


def test_backslash_in_a_name_has_priority():
    assert find(r"a\b.png", [r"a\b.png", "a/b.png"]) == (r"a\b.png",)
