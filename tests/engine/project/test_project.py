"""Projects: decisions, undo, history, reviewers."""

import os
import threading
from datetime import UTC, datetime

import pytest
from project_helpers import current_labels, link_folder, write_images

from engine.messages import Problem
from engine.project.decisions import NOT_CLASSED, Change, Decision
from engine.project.project import Project


def apply(project, *changes, who="Ada", **more):
    return project.apply("label", changes, who=who, **more)


def test_new_project_has_id_and_name_and_no_decisions(project):
    assert (project.name, project.read_only) == ("one", None)
    assert len(project.id) == 36
    assert project.decisions() == {}
    assert project.get("classes") is None
    assert project.get("classes", ["a"]) == ["a"]
    assert project.next_undo() is project.next_redo() is None
    assert project.undo("Ada") is project.redo("Ada") is None


def test_decision_is_stored_and_returned(project):
    before = datetime.now(UTC)
    edit = project.apply(
        "label",
        [
            ("a.jpg", "label", "monocyte"),
            ("b.jpg", "note", "smudge"),
            (None, "classes", ["x", "y"]),
        ],
        who="Ada",
        reason="looked",
        model="m1",
    )
    assert (edit.id, edit.who, edit.action, edit.reason, edit.model) == (
        1,
        "Ada",
        "label",
        "looked",
        "m1",
    )
    assert before <= edit.at <= datetime.now(UTC)
    assert set(edit.changes[1:]) == {
        Change("a.jpg", "label", None, "monocyte"),
        Change("b.jpg", "note", None, "smudge"),
    }
    assert edit.changes[0] == Change(None, "classes", None, ["x", "y"])
    with Project.open(reopen(project)) as again:
        assert again.decisions() == {
            "a.jpg": Decision(label="monocyte"),
            "b.jpg": Decision(note="smudge"),
        }
        assert again.get("classes") == ["x", "y"]
        assert again.history(None) == [project_head(edit, edit.changes[:1])]


def reopen(project):
    project.close()
    return project.file


def project_head(edit, changes):
    from dataclasses import replace

    return replace(edit, changes=tuple(changes))


def test_change_without_effect_is_no_edit(project):
    assert apply(project, ("a.jpg", "label", None)) is None
    assert apply(project, ("a.jpg", "note", "")) is None
    assert apply(project) is None
    apply(project, ("a.jpg", "label", "m"))
    assert apply(project, ("a.jpg", "label", "m")) is None
    edit = apply(project, ("a.jpg", "label", "m"), ("b.jpg", "label", "m"))
    assert [change.path for change in edit.changes] == ["b.jpg"]
    assert project.decisions().keys() == {"a.jpg", "b.jpg"}


def test_last_of_two_values_for_one_field_counts(project):
    edit = apply(project, ("a.jpg", "label", "m"), ("a.jpg", "label", NOT_CLASSED))
    assert edit.changes == (Change("a.jpg", "label", None, NOT_CLASSED),)


def test_empty_note_is_no_decision(project):
    apply(project, ("a.jpg", "note", "x"))
    edit = apply(project, ("a.jpg", "note", ""))
    assert edit.changes == (Change("a.jpg", "note", "x", None),)
    assert project.decisions() == {}


def test_any_field_can_be_set(project):
    apply(project, ("a.jpg", "dismissed:blur", True), (None, "dismissed:dup-1", {"by": [1, 2]}))
    assert project.decisions() == {}
    assert project.get("dismissed:dup-1") == {"by": [1, 2]}
    assert project.history("a.jpg")[0].changes[0].new is True


def test_undo_and_redo_append_and_survive_a_restart(project):
    apply(project, ("a.jpg", "label", "m"))
    apply(project, ("a.jpg", "label", "n"), ("b.jpg", "label", "n"), reason="batch")
    undone = project.undo("Bob")
    assert (undone.id, undone.who, undone.action, undone.undoes) == (3, "Bob", "label", 2)
    assert set(undone.changes) == {
        Change("a.jpg", "label", "n", "m"),
        Change("b.jpg", "label", "n", None),
    }
    assert current_labels(project) == {"a.jpg": "m"}
    with Project.open(reopen(project)) as again:
        assert again.next_undo().id == 1
        assert (again.next_redo().id, again.next_redo().reason) == (2, "batch")
        redone = again.redo("Cyd")
        assert (redone.redoes, redone.undoes) == (2, None)
        assert current_labels(again) == {"a.jpg": "n", "b.jpg": "n"}
        assert again.next_redo() is None
        assert [edit.id for edit in again.history("a.jpg")] == [4, 3, 2, 1]
        again.undo("Cyd")
        again.undo("Cyd")
        assert current_labels(again) == {}
        assert again.undo("Cyd") is None
        apply(again, ("c.jpg", "label", "x"))
        assert again.next_redo() is None
    with Project.open(project.file) as again:
        assert again.next_undo().id == 7
        assert again.next_redo() is None


def test_history_contains_one_image_only(project):
    apply(project, ("a.jpg", "label", "m"), ("b.jpg", "label", "m"))
    (edit,) = project.history("b.jpg")
    assert edit.changes == (Change("b.jpg", "label", None, "m"),)
    assert project.history("never.jpg") == []
    assert project.history(None) == []


def test_renaming_a_project_can_be_undone(project):
    project.apply("rename", [(None, "name", "two")], who="Ada")
    assert project.name == "two"
    project.undo("Ada")
    assert project.name == "one"


@pytest.mark.parametrize(
    "path",
    ["клетка.jpg", "è.jpg", "e\u0300.jpg", "a'b\"c;--.jpg", "line\n.jpg", " .jpg", "%s?#.jpg"],
)
def test_any_name_is_accepted(project, path):
    apply(project, (path, "label", "m"))
    assert current_labels(project) == {path: "m"}
    assert project.history(path)[0].changes[0].path == path


@pytest.mark.skipif(os.name == "nt", reason="Windows' names are text")
def test_names_that_are_not_utf8(project):
    path = os.fsdecode(b"sub\xff/bytes\xfe.jpg")
    apply(project, (path, "label", "m"))
    with Project.open(reopen(project)) as again:
        assert current_labels(again) == {path: "m"}
        assert again.undo("Ada").changes[0].path == path


@pytest.mark.skipif(os.name == "nt", reason="Windows' names are text")
def test_project_file_name_need_not_be_utf8(tmp_path):
    folder = tmp_path / os.fsdecode(b"b\xff ?#%")
    with Project.create(folder / os.fsdecode(b"\xfe.bloodbench"), "x") as made:
        apply(made, ("a.jpg", "label", "m"))
    with Project.open(made.file) as again:
        assert current_labels(again) == {"a.jpg": "m"}


def test_concurrent_decisions_are_all_stored(project, root):
    write_images(root, a=1)
    link_folder(project, root)
    failed = []

    def work(number):
        try:
            for turn in range(20):
                apply(project, (f"{number}/{turn}.jpg", "label", "m"))
                if turn % 5 == 4:
                    assert project.undo("Ada") is not None
                project.decisions()
                project.next_undo()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(project.decisions()) == 4 * 20 - 4 * 4


def test_value_that_json_cannot_hold_raises_and_changes_nothing(project):
    with pytest.raises(ValueError, match="JSON"):
        apply(project, ("a.jpg", "label", "m"), ("b.jpg", "score", float("nan")))
    assert project.decisions() == {}
    assert apply(project, ("a.jpg", "label", "m")).id == 1


def test_last_reviews_name_the_last_reviewer(project):
    apply(project, ("a.jpg", "label", "x"), ("b.jpg", "label", "x"))
    apply(project, ("b.jpg", "removed", "person"), who="Bo")
    apply(project, ("b.jpg", "note", "smudge"), who="Cy")
    last = project.last_reviews()
    assert {path: who for path, (who, _) in last.items()} == {"a.jpg": "Ada", "b.jpg": "Bo"}
    assert all(datetime.fromisoformat(at).tzinfo for _, at in last.values())
    project.undo("Dee")  # undoes the note, which is no decision on the class
    project.undo("Dee")
    assert project.last_reviews() == {"a.jpg": last["a.jpg"], "b.jpg": last["a.jpg"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("model", {"a": 1}), ("model", 7), ("classes", "x"), ("session", [1]), ("sign_off", "x"),
        ("gate", 5), ("gate", [1, 2]), ("moved.x", []), ("moved.x", {"folder": 1}), ("moved.x", "y"),
    ],
)  # fmt: skip
def test_project_field_of_another_type_is_damage(project, field, value):
    project.apply("x", [(None, field, value)], who="Ada")
    with pytest.raises(Problem) as caught:
        project.moved_files() if field.startswith("moved.") else project.get(field)
    assert caught.value.message.id == "project.damaged"


def test_undo_gives_back_who_decided_and_when(project):
    for path, who in (("a.jpg", "Anna"), ("b.jpg", "Bob")):
        project.apply("label", [(path, "label", "monocyte")], who=who)
    before = project.last_reviews()
    project.apply("restore_state", [(path, "label", "platelet") for path in before], who="Dee")
    after = project.last_reviews()
    assert {who for who, _ in after.values()} == {"Dee"}
    project.undo("Eve")
    assert project.last_reviews() == before
    project.redo("Eve")
    assert project.last_reviews() == after
