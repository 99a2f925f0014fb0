"""Descriptions of edits."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QLocale

from engine.project.decisions import NOT_CLASSED, Change, Edit
from gui.inspector.edit_descriptions import describe, describe_with_author, undone_ids
from gui.words import moment

AT = datetime(2026, 3, 4, 14, 2, tzinfo=UTC)


def edit(
    number=1, action="label", *changes, undoes=None, redoes=None, path="a.png", at=AT, reason=""
) -> Edit:
    """Return an edit by Anna; each change is (field, old, new)."""
    made = tuple(Change(path, *change) for change in changes)
    return Edit(number, at, "Anna", action, reason, None, undoes, redoes, made)


@pytest.mark.parametrize(
    ("action", "change", "words"),
    [
        ("label", ("label", "basophil", "monocyte"), "Basophil → Monocyte"),
        ("label", ("label", None, "monocyte"), "Monocyte"),
        ("label", ("label", "monocyte", NOT_CLASSED), "Monocyte → not classed"),
        ("confirm", ("label", None, "monocyte"), "confirmed Monocyte"),
        ("clear", ("label", "monocyte", None), "cleared: Monocyte → no label"),
        ("remove", ("removed", None, "person"), "removed"),
        ("restore", ("removed", "person", None), "brought back"),
        ("note", ("note", None, "  two\nlines "), "note “two lines”"),
        ("note", ("note", "old", None), "note removed"),
        ("classes", ("label", "blast", "monocyte"), "Blast merged into Monocyte"),
        ("settle", ("settled", None, True), "identified as a moved copy"),
        ("tag", ("tag.Auer rod", None, True), "tag “Auer rod”"),
        ("tag", ("tag.Auer rod", True, None), "tag “Auer rod” taken away"),
        ("label", ("conflict.label", None, ["x"]), "other decision kept until it is settled"),
        (
            "settle_conflict",
            ("conflict.label", [{"value": "mono", "who": "Bob", "at": ""}], None),
            "conflict settled: decision kept instead of Mono of Bob",
        ),
        (
            "settle_conflict",
            ("conflict.removed", [{"value": None, "who": "Bob", "at": ""}], None),
            "conflict settled: decision kept instead of in the set of Bob",
        ),
    ],
)
def test_describe_covers_each_action(qapp, action, change, words):
    assert describe(edit(1, action, change), str.capitalize) == words


@pytest.mark.parametrize(
    ("field", "old", "new", "words"),
    [
        ("classes", None, [], "classes changed"),
        ("sign_off", None, {"who": "Anna"}, "signed off"),
        ("sign_off", {"who": "Anna"}, None, "sign-off withdrawn"),
        ("session", None, {"stain": "MGG"}, "session details changed"),
        ("folder_names", {}, {"gut": "monocyte"}, "classes of folder names changed"),
        ("dismissed.blur a.png", None, True, "finding dismissed"),
        ("moved.2026", None, {"files": 2}, "files moved out of the folder"),
        ("second_reading.ab", None, {"reader": "Bob"}, "second reading started"),
        ("second_reading.ab", {"reader": "Bob"}, {"ended": "now"}, "second reading ended"),
        ("field of a later version", None, 1, "project details changed"),
    ],
)
def test_changes_of_the_project_have_words(qapp, field, old, new, words):
    assert describe(edit(1, "x", (field, old, new), path=None), str.capitalize) == words


def test_describe_mentions_undo_and_redo(qapp):
    change = ("label", "monocyte", "basophil")
    assert describe(edit(2, "label", change, undoes=1), str.capitalize) == (
        "undid: Basophil → Monocyte"
    )
    assert describe(edit(3, "label", change, redoes=1), str.capitalize).startswith("redid")


def test_several_changes_are_one_line(qapp):
    both = edit(1, "clear", ("label", "monocyte", None), ("removed", "person", None))
    assert describe(both, str.capitalize) == "cleared: Monocyte → no label, brought back"
    assert describe(edit(1, "label"), str.capitalize)  # no change concerns this image


def test_long_notes_are_shortened(qapp):
    assert len(describe(edit(1, "note", ("note", None, "word " * 200)), str)) < 120


def test_times_are_in_the_local_time_zone(qapp):
    default = QLocale()
    QLocale.setDefault(QLocale("it_IT"))
    try:
        there = timezone(timedelta(hours=9))
        own_edit = edit(1, "label", ("label", "basophil", "monocyte"))
        today = datetime(2026, 3, 4, 23, 30, tzinfo=there)
        assert (
            describe_with_author(own_edit, str.capitalize, today)
            == "23:02 · Anna: Basophil → Monocyte"
        )
        assert moment(AT, today + timedelta(days=1)).startswith("04/03/26")
        assert moment(AT, today + timedelta(days=1)).endswith("23:02")
    finally:
        QLocale.setDefault(default)


def test_undone_ids_exclude_redone_edits():
    edits = [edit(5, redoes=1), edit(4, undoes=1), edit(3, undoes=2), edit(2), edit(1)]
    assert undone_ids(edits) == {2}
    assert undone_ids([*edits, edit(6, undoes=1)]) == {1, 2}
    assert undone_ids([]) == set()


def test_reason_of_a_settled_conflict_is_told_but_not_the_file_of_an_import(qapp):
    settled = edit(1, "settle_conflict", ("label", "basophil", "monocyte"), reason="granules")
    text = describe_with_author(settled, str.capitalize, AT)
    assert text.endswith("Anna: Basophil → Monocyte (reason: granules)")
    imported = edit(1, "import", ("label", "basophil", "monocyte"), reason="labels.csv")
    assert describe_with_author(imported, str.capitalize, AT).endswith("Anna: Basophil → Monocyte")
