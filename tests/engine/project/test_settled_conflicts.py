"""Settled conflicts: who settled what and why, of merged projects and of readers, also after a merge."""

import shutil

import pytest

from engine.jobs import Job
from engine.project import reading_edits, second_reading
from engine.project.conflicts import read_conflicts, settle
from engine.project.merging import merge
from engine.project.project import Project
from engine.project.reading_draw import DrawCandidate
from engine.project.settled_conflicts import read_settled_conflicts


def label(project, path, class_id, who):
    project.apply("label", [(path, "label", class_id)], who=who)


def shown(project):
    return [
        (found.path, found.field, found.old, found.new, found.is_kept, found.who, found.reason)
        for found in read_settled_conflicts(project)
    ]


def others(found):
    return [(other.value, other.who) for other in found.others]


@pytest.fixture
def merged(project, real_folder, tmp_path):
    """Return a project with conflicts on two images after merging another person's file."""
    source, records = real_folder("a.jpg", "b.jpg")
    project.link(Job(), source, records)
    project.save_copy(tmp_path / "copy.bloodbench")
    for path in ("a.jpg", "b.jpg"):
        label(project, path, "monocyte", "Anna")
    with Project.open(tmp_path / "copy.bloodbench") as copy:
        for path in ("a.jpg", "b.jpg"):
            label(copy, path, "platelet", "Bob")
    merge(project, tmp_path / "copy.bloodbench", "Anna")
    return project


def test_conflicts_of_merged_projects(merged):
    assert shown(merged) == []
    first, second = read_conflicts(merged)
    settle(merged, first, "platelet", "Chief", "no nucleus")
    settle(merged, second, "monocyte", "Chief")
    assert shown(merged) == [
        ("a.jpg", "label", "monocyte", "platelet", False, "Chief", "no nucleus"),
        ("b.jpg", "label", "monocyte", "monocyte", True, "Chief", ""),
    ]
    assert [others(found) for found in read_settled_conflicts(merged)] == [
        [("platelet", "Bob")],
        [("platelet", "Bob")],
    ]
    merged.undo("Chief")
    assert [conflict[0] for conflict in shown(merged)] == ["a.jpg"]
    merged.redo("Chief")
    assert len(shown(merged)) == 2


def test_settling_in_another_file_comes_with_the_merge_once(merged, tmp_path):
    file = tmp_path / "third.bloodbench"
    merged.save_copy(file)
    shutil.copy(file, tmp_path / "fourth.bloodbench")
    with Project.open(file) as third:
        settle(third, read_conflicts(third)[0], "platelet", "Chief", "no nucleus")
        settle(third, read_conflicts(third)[0], "platelet", "Chief", "withdrawn")
        third.undo("Chief")
    for _ in range(2):
        merge(merged, file, "Anna")
        assert [(conflict[0], conflict[-1]) for conflict in shown(merged)] == [
            ("a.jpg", "no nucleus")
        ]
        merged.undo("Anna")
        assert shown(merged) == []
        merged.redo("Anna")


def test_decision_kept_in_another_file_is_named_after_the_merge(merged, tmp_path):
    file = tmp_path / "third.bloodbench"
    merged.save_copy(file)
    with Project.open(file) as third:
        settle(third, read_conflicts(third)[0], "monocyte", "Chief", "lobed")
        label(third, "a.jpg", "platelet", "Dora")
    merge(merged, file, "Anna")
    label(merged, "a.jpg", "basophil", "Anna")
    [found] = read_settled_conflicts(merged)
    assert (found.old, found.new, found.is_kept) == ("monocyte", "monocyte", True)
    assert others(found) == [("platelet", "Bob")]


def test_label_of_the_folder_is_named_where_readers_keep_or_replace_it(project):
    drawn = [DrawCandidate(path, "monocyte", None) for path in ("a.jpg", "b.jpg")]
    reading_edits.start_round(project, drawn, reader="Bob", method="all", seed=1, who="Anna")
    [reading] = second_reading.read_rounds(project)
    for path, chosen in (("a.jpg", "monocyte"), ("b.jpg", "platelet")):
        reading_edits.record_label(project, reading, path, "platelet")
        reading_edits.settle(project, reading, path, chosen, who="Chief")
    assert shown(project) == [
        ("a.jpg", "label", "monocyte", "monocyte", True, "Chief", ""),
        ("b.jpg", "label", "monocyte", "platelet", False, "Chief", ""),
    ]


def test_conflicts_of_readers(project):
    label(project, "a.jpg", "monocyte", "Anna")
    label(project, "b.jpg", "monocyte", "Anna")
    drawn = [DrawCandidate(path, "monocyte", None) for path in ("a.jpg", "b.jpg")]
    reading_edits.start_round(project, drawn, reader="Bob", method="all", seed=1, who="Anna")
    [reading] = second_reading.read_rounds(project)
    for path in ("a.jpg", "b.jpg"):
        reading_edits.record_label(project, reading, path, "platelet")
    reading_edits.settle(project, reading, "a.jpg", "platelet", who="Chief", reason="no nucleus")
    reading_edits.settle(project, reading, "b.jpg", "monocyte", who="Chief", reason="nucleus")
    assert shown(project) == [
        ("a.jpg", "label", "monocyte", "platelet", False, "Chief", "no nucleus"),
        ("b.jpg", "label", "monocyte", "monocyte", True, "Chief", "nucleus"),
    ]
    assert [others(found) for found in read_settled_conflicts(project)] == [
        [("platelet", "Bob")]
    ] * 2
