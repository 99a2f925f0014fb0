"""Matching: by content or exact path, and never a guess."""

import pytest
from datasets_help import find

from engine.exchange.formats.claims import Claim
from engine.exchange.formats.import_plan import Known, plan
from engine.messages import render
from engine.project.decisions import NOT_CLASSED, Decision

A, B, C = "a" * 64, "b" * 64, "c" * 64


def claim(path="", sha256="", label="monocyte", **more):
    return Claim(path, sha256, label, "here", **more)


def planned(claims, images):
    return plan(claims, images, find)


def changed(found):
    return {(one.path, one.field): one.new for one in found.changes}


def test_content_wins_over_the_path():
    images = [Known("x.png", A), Known("y.png", B)]
    found = planned([claim("x.png", B)], images)
    assert changed(found) == {("y.png", "label"): "monocyte"}


def test_another_image_at_the_same_path_is_not_meant():
    found = planned([claim("x.png", C)], [Known("x.png", A)])
    assert not found.changes
    assert [doubt.reason.id for doubt in found.doubts] == ["import.other_content"]


def test_the_same_name_in_another_folder_is_not_meant():
    found = planned([claim("x.png")], [Known("slide/x.png", A)])
    assert not found.changes
    assert found.missing == (claim("x.png"),)
    assert found.silent == 1


def test_copies_are_told_by_their_path_or_not_at_all():
    images = [Known("x.png", A), Known("y.png", A)]
    assert changed(planned([claim("y.png", A)], images)) == {("y.png", "label"): "monocyte"}
    found = planned([claim("z.png", A)], images)
    assert not found.changes
    assert found.doubts[0].candidates == ("x.png", "y.png")


def test_contradictions_change_nothing():
    found = planned([claim("x.png"), claim("x.png", label="platelet")], [Known("x.png", A)])
    assert not found.changes
    assert {doubt.reason.id for doubt in found.doubts} == {"import.contradiction"}
    assert len(planned([claim("x.png"), claim("", A)], [Known("x.png", A)]).changes) == 1


def test_an_image_whose_content_is_not_known_is_not_matched_by_content():
    found = planned([claim("x.png", A)], [Known("x.png", "")])
    assert not found.changes
    assert found.doubts[0].reason.id == "import.unread"


def test_names_that_are_no_text_are_matched_by_their_written_form_or_listed():
    odd, looks_alike = "a\udcff.png", "a\\xff.png"
    written = [claim(looks_alike)]
    assert changed(planned(written, [Known(odd, A)])) == {(odd, "label"): "monocyte"}
    found = planned(written, [Known(odd, A), Known(looks_alike, B)])
    assert found.doubts[0].reason.id == "import.ambiguous"


def test_labels_that_no_class_is_called_by_are_counted():
    images = [Known("x.png", A), Known("y.png", B)]
    found = planned([claim("x.png", label="smudge"), claim("y.png", label="PLT")], images)
    assert changed(found) == {("y.png", "label"): "platelet"}
    assert found.unknown == {"smudge": 1}


def test_what_is_so_already_is_no_change():
    images = [Known("x.png", A, "monocyte"), Known("y.png", B, "platelet", Decision("monocyte"))]
    found = planned([claim("x.png"), claim("y.png")], images)
    assert not found.changes
    assert found.same == 2


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"removed": "blur"}, {"label": "monocyte", "removed": "blur"}),
        ({"not_classed": True}, {"label": NOT_CLASSED}),
        ({"label": None, "removed": ""}, {"removed": ""}),
        ({"label": None}, {}),
    ],
)
def test_decisions_travel(said, wanted):
    found = planned([claim("x.png", **said)], [Known("x.png", A)])
    assert {field: new for (_, field), new in changed(found).items()} == wanted
    assert found.edits() == [("x.png", field, new) for field, new in wanted.items()]


@pytest.mark.parametrize(
    "written",
    ["/data/cells/s/x.png", r"D:\cells\s\x.png", r"\\pc\cells\s\x.png", r"s\x.png", "S/X.PNG"],
)
def test_a_path_of_another_computer_is_matched_by_its_end(written):
    images = [Known("s/x.png", A), Known("t/x.png", B)]
    assert changed(planned([claim(written)], images)) == {("s/x.png", "label"): "monocyte"}


def test_paths_that_fit_several_images_are_listed_with_them():
    images = [Known("x.png", A), Known("s/x.png", B)]
    found = planned([claim("/data/s/x.png")], images)
    assert not found.changes
    assert found.doubts[0].reason.id == "import.ambiguous"
    assert set(found.doubts[0].candidates) == {"x.png", "s/x.png"}


def test_several_paths_that_seem_to_mean_one_image_are_not_followed():
    claims = [claim("/data/s1/x.png"), claim("/data/s2/x.png")]
    found = planned(claims, [Known("x.png", A)])
    assert not found.changes
    assert {doubt.reason.id for doubt in found.doubts} == {"import.several_paths"}
    found = planned([*claims, claim("x.png", label="platelet")], [Known("x.png", A)])
    assert changed(found) == {("x.png", "label"): "platelet"}
    assert len(found.doubts) == 2


def test_a_file_of_which_nothing_fits_is_said():
    found = planned([claim("y.png"), claim("z.png")], [Known("x.png", A)])
    nothing = found.nothing_fits("labels.csv")
    assert nothing.id == "import.none_fits"
    assert "y.png" in render(nothing)
    assert planned([claim("y.png"), claim("x.png")], [Known("x.png", A)]).nothing_fits("l") is None
