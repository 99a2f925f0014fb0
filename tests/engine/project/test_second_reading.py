"""Second readings: stored beside the decisions, journalled, undone, and following moved images."""

from dataclasses import replace

import pytest

from engine.jobs import Job
from engine.project.decisions import NOT_CLASSED, ROUND_PREFIX
from engine.project.earlier_state import StateDifference, compare_with_backup, restore_backup
from engine.project.journal import replay
from engine.project.project import Project
from engine.project.reader_comparison import conflicts, first_label, reader_pairs
from engine.project.reading_draw import DrawCandidate, draw_images
from engine.project.reading_edits import (
    end_round,
    record_label,
    record_note,
    resume_round,
    settle,
    start_round,
    undo_reading,
)
from engine.project.second_reading import read_round_images, read_rounds

DRAWN = [DrawCandidate("b.png", "monocyte"), DrawCandidate("a.png", "basophil")]


@pytest.fixture
def linked(project, real_folder):
    """Return a project whose images a.png and b.png are in the folder."""
    project.link(Job(), *real_folder("a.png", "b.png", "c.png"))
    return project


@pytest.fixture
def reading(linked):
    """Return a started round."""
    linked.apply("label", [("b.png", "label", "monocyte")], who="Anna")
    start_round(linked, DRAWN, reader="Bob", method="all", seed=7, who="Anna")
    return read_rounds(linked)[0]


def images(project, reading):
    return [(i.path, i.first, i.label, i.note) for i in read_round_images(project, reading)]


def test_ended_round_is_resumed_and_says_so(linked, reading):
    record_label(linked, reading, "a.png", "monocyte")
    end_round(linked, reading, who="Bob")
    ended = read_rounds(linked)[0]
    assert (bool(ended.ended), ended.resumed) == (True, 0)
    resume_round(linked, ended, who="Bob")
    resumed = read_rounds(linked)[0]
    assert (resumed.ended, resumed.resumed, resumed.started) == (None, 1, reading.started)
    end_round(linked, resumed, who="Bob")
    assert read_rounds(linked)[0].resumed == 1
    linked.undo("Bob")
    linked.undo("Bob")
    assert read_rounds(linked)[0] == ended


def test_round_names_the_first_reader_also_in_files_of_earlier_versions(linked, reading):
    linked.apply("label", [("b.png", "label", "platelet")], who="Carla")
    assert [image.first_reader for image in read_round_images(linked, reading)] == ["Anna", ""]
    draw = {"place": 0, "first": "monocyte"}
    older = replace(reading, started="2100-01-01T00:00:00+00:00")
    linked.apply("test", [("b.png", f"second.{reading.id}.draw", draw)], who="Carla")
    assert [image.first_reader for image in read_round_images(linked, older)] == ["Carla", ""]
    assert [image.first_reader for image in read_round_images(linked, reading)] == ["", ""]


def test_draw_stored_under_its_earlier_name_is_read(linked, reading):
    field = f"{ROUND_PREFIX}{reading.id}"
    stored = {**linked.get(field), "method": "doubtful"}
    linked.apply("start_reading", [(None, field, stored)], who="Anna")
    (read,) = read_rounds(linked)
    assert read.method == "least_certain"


def test_last_started_reading_comes_first_within_one_second_too(linked, reading):
    for reader in ("Carla", "Dora", "Emil", "Fay"):
        start_round(linked, DRAWN, reader=reader, method="all", seed=7, who="Anna")
        assert read_rounds(linked)[0].reader == reader


def test_round_keeps_order_and_first_labels_and_changes_no_decision(linked, reading):
    assert (reading.reader, reading.method, reading.count, reading.seed) == ("Bob", "all", 2, 7)
    assert images(linked, reading) == [
        ("b.png", "monocyte", None, ""),
        ("a.png", "basophil", None, ""),
    ]
    record_label(linked, reading, "a.png", "monocyte")
    record_note(linked, reading, "a.png", "smudged")
    assert images(linked, reading)[1] == ("a.png", "basophil", "monocyte", "smudged")
    assert {path: d.label for path, d in linked.decisions().items()} == {"b.png": "monocyte"}
    # Neither drawing nor reading counts as a decision of anyone.
    assert [(person.who, person.images) for person in linked.reviewers()] == [("Anna", 1)]


def test_state_equals_the_replayed_journal(linked, reading):
    record_label(linked, reading, "a.png", NOT_CLASSED)
    settle(linked, reading, "a.png", "platelet", who="Carla", reason="granules")
    linked.undo("Carla")
    with linked.snapshot() as database:
        rows = database.execute("SELECT image, field, value FROM state").fetchall()
        assert {(image, field): value for image, field, value in rows} == replay(database)


def test_reader_undoes_only_own_readings(linked, reading):
    assert undo_reading(linked, reading) is None
    record_label(linked, reading, "b.png", "platelet")
    undo_reading(linked, reading)
    assert images(linked, reading)[0][2] is None
    undo_reading(linked, reading, redo=True)
    assert images(linked, reading)[0][2] == "platelet"
    undo_reading(linked, reading)
    assert undo_reading(linked, reading) is None
    assert linked.decisions()["b.png"].label == "monocyte"
    assert read_rounds(linked)


def test_conflict_is_computed_and_settled_with_who_and_why(linked, reading):
    record_label(linked, reading, "b.png", "monocyte")
    record_label(linked, reading, "a.png", "platelet")
    end_round(linked, reading, who="Bob")
    (reading,) = read_rounds(linked)
    assert reading.ended
    labels = {"a.png": "basophil", "b.png": "monocyte"}
    (conflict,) = conflicts(read_round_images(linked, reading), labels, {})
    assert (conflict.path, conflict.first, conflict.label) == ("a.png", "basophil", "platelet")
    edit = settle(linked, reading, "a.png", "basophil", who="Carla", reason="coarse granules")
    assert (edit.who, edit.reason) == ("Carla", "coarse granules")
    assert linked.decisions()["a.png"].label == "basophil"
    after = read_round_images(linked, reading)
    assert not conflicts(after, labels, {})
    # What both read independently does not change by settling.
    assert reader_pairs(after, {}) == [("monocyte", "monocyte"), ("basophil", "platelet")]
    linked.undo("Carla")
    assert "a.png" not in linked.decisions()
    assert conflicts(read_round_images(linked, reading), labels, {})


def test_no_conflict_between_merged_classes_or_with_a_label_given_since(linked, reading):
    record_label(linked, reading, "a.png", "platelet")
    found = read_round_images(linked, reading)
    assert not conflicts(found, {"a.png": "basophil"}, {"platelet": "basophil"})
    assert not conflicts(found, {"a.png": "platelet"}, {})
    assert reader_pairs(found, {"platelet": "basophil"}) == [("basophil", "basophil")]


def test_readings_follow_a_renamed_image_and_a_reopened_project(linked, reading, root, real_folder):
    record_label(linked, reading, "a.png", "platelet")
    # As the window does in the background: from now on the images are known by their content.
    linked.verify_links(Job(), real_folder()[0])
    (root / "a.png").rename(root / "z.png")
    source, records = real_folder()
    linked.link(Job(), source, records)
    linked.close()
    with Project.open(linked.file) as again:
        again.link(Job(), source, records)
        assert images(again, reading)[1] == ("z.png", "basophil", "platelet", "")


def test_earlier_state_brings_readings_back(linked, reading):
    record_label(linked, reading, "a.png", "platelet")
    backup = linked.back_up("regular")
    record_label(linked, reading, "a.png", "monocyte")
    assert compare_with_backup(linked, backup) == StateDifference(readings=1)
    restore_backup(linked, backup, "Bob")
    assert images(linked, reading)[1][2] == "platelet"


def test_project_list_counts_no_drawn_image_as_decided(linked, reading):
    from engine.project.metadata import read_summary

    with linked.snapshot() as database:
        assert read_summary(database, linked.file).decided == 1


def test_not_classed_is_a_first_label():
    assert first_label(NOT_CLASSED, "basophil", {}) == NOT_CLASSED
    assert first_label(None, "old", {"old": "new"}) == "new"
    assert first_label(None, None, {}) is None


CANDIDATES = [
    DrawCandidate(f"{name}{n}.png", name, n / 100)
    for name, count in (("a", 90), ("b", 9), ("c", 1))
    for n in range(count)
]


def test_draw_by_class_takes_each_class_by_its_share():
    drawn = draw_images(CANDIDATES, "by_class", 20, seed=1)
    assert [sum(c.label == name for c in drawn) for name in "abc"] == [18, 1, 1]
    assert [c.label for c in drawn] != sorted(c.label for c in drawn)


def test_draw_is_repeatable_and_does_not_depend_on_the_listing():
    drawn = draw_images(CANDIDATES, "by_class", 20, seed=1)
    assert drawn == draw_images(CANDIDATES[::-1], "by_class", 20, seed=1)
    assert drawn != draw_images(CANDIDATES, "by_class", 20, seed=2)
    everything = draw_images(CANDIDATES, "all", 0, seed=1)
    assert sorted(c.path for c in everything) == sorted(c.path for c in CANDIDATES)


def test_draw_of_the_least_certain_takes_the_smallest_margins_in_random_order():
    drawn = draw_images(
        [*CANDIDATES, DrawCandidate("unread.png", "a")], "least_certain", 12, seed=3
    )
    assert max(c.margin for c in drawn) <= 0.05
    assert [c.margin for c in drawn] != sorted(c.margin for c in drawn)
