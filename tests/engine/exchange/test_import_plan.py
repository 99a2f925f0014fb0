"""Matching of claims by content or path, without guessing."""

import pytest
from datasets_helpers import find_class_id

from engine.exchange.formats.claims import LabelClaim
from engine.exchange.formats.import_plan import KnownImage, match_claims
from engine.messages import render
from engine.project.decisions import NOT_CLASSED, Decision

A, B, C = "a" * 64, "b" * 64, "c" * 64


def claim(path="", sha256="", label="monocyte", **more):
    return LabelClaim(path, sha256, label, "here", **more)


def planned(claims, images):
    return match_claims(claims, images, find_class_id)


def changed(found):
    return {(change.path, change.field): change.new for change in found.changes}


def test_content_takes_precedence_over_path():
    images = [KnownImage("x.png", A), KnownImage("y.png", B)]
    found = planned([claim("x.png", B)], images)
    assert changed(found) == {("y.png", "label"): "monocyte"}


def test_other_content_at_the_path_does_not_match():
    found = planned([claim("x.png", C)], [KnownImage("x.png", A)])
    assert not found.changes
    assert [doubt.reason.id for doubt in found.doubts] == ["import.other_content"]


def test_same_name_in_another_folder_does_not_match():
    found = planned([claim("x.png")], [KnownImage("slide/x.png", A)])
    assert not found.changes
    assert found.unmatched == (claim("x.png"),)
    assert found.unclaimed == 1


def test_copies_are_told_apart_by_path_only():
    images = [KnownImage("x.png", A), KnownImage("y.png", A)]
    assert changed(planned([claim("y.png", A)], images)) == {("y.png", "label"): "monocyte"}
    found = planned([claim("z.png", A)], images)
    assert not found.changes
    assert found.doubts[0].candidates == ("x.png", "y.png")


def test_contradictions_change_nothing():
    found = planned([claim("x.png"), claim("x.png", label="platelet")], [KnownImage("x.png", A)])
    assert not found.changes
    assert {doubt.reason.id for doubt in found.doubts} == {"import.contradiction"}
    assert len(planned([claim("x.png"), claim("", A)], [KnownImage("x.png", A)]).changes) == 1


def test_unhashed_image_is_not_matched_by_content():
    found = planned([claim("x.png", A)], [KnownImage("x.png", "")])
    assert not found.changes
    assert found.doubts[0].reason.id == "import.unread"


def test_names_that_are_not_utf8_match_by_printed_form():
    odd, looks_alike = "a\udcff.png", "a\\xff.png"
    written = [claim(looks_alike)]
    assert changed(planned(written, [KnownImage(odd, A)])) == {(odd, "label"): "monocyte"}
    found = planned(written, [KnownImage(odd, A), KnownImage(looks_alike, B)])
    assert found.doubts[0].reason.id == "import.ambiguous"


def test_unknown_labels_are_counted():
    images = [KnownImage("x.png", A), KnownImage("y.png", B)]
    found = planned([claim("x.png", label="smudge"), claim("y.png", label="PLT")], images)
    assert changed(found) == {("y.png", "label"): "platelet"}
    assert found.unknown_labels == {"smudge": 1}


def test_matching_labels_are_unchanged():
    images = [
        KnownImage("x.png", A, "monocyte"),
        KnownImage("y.png", B, "platelet", Decision("monocyte")),
    ]
    found = planned([claim("x.png"), claim("y.png")], images)
    assert not found.changes
    assert found.unchanged == 2


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ({"removed": "blur"}, {"label": "monocyte", "removed": "blur"}),
        ({"not_classed": True}, {"label": NOT_CLASSED}),
        ({"label": None, "removed": ""}, {"removed": ""}),
        ({"label": None}, {}),
    ],
)
def test_decisions_are_imported(stated, wanted):
    found = planned([claim("x.png", **stated)], [KnownImage("x.png", A)])
    assert {field: new for (_, field), new in changed(found).items()} == wanted
    assert found.edits() == [("x.png", field, new) for field, new in wanted.items()]


@pytest.mark.parametrize(
    "written",
    ["/data/cells/s/x.png", r"D:\cells\s\x.png", r"\\pc\cells\s\x.png", r"s\x.png", "S/X.PNG"],
)
def test_path_of_another_computer_matches_by_suffix(written):
    images = [KnownImage("s/x.png", A), KnownImage("t/x.png", B)]
    assert changed(planned([claim(written)], images)) == {("s/x.png", "label"): "monocyte"}


def test_ambiguous_paths_are_doubts():
    images = [KnownImage("x.png", A), KnownImage("s/x.png", B)]
    found = planned([claim("/data/s/x.png")], images)
    assert not found.changes
    assert found.doubts[0].reason.id == "import.ambiguous"
    assert set(found.doubts[0].candidates) == {"x.png", "s/x.png"}


def test_several_inexact_paths_to_one_image_are_doubts():
    claims = [claim("/data/s1/x.png"), claim("/data/s2/x.png")]
    found = planned(claims, [KnownImage("x.png", A)])
    assert not found.changes
    assert {doubt.reason.id for doubt in found.doubts} == {"import.several_paths"}
    found = planned([*claims, claim("x.png", label="platelet")], [KnownImage("x.png", A)])
    assert changed(found) == {("x.png", "label"): "platelet"}
    assert len(found.doubts) == 2


def test_file_without_any_match_has_a_message():
    found = planned([claim("y.png"), claim("z.png")], [KnownImage("x.png", A)])
    nothing = found.no_match_message("labels.csv")
    assert nothing.id == "import.none_fits"
    assert "y.png" in render(nothing)
    assert (
        planned([claim("y.png"), claim("x.png")], [KnownImage("x.png", A)]).no_match_message("l")
        is None
    )
