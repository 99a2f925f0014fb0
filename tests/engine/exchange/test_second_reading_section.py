"""A second reading in the report: agreement, each class, confusion, and what is left to settle."""

import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.exchange.report.blocks import FactList, Paragraph, TableBlock
from engine.exchange.report.builder import build_report
from engine.exchange.report.context import ReportImage
from engine.exchange.report.project_context import project_report_context
from engine.exchange.report.sections import SectionBuilder
from engine.images.class_set import load_class_set
from engine.project.project import Project
from engine.project.reading_draw import DrawCandidate
from engine.project.reading_edits import end_round, record_label, settle, start_round
from engine.project.second_reading import read_rounds

FIRST = ["monocyte"] * 3 + ["basophil"] * 2
SECOND = ["monocyte", "monocyte", "basophil", "basophil", "not_classed"]


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "one.bloodbench", "one") as made:
        yield made


@pytest.fixture
def section(tmp_path, project):
    """Return a function that builds the report of the project and returns its second reading."""
    card = Bundle.open(make_tiny_bundle(tmp_path / "tiny")).card
    values = np.full(8, 0.125, np.float32)

    def build():
        decisions = project.decisions()
        images = [
            ReportImage(f"{n}.png", "", label, None, values, **_decision(decisions, f"{n}.png"))
            for n, label in enumerate(FIRST)
        ]
        report = build_report(images, project_report_context(card, load_class_set(), project))
        sections = SectionBuilder(report).sections(())
        return next((part for part in sections if part.title == "Second reading"), None)

    return build


def _decision(decisions, path):
    return {"decision": decisions[path]} if path in decisions else {}


@pytest.fixture
def reading(project):
    drawn = [DrawCandidate(f"{n}.png", label) for n, label in enumerate(FIRST)]
    start_round(project, drawn, reader="Bob", method="by_class", seed=1, who="Anna")
    (reading,) = read_rounds(project)
    for n, label in enumerate(SECOND):
        record_label(project, reading, f"{n}.png", label)
    return reading


def test_report_without_a_second_reading_says_nothing_of_one(section):
    assert section() is None


def test_section_has_agreement_kappa_classes_and_confusion(section, reading, project):
    end_round(project, reading, who="Bob")
    facts, warning, classes, confusion, basis = section().blocks
    assert isinstance(facts, FactList)
    pairs = dict(facts.pairs)
    assert pairs["First reader"] == "labels of the folder"
    assert pairs["Second reader"] == "Bob"
    assert pairs["Cells drawn"] == "5 (a random share of each class)"
    assert pairs["The readers agree (95% interval)"] == "60.0% (23.1% – 88.2%)"
    assert pairs["Cohen's kappa (95% interval)"].startswith("0.333 (")
    assert warning == Paragraph(
        "On 2 cells the readers disagree, and nobody has settled them yet.", warning=True
    )
    assert isinstance(classes, TableBlock)
    assert [row[:5] for row in classes.rows] == [
        ("Basophil", "2", "2", "1", "50.0"),
        ("Monocyte", "3", "2", "2", "80.0"),
        ("Not classed", "0", "1", "0", "0.0"),
    ]
    assert confusion.rows == (
        ("Basophil", "1", "", "1"),
        ("Monocyte", "1", "2", ""),
        ("Not classed", "", "", ""),
    )
    assert "labels that held" in basis.text


def test_first_reader_stays_named_after_another_person_settles(section, project):
    project.apply("label", [(f"{n}.png", "label", FIRST[n]) for n in range(3)], who="Anna")
    drawn = [DrawCandidate(f"{n}.png", label) for n, label in enumerate(FIRST)]
    start_round(project, drawn, reader="Bob", method="all", seed=1, who="Anna")
    (reading,) = read_rounds(project)
    for n, label in enumerate(SECOND):
        record_label(project, reading, f"{n}.png", label)
    end_round(project, reading, who="Bob")
    settle(project, reading, "2.png", "basophil", who="Carla")
    facts, _, classes, *_ = section().blocks
    assert dict(facts.pairs)["First reader"] == "Anna, labels of the folder"
    assert classes.head[1:3] == (
        "first reading: Anna, labels of the folder",
        "second reading: Bob",
    )


def test_settling_a_conflict_leaves_the_agreement_as_it_was(section, reading, project):
    end_round(project, reading, who="Bob")
    before = section().blocks
    settle(project, reading, "2.png", "basophil", who="Carla", reason="granules")
    settle(project, reading, "4.png", "basophil", who="Carla")
    after = section().blocks
    changed = dict(after[0].pairs).items() ^ dict(before[0].pairs).items()
    assert changed == {("Conflicts settled", "0"), ("Conflicts settled", "2")}
    assert after[1:] == before[2:]


def test_running_reading_is_marked(section, reading):
    assert section().blocks[1].text.startswith("This second reading has not ended")
