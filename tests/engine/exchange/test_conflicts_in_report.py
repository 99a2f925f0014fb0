"""Conflicts of merged projects in the report: what was decided before and after, and what is open."""

import numpy as np
import pytest
from PIL import Image
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.exchange.report.blocks import FactList, Paragraph
from engine.exchange.report.builder import build_report
from engine.exchange.report.context import ReportImage
from engine.exchange.report.project_context import project_report_context
from engine.exchange.report.sections import SectionBuilder
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.project.conflicts import read_conflicts, settle
from engine.project.merging import merge
from engine.project.project import Project

PATHS = ("a.jpg", "b.jpg", "c.jpg", "d.jpg")


@pytest.fixture
def merged(tmp_path):
    """Return a project of Anna's with four conflicts after merging Bob's."""
    root = tmp_path / "images"
    root.mkdir()
    for number, path in enumerate(PATHS):
        Image.new("RGB", (20, 20), (number * 10, 0, 7)).save(root / path)
    source = open_source(root)
    records = [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]
    with Project.create(tmp_path / "one.bloodbench", "one") as project:
        project.link(Job(), source, records)
        yield merge_copy(project, tmp_path)


def merge_copy(project, tmp_path):
    project.save_copy(tmp_path / "copy.bloodbench")
    with Project.open(tmp_path / "copy.bloodbench") as copy:
        for who, target, label, note in (
            ("Anna", project, "monocyte", "large"),
            ("Bob", copy, "platelet", "small"),
        ):
            changes = [(path, "label", label) for path in PATHS[:3]]
            target.apply("label", [*changes, ("d.jpg", "note", note)], who=who)
    merge(project, tmp_path / "copy.bloodbench", "Anna")
    return project


def build(project, tmp_path):
    card = Bundle.open(make_tiny_bundle(tmp_path / "tiny")).card
    values = np.full(8, 0.125, np.float32)
    images = [ReportImage(path, "", None, None, values) for path in PATHS]
    return build_report(images, project_report_context(card, load_class_set(), project))


def test_report_prints_what_was_decided_before_and_after(merged, tmp_path):
    first, second, _, note = read_conflicts(merged)
    settle(merged, first, "platelet", "Chief", "no nucleus")
    settle(merged, second, "monocyte", "Chief")
    settle(merged, note, "large", "Chief")
    report = build(merged, tmp_path)
    assert report.merge_conflicts == 1
    sections = SectionBuilder(report).sections(())
    [section] = [part for part in sections if part.title == "Conflicts"]
    warning, facts = section.blocks
    assert isinstance(warning, Paragraph)
    assert warning.warning
    assert warning.text.startswith("1 decision differs between merged projects")
    assert isinstance(facts, FactList)
    texts = dict(facts.pairs)
    assert texts["a.jpg"].startswith("Monocyte → Platelet; Bob: Platelet. Chief, ")
    assert texts["a.jpg"].endswith("UTC. no nucleus")
    assert texts["b.jpg"].startswith("Kept as Monocyte; Bob: Platelet. Chief, ")
    assert texts["d.jpg"].startswith("Kept as note “large”; Bob: note “small”. Chief, ")
