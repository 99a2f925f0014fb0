"""Merging two project files: same decisions once, different ones a conflict, nothing lost, one undo."""

import contextlib
import os
import shutil
import sqlite3

import pytest

from engine.jobs import Job
from engine.messages import Problem
from engine.project.backups import list_backups
from engine.project.classes import ClassEntry, encode_classes
from engine.project.conflicts import read_conflicts, settle
from engine.project.earlier_state import restore_backup
from engine.project.merged_journal import read_journal
from engine.project.merging import merge, plan_merge
from engine.project.project import Project
from engine.project.tags import TAG_ACTION, tag_changes


def label(project, path, class_id, who="Anna"):
    return project.apply("label", [(path, "label", class_id)], who=who)


def labels(project):
    return {
        path: decision.label for path, decision in project.decisions().items() if decision.label
    }


def keys(project):
    with project.snapshot() as database:
        return {edit.key for edit in read_journal(database)}


@pytest.fixture
def two(project, tmp_path, real_folder):
    """Return two open projects of the same images with one common decision: one is a copy."""
    source, records = real_folder(*(f"{name}.jpg" for name in "abcx012"))
    project.link(Job(), source, records)
    label(project, "a.jpg", "common")
    project.save_copy(tmp_path / "copy.bloodbench")
    with Project.open(tmp_path / "copy.bloodbench") as copy:
        yield project, copy


def test_each_sides_decisions_and_the_common_ones_are_there_once(two):
    mine, theirs = two
    label(mine, "b.jpg", "m")
    label(theirs, "c.jpg", "t", "Bob")
    theirs.apply("note", [("b.jpg", "note", "seen")], who="Bob")
    plan = plan_merge(mine, theirs.file)
    assert (plan.taken, plan.same, plan.conflicts, plan.absent, plan.edits) == (2, 1, (), 0, 2)
    before = labels(mine)
    assert merge(mine, theirs.file, "Anna")
    assert labels(mine) == {"a.jpg": "common", "b.jpg": "m", "c.jpg": "t"}
    assert mine.decisions()["b.jpg"].note == "seen"
    assert keys(mine) >= keys(theirs)
    mine.undo("Anna")
    assert labels(mine) == before
    assert mine.decisions()["b.jpg"].note == ""


def tags(project):
    return {path: decision.tags for path, decision in project.decisions().items() if decision.tags}


def tag(project, who, *names, add=True, path="b.jpg"):
    return project.apply(TAG_ACTION, tag_changes([path], names, add=add), who=who)


def test_tags_are_united_and_never_a_conflict(two):
    mine, theirs = two
    tag(mine, "Anna", "blast?", "smear 2")
    tag(theirs, "Bob", "smear 2", "teaching")
    assert plan_merge(mine, theirs.file).conflicts == ()
    merge(mine, theirs.file, "Anna")
    assert tags(mine) == {"b.jpg": ("blast?", "smear 2", "teaching")}
    assert merge(mine, theirs.file, "Anna") is None
    mine.undo("Anna")
    assert tags(mine) == {"b.jpg": ("blast?", "smear 2")}


def test_a_tag_that_one_side_took_away_is_gone_and_one_given_again_stays(two):
    mine, theirs = two
    tag(mine, "Anna", "gone", "again")
    merge(theirs, mine.file, "Bob")
    assert tags(theirs) == tags(mine)
    tag(mine, "Anna", "gone", "again", add=False)
    tag(theirs, "Bob", "again", add=False)
    tag(theirs, "Bob", "again")
    merge(theirs, mine.file, "Bob")
    merge(mine, theirs.file, "Anna")
    assert tags(mine) == tags(theirs) == {"b.jpg": ("again",)}


def test_different_decisions_are_a_conflict_until_it_is_settled(two):
    mine, theirs = two
    label(mine, "b.jpg", "m")
    edit = label(theirs, "b.jpg", "t", "Bob")
    [planned] = plan_merge(mine, theirs.file).conflicts
    assert read_conflicts(mine) == []
    merge(mine, theirs.file, "Anna")
    [conflict] = read_conflicts(mine)
    assert conflict == planned
    assert (conflict.path, conflict.field, conflict.value) == ("b.jpg", "label", "m")
    [other] = conflict.others
    assert (other.value, other.who, other.at) == ("t", "Bob", edit.at.isoformat())
    assert labels(mine)["b.jpg"] == "m"
    settle(mine, conflict, "t", "Chief", "granules")
    assert read_conflicts(mine) == []
    assert labels(mine)["b.jpg"] == "t"
    assert (mine.history("b.jpg")[0].who, mine.history("b.jpg")[0].reason) == ("Chief", "granules")
    mine.undo("Chief")
    assert read_conflicts(mine) == [conflict]
    mine.undo("Anna")
    assert (read_conflicts(mine), labels(mine)["b.jpg"]) == ([], "m")


def test_later_decision_on_a_common_one_prevails_either_way(two):
    mine, theirs = two
    label(theirs, "a.jpg", "better", "Bob")
    theirs.apply("clear", [("x.jpg", "label", None)], who="Bob")
    assert plan_merge(theirs, mine.file).taken == 0
    merge(mine, theirs.file, "Anna")
    assert labels(mine) == labels(theirs) == {"a.jpg": "better"}


def test_cleared_decision_does_not_come_back(two):
    mine, theirs = two
    mine.apply("clear", [("a.jpg", "label", None)], who="Anna")
    assert merge(mine, theirs.file, "Anna") is None
    assert labels(mine) == {}
    merge(theirs, mine.file, "Bob")
    assert labels(theirs) == {}


def test_merging_again_changes_nothing(two):
    mine, theirs = two
    label(mine, "b.jpg", "m")
    label(theirs, "b.jpg", "t", "Bob")
    merge(mine, theirs.file, "Anna")
    assert merge(mine, theirs.file, "Anna") is None
    merge(theirs, mine.file, "Bob")
    assert labels(theirs)["b.jpg"] == "t"
    assert [other.value for conflict in read_conflicts(theirs) for other in conflict.others] == [
        "m"
    ]


def test_work_goes_on_and_is_merged_later(two):
    mine, theirs = two
    label(theirs, "b.jpg", "t", "Bob")
    merge(mine, theirs.file, "Anna")
    label(mine, "b.jpg", "m2")
    label(theirs, "c.jpg", "t2", "Bob")
    merge(mine, theirs.file, "Anna")
    assert labels(mine) == {"a.jpg": "common", "b.jpg": "m2", "c.jpg": "t2"}
    merge(theirs, mine.file, "Bob")
    assert labels(theirs) == labels(mine)
    assert read_conflicts(theirs) == read_conflicts(mine) == []


def test_merge_is_possible_again_after_undo(two):
    mine, theirs = two
    label(theirs, "b.jpg", "t", "Bob")
    merge(mine, theirs.file, "Anna")
    mine.undo("Anna")
    assert plan_merge(mine, theirs.file).taken == 1
    merge(mine, theirs.file, "Anna")
    assert labels(mine)["b.jpg"] == "t"
    assert len([edit for edit in mine.history("b.jpg") if edit.who == "Bob"]) == 1


def test_history_shows_who_decided_in_the_other_file(two):
    mine, theirs = two
    label(theirs, "b.jpg", "t", "Bob")
    theirs.undo("Bob")
    theirs.redo("Bob")
    merge(mine, theirs.file, "Anna")
    history = mine.history("b.jpg")
    assert [(edit.who, edit.action) for edit in history] == [("Anna", "merge")] + [
        ("Bob", "label")
    ] * 3
    done, undone, redone = history[3], history[2], history[1]
    assert (undone.undoes, redone.redoes) == (done.id, done.id)


def test_merged_decisions_count_for_the_person_who_made_them(two):
    mine, theirs = two
    for number in range(3):
        label(theirs, f"{number}.jpg", "t", "Bob")
    label(mine, "b.jpg", "m")
    merge(mine, theirs.file, "Anna")
    assert {reviewer.who: reviewer.images for reviewer in mine.reviewers()} == {"Anna": 2, "Bob": 3}
    assert {path: who for path, (who, _) in mine.last_reviews().items()}["1.jpg"] == "Bob"


def test_projects_made_apart_are_matched_by_content(tmp_path, root, real_folder):
    source, records = real_folder("a.png", "b.png")
    files = []
    for name in ("one", "two"):
        if name == "two":
            (root / "b.png").rename(root / "moved.png")
            source, records = real_folder()
        with Project.create(tmp_path / f"{name}.bloodbench", name) as project:
            project.link(Job(), source, records)
            label(project, records[0].path, name)
            label(project, records[1].path, "same")
            project.verify_links(Job(), source)
            files.append(project.file)
    with Project.open(files[0]) as mine:
        merge(mine, files[1], "Anna")
        assert labels(mine) == {"a.png": "one", "b.png": "same"}
        assert [conflict.path for conflict in read_conflicts(mine)] == ["a.png"]


def test_images_of_the_other_file_only_wait_for_their_files(tmp_path, root, real_folder):
    source, records = real_folder("a.png", "b.png")
    with Project.create(tmp_path / "two.bloodbench", "two") as theirs:
        theirs.link(Job(), source, records)
        label(theirs, "a.png", "t")
        label(theirs, "b.png", "t")
        theirs.verify_links(Job(), source)
        file = theirs.file
    (root / "b.png").rename(tmp_path / "b.png")
    source, records = real_folder()
    with Project.create(tmp_path / "one.bloodbench", "one") as mine:
        mine.link(Job(), source, records)
        assert plan_merge(mine, file).absent == 1
        merge(mine, file, "Anna")
        assert labels(mine) == {"a.png": "t"}
        (tmp_path / "b.png").rename(root / "b.png")
        source, records = real_folder()
        mine.link(Job(), source, records)
        assert labels(mine) == {"a.png": "t", "b.png": "t"}


def test_classes_of_both_are_there(two):
    mine, theirs = two
    common = ClassEntry("m", "Monocyte", "M", "#111111", "1")
    for project, entry in (
        (mine, ClassEntry("x", "X", "X", "#222222")),
        (theirs, ClassEntry("y", "Y", "X", "#333333")),
    ):
        project.apply("classes", [(None, "classes", encode_classes([common, entry]))], who="Anna")
    merge(mine, theirs.file, "Anna")
    classes = mine.get("classes")
    assert [entry["id"] for entry in classes] == ["m", "x", "y"]
    assert len({entry["letter"] for entry in classes}) == 3


def test_moves_and_models_of_another_computer_stay_there(two):
    mine, theirs = two
    theirs.apply("move", [(None, "moved.1", {"to": "x"})], who="Bob")
    theirs.apply("adopt_model", [(None, "model", "/elsewhere")], who="Bob")
    merge(mine, theirs.file, "Anna")
    assert mine.moved_files() == {}
    assert mine.get("model") is None


def test_backup_is_made_before(two):
    mine, theirs = two
    label(theirs, "b.jpg", "t")
    merge(mine, theirs.file, "Anna")
    assert [backup.reason for backup in list_backups(mine.file)] == ["merge"]


def test_other_file_is_unchanged_and_may_be_read_only(two, tmp_path):
    mine, theirs = two
    label(theirs, "b.jpg", "t")
    theirs.close()
    before = theirs.file.read_bytes()
    theirs.file.chmod(0o444)
    merge(mine, theirs.file, "Anna")
    assert theirs.file.read_bytes() == before


def test_unsuitable_files_change_nothing(project, tmp_path):
    label(project, "a.jpg", "m")
    with Project.create(tmp_path / "other.bloodbench", "other") as other:
        label(other, "z.jpg", "m")
    (tmp_path / "text.bloodbench").write_text("no project")
    shutil.copy(other.file, tmp_path / "cut.bloodbench")
    with (tmp_path / "cut.bloodbench").open("r+b") as file:
        file.truncate(9000)
    for name, problem in (
        ("one", "merge.same_file"),
        ("other", "merge.other_images"),
        ("missing", "project.missing"),
        ("text", "project.damaged"),
        ("cut", "project.damaged"),
    ):
        with pytest.raises(Problem) as error:
            merge(project, tmp_path / f"{name}.bloodbench", "Anna")
        assert error.value.message.id == problem, name
    assert labels(project) == {"a.jpg": "m"}
    assert len(keys(project)) == 1


@pytest.mark.parametrize("carry_out", [plan_merge, lambda *two: merge(*two, "Anna")])
def test_a_damaged_other_file_is_named_and_not_the_own_one(two, tmp_path, carry_out):
    mine, theirs = two
    theirs.save_copy(tmp_path / "damaged.bloodbench")
    with (tmp_path / "damaged.bloodbench").open("r+b") as file:
        size = int.from_bytes(file.read(18)[16:], "big")
        file.seek(size)
        file.write(b"\xa5" * 2 * size)
    before = keys(mine)
    with pytest.raises(Problem) as caught:
        carry_out(mine, tmp_path / "damaged.bloodbench")
    assert caught.value.message.id == "project.damaged"
    assert "damaged.bloodbench" in caught.value.message.params["file"]
    assert keys(mine) == before


def test_who_when_and_how_are_the_same_whichever_way_files_are_merged(two):
    mine, theirs = two
    label(mine, "b.jpg", "m")
    label(mine, "1.jpg", "same")
    theirs.apply("label", [(f"{name}.jpg", "label", "same") for name in "012"], who="Bob")
    singles = [label(theirs, f"{name}.jpg", "t", "Bob") for name in "cx"]
    anna, bob = mine.last_reviews(), theirs.last_reviews()
    before = mine.file.with_name("before.bloodbench")
    mine.save_copy(before)
    merge(mine, theirs.file, "Chief")
    merge(theirs, before, "Chief")
    assert mine.label_origins() == theirs.label_origins()
    assert mine.last_reviews() == theirs.last_reviews()
    single = {path for path, origin in mine.label_origins().items() if origin.is_single}
    assert single == {"a.jpg", "b.jpg", "c.jpg", "x.jpg"}
    assert mine.last_reviews() == anna | bob
    assert mine.last_reviews()["x.jpg"] == ("Bob", singles[1].at.isoformat())


def test_another_file_with_a_value_that_cannot_be_read_is_named(two, tmp_path):
    mine, theirs = two
    theirs.save_copy(tmp_path / "damaged.bloodbench")
    with contextlib.closing(sqlite3.connect(tmp_path / "damaged.bloodbench")) as database, database:
        database.execute("INSERT INTO state (image, field, value) VALUES (0, 'classes', '{')")
    with pytest.raises(Problem) as caught:
        merge(mine, tmp_path / "damaged.bloodbench", "Anna")
    assert "damaged.bloodbench" in caught.value.message.params["file"]


def copy_again(root):
    """Copy all files of a folder anew, with other times."""
    copies = {file.name: file.read_bytes() for file in root.iterdir()}
    for name in copies:
        (root / name).unlink()
    for name, data in copies.items():
        (root / name).write_bytes(data)
        os.utime(root / name, (1, 1))


@pytest.mark.parametrize("copied", ["never", "before restoring", "after restoring"])
@pytest.mark.parametrize("hashed", [True, False])
def test_decisions_apply_again_after_restoring_the_state_without_them(
    two, root, real_folder, copied, hashed
):
    mine, theirs = two
    if hashed:
        mine.verify_links(Job(), real_folder()[0])
    empty = mine.back_up("merge")
    label(theirs, "b.jpg", "t", "Bob")
    theirs.apply("note", [("c.jpg", "note", "seen")], who="Bob")
    merge(mine, theirs.file, "Anna")
    label(mine, "x.jpg", "m")
    if copied == "before restoring":
        copy_again(root)
        mine.link(Job(), *real_folder())
    restore_backup(mine, empty, "Anna")
    assert "b.jpg" not in labels(mine)
    if copied == "after restoring":
        copy_again(root)
        mine.link(Job(), *real_folder())
    plan = plan_merge(mine, theirs.file)
    # An image that was decided before anybody hashed it is another row now: it gets the decision too.
    is_replaced = not hashed and copied == "after restoring"
    assert (plan.taken, plan.conflicts, plan.is_empty) == (2 + is_replaced, (), False)
    merge(mine, theirs.file, "Anna")
    assert labels(mine)["b.jpg"] == "t"
    assert mine.decisions()["c.jpg"].note == "seen"
    assert "x.jpg" not in labels(mine)
    assert plan_merge(mine, theirs.file).is_empty
    mine.undo("Anna")
    assert "b.jpg" not in labels(mine)


def test_own_later_decisions_of_a_copy_come_back_and_undoing_the_restoring_counts(two):
    mine, theirs = two
    backup = mine.back_up("regular")
    label(mine, "b.jpg", "m")
    merge(theirs, mine.file, "Bob")
    restore_backup(mine, backup, "Anna")
    assert plan_merge(mine, theirs.file).taken == 1
    assert plan_merge(theirs, mine.file).taken == 0
    mine.undo("Anna")
    assert plan_merge(mine, theirs.file).taken == 0
    mine.redo("Anna")
    assert plan_merge(mine, theirs.file).taken == 1
    label(mine, "b.jpg", "n")
    [conflict] = plan_merge(mine, theirs.file).conflicts
    assert (conflict.value, conflict.others[0].value) == ("n", "m")


def test_a_state_of_before_restoring_contains_its_edits_again(two):
    mine, theirs = two
    first = mine.back_up("regular")
    label(mine, "b.jpg", "m")
    merge(theirs, mine.file, "Bob")
    restore_backup(mine, first, "Anna")
    restore_backup(mine, list_backups(mine.file)[0], "Anna")
    assert labels(mine)["b.jpg"] == "m"
    label(mine, "b.jpg", "n")
    merge(mine, theirs.file, "Anna")
    assert labels(mine)["b.jpg"] == "n"
    assert read_conflicts(mine) == []


def test_merged_hash_finds_an_image_that_was_copied_anew(two, root, real_folder):
    mine, theirs = two
    source, records = real_folder()
    theirs.link(Job(), source, records)
    theirs.verify_links(Job(), source)
    label(theirs, "b.jpg", "t", "Bob")
    merge(mine, theirs.file, "Anna")
    copy_again(root)
    assert not mine.link(Job(), *real_folder()).ambiguous
    assert labels(mine) == {"a.jpg": "common", "b.jpg": "t"}
