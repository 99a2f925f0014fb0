"""Tags: given, taken away, undone, restored, and files without any."""

import sqlite3

import pytest

from engine.jobs import Job
from engine.messages import Problem
from engine.project import schema
from engine.project.decisions import Decision
from engine.project.earlier_state import compare_with_backup, restore_backup
from engine.project.project import Project
from engine.project.tags import (
    TAG_ACTION,
    join_tags,
    spelt_as_before,
    split_tags,
    tag_changes,
    too_long,
)


def tag(project, *names, paths=("a.jpg",), add=True):
    return project.apply(TAG_ACTION, tag_changes(paths, names, add=add), who="Ada")


def tags(project):
    return {path: decision.tags for path, decision in project.decisions().items()}


def test_tags_of_several_images_are_one_edit(project):
    tag(project, "smear 2", "Blast?", paths=("a.jpg", "b.jpg"))
    assert tags(project) == {"a.jpg": ("Blast?", "smear 2"), "b.jpg": ("Blast?", "smear 2")}
    tag(project, "smear 2", paths=("a.jpg", "b.jpg", "c.jpg"))
    tag(project, "Blast?", paths=("b.jpg",), add=False)
    assert tags(project) == {
        "a.jpg": ("Blast?", "smear 2"),
        "b.jpg": ("smear 2",),
        "c.jpg": ("smear 2",),
    }
    project.undo("Ada")
    project.undo("Ada")
    assert tags(project) == {"a.jpg": ("Blast?", "smear 2"), "b.jpg": ("Blast?", "smear 2")}
    project.undo("Ada")
    assert project.decisions() == {}
    project.redo("Ada")
    assert tags(project)["a.jpg"] == ("Blast?", "smear 2")


def test_journal_names_who_tagged(project):
    tag(project, "teaching")
    [edit] = project.history("a.jpg")
    assert (edit.who, edit.action, [change.field for change in edit.changes]) == (
        "Ada",
        "tag",
        ["tag.teaching"],
    )


def test_tags_follow_a_moved_image(project, real_folder, root):
    source, records = real_folder("a.jpg", "b.jpg")
    project.link(Job(), source, records)
    tag(project, "teaching")
    project.verify_links(Job(), source)
    (root / "a.jpg").rename(root / "moved.jpg")
    records = list(source.scan(Job()))
    project.link(Job(), source, records)
    assert tags(project) == {"moved.jpg": ("teaching",)}


def test_restoring_a_backup_restores_tags(project):
    tag(project, "one")
    backup = project.back_up("regular")
    tag(project, "two", paths=("a.jpg", "b.jpg"))
    assert compare_with_backup(project, backup).tags == 2
    restore_backup(project, backup, "Ada")
    assert tags(project) == {"a.jpg": ("one",)}
    assert not compare_with_backup(project, backup)


def test_file_of_an_earlier_version_opens_also_read_only_and_needs_no_migration(tmp_path):
    file = tmp_path / "old.bloodbench"
    with sqlite3.connect(file) as database:
        database.executescript(schema.MIGRATIONS[0])
        database.executescript(
            f"PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = 1;"
            "INSERT INTO about VALUES ('id', '\"x\"'), ('name', '\"old\"');"
            "INSERT INTO image VALUES (1, X'612e6a7067', NULL, 0, 0, 1, 0);"
            "INSERT INTO state VALUES (1, 'label', '\"monocyte\"');"
            "INSERT INTO edit VALUES (1, '2025-01-01T00:00:00+00:00', 'Ada', 'label', '', NULL, NULL, NULL);"
            "INSERT INTO change VALUES (1, 1, 'label', NULL, '\"monocyte\"');"
        )
    database.close()
    with Project.open(file) as project, Project.open(file) as second:
        assert second.read_only is not None
        assert second.decisions() == project.decisions() == {"a.jpg": Decision("monocyte")}
        tag(project, "teaching")
        assert second.decisions() == {"a.jpg": Decision("monocyte", tags=("teaching",))}
    with sqlite3.connect(file) as database:
        # Earlier versions open it as well, and leave fields that they do not know as they are.
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
    database.close()
    assert list(tmp_path.glob("old.bloodbench.v*")) == []


def test_damaged_tag_is_reported_as_damage(project):
    project.apply("label", [("a.jpg", "tag.x", 7)], who="Ada")
    with pytest.raises(Problem, match="damaged"):
        project.decisions()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("blast?, smear 2", ["blast?", "smear 2"]),
        (" a  b ;a b|c\nd,,", ["a b", "c", "d"]),
        ("e\u0301\u200b\x07", ["é"]),
        (" ,;", []),
        ("\ud800", []),
    ],
)
def test_tags_in_a_text(text, found):
    assert split_tags(text) == found
    assert split_tags(join_tags(found)) == found


def test_tag_keeps_the_capitals_of_the_project():
    assert spelt_as_before("blast", ["Blast", "other"]) == "Blast"
    assert spelt_as_before("blast", ["Blast", "blast"]) == "blast"
    assert spelt_as_before("new", ["Blast"]) == "new"
    assert too_long(["x" * 60, "y" * 61]) == "y" * 61
