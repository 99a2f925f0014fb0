"""Restoring an earlier state: what would change, as one edit, undone like any other."""

import shutil

import pytest

from engine.jobs import Job
from engine.messages import Problem, render
from engine.project.backups import list_backups
from engine.project.earlier_state import StateDifference, compare_with_backup, restore_backup
from engine.project.project import Project
from engine.project.reviewers import LabelOrigin


def apply(project, *changes):
    return project.apply("label", changes, who="Anna")


def decisions(project):
    return {path: (d.label, d.removed, d.note) for path, d in project.decisions().items()}


@pytest.fixture
def changed(project):
    """Return a project, its backup, and its decisions then; it was changed since."""
    apply(project, ("a.jpg", "label", "m"), ("b.jpg", "note", "dirt"), (None, "classes", ["x"]))
    before, backup = decisions(project), project.back_up("regular")
    apply(project, ("a.jpg", "label", "n"), ("c.jpg", "label", "n"), ("c.jpg", "removed", "person"))
    apply(project, ("b.jpg", "note", ""), (None, "classes", ["y"]))
    return project, backup, before


def test_difference_counts_images_by_decision(changed):
    project, backup, _ = changed
    assert compare_with_backup(project, backup) == StateDifference(
        labels=2, removals=1, notes=1, classes=1
    )


def test_every_kind_of_change_has_its_part(project):
    apply(project, ("a.jpg", "label", "m"))
    backup = project.back_up("regular")
    apply(
        project, ("a.jpg", "label", "n"), ("a.jpg", "tag.x", True), ("a.jpg", "second.1.label", "m")
    )
    apply(
        project, ("b.jpg", "conflict.label", []), ("b.jpg", "box", {}), ("b.jpg", "settled", True)
    )
    apply(project, (None, "sign_off", {"who": "Anna"}), (None, "second_reading.1", {"id": "1"}))
    apply(project, (None, "dismissed.k", True), (None, "merged.p", {}), (None, "session", {}))
    difference = compare_with_backup(project, backup)
    assert difference == StateDifference(
        labels=1,
        tags=1,
        boxes=1,
        conflicts=1,
        readings=1,
        rounds=1,
        sign_off=1,
        findings=1,
        settings=2,
    )
    assert ", ".join(map(render, difference.parts())) == (
        "1 label, the tags of 1 image, 1 drawn box, 1 conflict, the second reading of 1 image, "
        "the start or end of 1 second reading, the sign-off, 1 dismissed finding, 2 other settings"
    )


def test_restoring_is_one_edit_that_undo_takes_back(changed):
    project, backup, before = changed
    present = decisions(project)
    edit = restore_backup(project, backup, "Bob")
    assert decisions(project) == before
    assert project.get("classes") == ["x"]
    assert edit is not None
    assert (edit.action, edit.who) == ("restore_state", "Bob")
    assert not compare_with_backup(project, backup)
    project.undo("Bob")
    assert decisions(project) == present


def test_present_state_is_backed_up_first(changed):
    project, backup, _ = changed
    present = decisions(project)
    restore_backup(project, backup, "Bob")
    newest = list_backups(project.file)[0]
    assert newest.reason == "restore"
    with Project.open(newest.file) as copy:
        assert decisions(copy) == present


def test_same_state_changes_nothing(project):
    apply(project, ("a.jpg", "label", "m"))
    assert restore_backup(project, project.back_up("regular"), "Bob") is None


def test_moves_models_and_locked_images_stay(project):
    backup = project.back_up("regular")
    moved = {"folder": "x", "files": 1, "first": "a.png"}
    apply(project, (None, "moved.1", moved))
    project.apply("adopt_model", [(None, "model", "better")], who="Anna")
    assert restore_backup(project, backup, "Bob") is None
    assert project.moved_files() == {"1": moved}
    assert project.get("model") == "better"


def test_decisions_follow_an_image_that_was_renamed_since(project, root, real_folder):
    source, records = real_folder("a.png", "b.png")
    project.link(Job(), source, records)
    apply(project, ("a.png", "label", "m"))
    project.verify_links(Job(), source)
    backup = project.back_up("regular")
    (root / "a.png").rename(root / "z.png")
    source, records = real_folder()
    project.link(Job(), source, records)
    apply(project, ("z.png", "label", "n"))
    restore_backup(project, backup, "Bob")
    assert decisions(project) == {"z.png": ("m", None, "")}


def test_damaged_backup_is_refused(changed):
    project, backup, _ = changed
    present = decisions(project)
    backup.file.write_bytes(backup.file.read_bytes()[:5000])
    with pytest.raises(Problem) as error:
        restore_backup(project, backup, "Bob")
    assert error.value.message.id == "backup.damaged"
    assert decisions(project) == present


def test_backup_of_another_project_is_refused(changed, tmp_path):
    backup = changed[1]
    with (
        Project.create(tmp_path / "two.bloodbench", "two") as other,
        pytest.raises(Problem, match="another project"),
    ):
        restore_backup(other, backup, "Bob")


def test_restored_decisions_are_of_who_made_them(project):
    for path in ("a.jpg", "b.jpg"):
        apply(project, (path, "label", "m"))
    backup = project.back_up("regular")
    project.apply("label", [(f"{n}.jpg", "label", "n") for n in "abc"], who="Bob", reason="bulk")
    restore_backup(project, backup, "Chief")
    single = LabelOrigin("label", 1)
    assert project.label_origins() == {"a.jpg": single, "b.jpg": single}
    assert {who for who, _ in project.last_reviews().values()} == {"Anna"}
    project.undo("Chief")
    assert project.label_origins()["a.jpg"] == LabelOrigin("label", 3, in_bulk=True)
    assert {who for who, _ in project.last_reviews().values()} == {"Bob"}


def test_a_restored_decision_without_its_edit_is_of_who_restored_it(project):
    empty = project.back_up("regular")
    apply(project, ("a.jpg", "label", "m"))
    later = project.back_up("regular")
    project.close()
    shutil.copy(empty.file, project.file)
    with Project.open(project.file) as recovered:
        recovered.apply("note", [("a.jpg", "note", "x")], who="Anna")
        restore_backup(recovered, later, "Chief")
        assert {who for who, _ in recovered.last_reviews().values()} == {"Chief"}
