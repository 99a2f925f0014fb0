"""Drawn boxes: cells added, moved with their decisions, undone, and found again wherever the fields are."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from multi_cell_images import write_fields

from engine.fields.cell_box import CellBox
from engine.fields.cell_path import cell_path, file_path, split_cell_path
from engine.fields.decided_cells import DrawnBox
from engine.fields.field_source import open_images
from engine.images.record import ImageRecord
from engine.jobs import Job
from engine.paths import cache_dir
from engine.project import journal
from engine.project.backups import list_backups
from engine.project.cell_boxes import (
    add_cell,
    changed_boxes,
    decided_cells_of,
    move_box,
    read_decided_cells,
)
from engine.project.connection import open_read_only
from engine.project.earlier_state import compare_with_backup, restore_backup
from engine.project.library import Library
from engine.project.merging import merge
from engine.project.project import Project

NEW = "field0.png/00003_00005_041x043"


@pytest.fixture
def folder(tmp_path):
    write_fields(tmp_path / "fields", 2)
    return tmp_path / "fields"


@pytest.fixture
def opened(folder):
    """Return an open project of the fields, its source and the records of the found cells."""
    source, records = scan(folder)
    with Library().create(source, records, "fields") as project:
        project.link(Job(), source, records)
        project.verify_links(Job(), source)
        yield project, source, records


def scan(root, **options):
    source = open_images(root, fields=True, **options)
    return source, [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]


def field_hash(source, record):
    return source.load_field(record).image.content_hash


def reopen(folder, file):
    """Return source and cells as at the next start."""
    return scan(folder, decided=read_decided_cells(file))


def paths_of(records):
    return [record.path for record in records]


def test_an_added_cell_is_an_image_like_any_other(folder, opened):
    project, source, found = opened
    drawn = DrawnBox(field_hash(source, found[0]), "platelet")
    edit = add_cell(project, NEW, drawn, "Ada")
    assert changed_boxes(edit) == [(NEW, None, drawn)]
    assert add_cell(project, NEW, drawn, "Ada") is None
    project.apply("label", [(NEW, "label", "platelet")], who="Ada")
    again, records = reopen(folder, project.file)
    assert set(paths_of(records)) == {NEW, *paths_of(found)}
    # In its place, from top to bottom.
    assert paths_of(records)[0] == NEW
    (record,) = [record for record in records if record.path == NEW]
    box = next(box for box in again.load_field(record).cells.boxes if box.x == 3)
    assert box == CellBox(3, 5, 41, 43, "platelet")
    assert again.load(record).content_hash == again.digest(record)
    links = project.link(Job(), again, records)
    assert not any((links.changed, links.missing, links.ambiguous))
    assert project.decisions()[NEW].label == "platelet"
    project.undo("Ada")
    undone = project.undo("Ada")
    assert changed_boxes(undone) == [(NEW, drawn, None)]
    again, records = reopen(folder, project.file)
    assert paths_of(records) == paths_of(found)
    assert not project.link(Job(), again, records).missing
    project.redo("Ada")
    assert NEW in paths_of(reopen(folder, project.file)[1])


def test_a_moved_box_takes_its_decisions_along_and_back(folder, opened):
    project, source, found = opened
    old = found[0].path
    field, box = split_cell_path(old)
    # Far enough that the detector's own box would show beside it.
    new = cell_path(field, CellBox(box.x + box.width, box.y, box.width - 4, box.height))
    drawn = DrawnBox(field_hash(source, found[0]), "white_cell")
    project.apply("label", [(old, "label", "monocyte")], who="Ada")
    project.apply("note", [(old, "note", "large")], who="Ada")
    project.apply("tag", [(old, "tag.rare", True)], who="Ada")
    project.apply("second", [(old, "second.1.label", "basophil")], who="Eve")
    move_box(project, old, new, drawn, "Ada")
    assert move_box(project, new, new, drawn, "Ada") is None
    for _ in range(2):  # The second time with what linking made of the rows.
        again, records = reopen(folder, project.file)
        assert set(paths_of(records)) == {new, *paths_of(found[1:])}
        links = project.link(Job(), again, records)
        assert not any((links.changed, links.missing, links.ambiguous))
        decision = project.decisions()[new]
        assert (decision.label, decision.note) == ("monocyte", "large")
        assert decision.tags == ("rare",)
        assert old not in project.decisions()
        assert project.image_fields("second.")[new] == {"1.label": '"basophil"'}
    assert project.label_origins()[new].is_single
    edit = project.undo("Ada")
    assert {path for path, *_ in changed_boxes(edit)} == {old, new}
    again, records = reopen(folder, project.file)
    assert paths_of(records) == paths_of(found)
    project.link(Job(), again, records)
    assert project.decisions()[old].label == "monocyte"
    assert new not in project.decisions()
    with closing(open_read_only(project.file)[0]) as database:
        stored = database.execute("SELECT image, field, value FROM state").fetchall()
        assert {(image, name): value for image, name, value in stored} == journal.replay(database)


def test_drawn_boxes_follow_a_field_that_was_renamed_at_once(folder, opened, tmp_path):
    project, source, found = opened
    drawn = DrawnBox(field_hash(source, found[0]), "white_cell")
    add_cell(project, NEW, drawn, "Ada")
    project.apply("label", [(NEW, "label", "monocyte")], who="Ada")
    file = project.file
    project.close()
    folder.rename(tmp_path / "moved")
    (tmp_path / "moved/field0.png").rename(tmp_path / "moved/renamed.png")
    again, records = reopen(tmp_path / "moved", file)
    renamed = NEW.replace("field0", "renamed")
    assert renamed in paths_of(records)
    with Project.open(file) as project:
        project.link(Job(), again, records)
        assert project.decisions()[renamed].label == "monocyte"


def test_a_drawn_box_takes_the_place_of_a_found_one_but_not_of_a_labelled_one(folder, opened):
    project, source, found = opened
    field, box = split_cell_path(found[0].path)
    over = cell_path(field, CellBox(box.x + 1, box.y, box.width, box.height))
    add_cell(project, over, DrawnBox(field_hash(source, found[0]), "white_cell"), "Ada")
    assert set(paths_of(reopen(folder, project.file)[1])) == {over, *paths_of(found[1:])}
    project.apply("label", [(found[0].path, "label", "monocyte")], who="Ada")
    assert set(paths_of(reopen(folder, project.file)[1])) == {over, *paths_of(found)}


def test_commands_find_the_boxes_of_the_folder(folder, opened):
    project, source, found = opened
    add_cell(project, NEW, DrawnBox(field_hash(source, found[0]), "white_cell"), "Ada")
    assert NEW in {cell.path for cell in decided_cells_of(folder)}
    assert decided_cells_of(folder / "elsewhere") == []


def test_the_window_s_source_takes_over_what_is_drawn(folder, opened):
    _, source, found = opened
    drawn = DrawnBox(field_hash(source, found[0]), "white_cell")
    records = source.redraw([(NEW, None, drawn), (found[0].path, None, replace(drawn, kind=None))])
    beside = [path for path in paths_of(found) if file_path(path) == "field0.png"]
    assert paths_of(records["field0.png"]) == [NEW, *beside[1:]]
    (record,) = [record for record in records["field0.png"] if record.path == NEW]
    assert source.load(record).shown_part == record.shown_part
    before = source.redraw([(NEW, drawn, None), (found[0].path, replace(drawn, kind=None), None)])
    assert paths_of(before["field0.png"]) == beside
    assert source.redraw([("gone.png/00003_00005_041x043", None, drawn)]) == {}
    # Without the stored cells they are found again; a field that went stays as it is shown.
    shutil.rmtree(cache_dir() / "field-cells")
    assert paths_of(source.redraw([(NEW, None, drawn)])["field0.png"]) == [NEW, *beside]
    shutil.rmtree(cache_dir() / "field-cells", ignore_errors=True)
    (folder / "field0.png").unlink()
    assert source.redraw([(NEW, drawn, None)]) == {}


def test_a_merge_brings_drawn_boxes_and_a_backup_takes_them_back(folder, opened, tmp_path):
    project, source, found = opened
    drawn = DrawnBox(field_hash(source, found[0]), "white_cell")
    copy = tmp_path / "copy.bloodbench"
    project.save_copy(copy)
    project.back_up("merge")
    with Project.open(copy) as other:
        other.apply("label", [(found[1].path, "label", "monocyte")], who="Eve")
        add_cell(other, NEW, drawn, "Eve")
    edit = merge(project, copy, "Ada")
    assert changed_boxes(edit) == [(NEW, None, drawn)]
    assert NEW in paths_of(reopen(folder, project.file)[1])
    project.apply("label", [(found[1].path, "label", None)], who="Ada")
    earlier = list_backups(project.file)[-1]
    difference = compare_with_backup(project, earlier)
    assert difference.boxes == 1
    assert difference
    assert changed_boxes(restore_backup(project, earlier, "Ada")) == [(NEW, drawn, None)]


def test_a_merge_loses_no_label_of_a_cell_whose_box_the_other_person_moved(
    folder, opened, tmp_path
):
    project, source, found = opened
    drawn = DrawnBox(field_hash(source, found[0]), "white_cell")
    copy = tmp_path / "copy.bloodbench"
    project.save_copy(copy)
    with Project.open(copy) as other:
        move_box(other, found[0].path, NEW, drawn, "Eve")
    project.apply("label", [(found[0].path, "label", "monocyte")], who="Ada")
    merge(project, copy, "Ada")
    again, records = reopen(folder, project.file)
    assert {NEW, found[0].path} <= set(paths_of(records))
    project.link(Job(), again, records)
    assert project.decisions()[found[0].path].label == "monocyte"
