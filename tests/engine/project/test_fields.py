"""Projects of fields: known as such, linked by field and box, also after the scale or the field changed."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from multi_cell_images import write_fields
from PIL import Image
from project_helpers import write_images

from engine.fields.cell_box import FieldCells
from engine.fields.decided_cells import DecidedCell
from engine.fields.field_source import FieldSource, open_images
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.project.cell_boxes import read_decided_cells
from engine.project.library import Library
from engine.project.library_index import read_project_summary
from engine.project.project import Project


def scan(root, **options):
    source = open_images(root, fields=True, **options)
    return source, [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]


@pytest.fixture
def folder(tmp_path):
    write_fields(tmp_path / "fields", 2)
    return tmp_path / "fields"


@pytest.fixture
def file(folder):
    """Return the file of a project with one labelled cell, the first."""
    source, records = scan(folder)
    with Library().create(source, records, "fields") as project:
        project.link(Job(), source, records)
        project.apply("label", [(records[0].path, "label", "monocyte")], who="Ada")
        project.verify_links(Job(), source)
        return project.file


def test_a_project_knows_that_its_images_are_cells(folder, file, tmp_path):
    assert read_project_summary(file).fields
    assert [summary.fields for summary in Library().recent()] == [True]
    write_images(tmp_path / "cells", a=1)
    source = open_images(tmp_path / "cells")
    with Library().create(source, list(source.scan(Job())), "cells") as project:
        assert not read_project_summary(project.file).fields
    # The fields themselves are other images than their cells.
    whole = open_images(folder)
    match = Library().find(Job(), whole, list(whole.scan(Job())))
    assert match.project is None
    assert not match.choices


def test_a_project_from_before_fields_opens(file):
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DELETE FROM about WHERE key = 'fields'")
    assert not read_project_summary(file).fields
    with Project.open(file) as project:
        assert len(project.decisions()) == 1


def test_decisions_follow_moved_fields(folder, file, tmp_path):
    folder.rename(tmp_path / "moved")
    (tmp_path / "moved/field0.png").rename(tmp_path / "moved/renamed.png")
    source, records = scan(tmp_path / "moved")
    match = Library().find(Job(), source, records)
    assert match.project.summary.file == file
    with Project.open(file) as project:
        project.link(Job(), source, records)
        (path,) = project.decisions()
        assert path.startswith("renamed.png/")


def test_decisions_stay_when_only_the_scale_changed(folder, file):
    source, records = scan(folder)
    rescaled = [replace(record, shown_part="1,2,300") for record in records]
    assert Library().find(Job(), source, rescaled).project.summary.file == file
    with Project.open(file) as project:
        links = project.link(Job(), source, rescaled)
        assert links.same == len(records)
        assert [*project.decisions()] == [records[0].path]


def test_decided_cells_are_known_with_their_content(folder, file):
    source, records = scan(folder)
    assert read_decided_cells(file) == [
        DecidedCell(records[0].path, source.digest(records[0]), label="monocyte")
    ]
    # They are imposed on the same field only.
    decided = read_decided_cells(file)
    assert records[0].path in {record.path for record in scan(folder, decided=decided)[1]}
    Image.new("RGB", (480, 480), "white").save(folder / "field0.png")
    assert records[0].path not in {record.path for record in scan(folder, decided=decided)[1]}


@pytest.mark.parametrize("is_moved", [False, True])
@pytest.mark.parametrize("is_old", [False, True], ids=["by its fields", "by its cells"])
def test_a_project_is_found_where_a_detector_finds_other_cells(folder, file, is_old, is_moved):
    if is_old:  # as earlier versions sampled
        source, records = scan(folder)
        sample = [[record.path, record.size, source.digest(record)] for record in records]
        with closing(sqlite3.connect(file)) as database, database:
            entry = json.dumps(sample[:32])
            database.execute("UPDATE about SET value = ? WHERE key = 'sample'", (entry,))
    if is_moved:
        folder = folder.rename(folder.parent / "moved")
    source = FieldSource(
        open_source(folder), load_class_set(), find=lambda field, pixels: FieldCells(())
    )
    records = list(source.scan(Job()))
    assert records == []
    match = Library().find(Job(), source, records)
    assert match.project is not None
    assert match.project.summary.file == file
    with Project.open(file) as project:
        project.link(Job(), source, records)
        assert read_project_summary(file).fields
        assert project.match_folder(Job(), source, records).found == 2
        # The fields as whole images are another folder's for it.
        whole = open_source(folder)
        assert not project.match_folder(Job(), whole, list(whole.scan(Job()))).found
