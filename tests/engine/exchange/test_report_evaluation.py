"""Evaluation in a report: unseen images, and labels given by a person or folder."""

from dataclasses import replace

import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.exchange.report.builder import build_report, report_rows
from engine.exchange.report.context import ReportContext, ReportImage, classes_of_set
from engine.exchange.report.evaluation import evaluated_images, sample_labelled
from engine.exchange.report.sections import SectionBuilder
from engine.images.class_set import load_class_set
from engine.project.decisions import Decision
from engine.project.reviewers import LabelOrigin

TOGETHER, ALONE = LabelOrigin("confirm", 9), LabelOrigin("confirm", 1)


@pytest.fixture
def context(tmp_path):
    card = Bundle.open(make_tiny_bundle(tmp_path / "tiny")).card

    def make(given=None):
        return ReportContext(card, classes_of_set(load_class_set()), label_origins=given or {})

    return make


def item(path, predicted, folder=None, person=None, seen=None):
    """Return an image that the model predicts as `predicted`, with the folder's and the person's class."""
    classes = load_class_set().ids
    values = np.full(8, 0.02, np.float32)
    values[classes.index(predicted)] = 0.86
    return ReportImage(path, "", folder, None, values, Decision(label=person), seen)


def test_cells_of_fields_are_counted_per_field(context):
    items = [
        item("a.jpg/00010_00020_030x040", "neutrophil"),
        item("a.jpg/00110_00020_030x040", "platelet"),
        item("a.jpg/00210_00020_030x040", "platelet"),
        item("b.jpg/00010_00020_030x040", "lymphocyte"),
        item("c.jpg/00010_00020_030x040", "monocyte"),
    ]
    fields = build_report(items, context()).fields
    assert (fields.n, fields.cells_per_field) == (3, pytest.approx(5 / 3))
    assert (fields.leukocytes_per_field, fields.platelets_per_field) == (1, pytest.approx(2 / 3))
    # A count that ends early takes the fields in their order.
    fields = build_report(items, replace(context(), target=2)).fields
    assert (fields.n, fields.leukocytes_per_field, fields.platelets_per_field) == (2, 1, 1)
    assert build_report([item("a.jpg", "neutrophil")], context()).fields is None


def slides():
    """Return the cells of two slides, and the red cells of their fields, one of them without a cell."""
    box = "00010_00020_030x040"
    items = [
        item(f"A/1.jpg/{box}", "neutrophil"),
        item("A/1.jpg/00110_00020_030x040", "platelet"),
        item(f"A/3.jpg/{box}", "lymphocyte"),
        item(f"A/4.jpg/{box}", "lymphocyte"),
        item(f"B/1.jpg/{box}", "monocyte"),
    ]
    red = {"A/1.jpg": 10, "A/2.jpg": None, "A/3.jpg": 20, "A/4.jpg": 60, "B/1.jpg": 5}
    return items, red


def test_fields_without_cells_count_and_each_slide_has_its_count(context):
    items, red = slides()
    report = build_report(items, replace(context(), red_cells=red))
    assert report.fields.n == 5
    assert report.fields.red_cells_per_field == pytest.approx(95 / 4)
    assert report.fields.platelets_per_field == pytest.approx(1 / 5)
    first, second = report.slides
    assert (first.name, first.fields.n, first.differential.leukocytes) == ("A", 4, 3)
    assert (second.name, second.fields.red_cells_per_field) == ("B", 5)
    shares = {row.id: row.share for row in first.differential.rows}
    assert shares["lymphocyte"] == pytest.approx(2 / 3)
    # “Count 2” ends with the field of the second leukocyte, on each slide.
    early = build_report(items, replace(context(), red_cells=red, target=2))
    assert (early.fields.n, early.differential.leukocytes) == (3, 2)
    assert [slide.differential.leukocytes for slide in early.slides] == [2, 1]
    assert early.slides[0].fields.n == 3
    # Names of folders may be names of patients.
    anonymous = build_report(items, replace(context(), red_cells=red, paths="ids"))
    assert [slide.name for slide in anonymous.slides] == ["1", "2"]
    # A slide without any cell is one of the slides.
    _, empty = build_report(items[:4], replace(context(), red_cells=red)).slides
    assert (empty.name, empty.fields.n, empty.differential.leukocytes) == ("B", 1, 0)
    first_only = {path: count for path, count in red.items() if path.startswith("A/")}
    assert build_report(items[:4], replace(context(), red_cells=first_only)).slides == ()


def test_fields_without_any_cell_are_counted(context):
    _, red = slides()
    report = build_report([], replace(context(), red_cells=red))
    assert (report.fields.n, report.fields.cells_per_field) == (5, 0)
    assert report.fields.red_cells_per_field == pytest.approx(95 / 4)
    text = report_text(report)
    assert "No cell was found in the 5 fields, so there is no differential count" in text
    assert "No cell was found" not in report_text(
        build_report(slides()[0], replace(context(), red_cells=red))
    )


def report_text(report):
    """Return the text of the section on fields."""
    sections = SectionBuilder(report).sections([])
    (section,) = [section for section in sections if section.title == "Fields"]
    texts = []
    for block in section.blocks:
        texts += [" ".join(pair) for pair in getattr(block, "pairs", ())]
        texts += [
            " ".join(row) for row in (getattr(block, "head", ()), *getattr(block, "rows", ()))
        ]
        texts.append(getattr(block, "text", ""))
    return "\n".join(texts)


def test_platelets_per_microlitre_only_with_a_factor_for_these_fields(context):
    items, red = slides()
    without = report_text(build_report(items, replace(context(), red_cells=red)))
    assert "Red cells per field (mean) 23.75" in without
    assert "Platelets per µL are not estimated" in without
    assert "15,000 to 20,000" in without
    assert "(estimate)" not in without
    for factor in ("15,000", "15 000", "15000"):
        session = {"platelet_factor": factor}
        report = build_report(items, replace(context(), red_cells=red, session=session))
        text = report_text(report)
        assert "0.20 per field (mean of 5 fields) × 15,000 = 3,000 per µL" in text
        assert "Platelets per µL (estimate)" in text
        assert "Malok" in text
    for factor in ("many", "0", "-5", "1.5e4", "٣"):
        session = {"platelet_factor": factor}
        report = build_report(items, replace(context(), red_cells=red, session=session))
        assert report.fields.platelets_per_microlitre is None
        assert "is no factor from 1 to 1,000,000" in report_text(report)


def test_seen_images_are_reported_separately(context):
    items = [
        item("a", "monocyte", "monocyte", seen=True),
        item("b", "monocyte", "basophil", seen=True),
        item("c", "monocyte", "monocyte", seen=False),
        item("d", "basophil", "monocyte", seen=False),
        item("e", "basophil", "monocyte", seen=False),
        item("f", "basophil"),
    ]
    found = build_report(items, context()).evaluation
    assert (found.basis, found.metrics.n, found.seen_images.n) == ("unseen", 3, 2)
    assert found.metrics.accuracy == pytest.approx(1 / 3)
    assert found.seen_images.accuracy == 0.5
    assert {mistake.image for mistake in found.mistakes} == {"d", "e"}
    assert {path for path, _ in sample_labelled(items, context(), 9)} == {"c", "d", "e"}
    assert [row.seen for row in report_rows(items, context())] == [
        True,
        True,
        False,
        False,
        False,
        None,
    ]
    whole = str(SectionBuilder(build_report(items, context())).sections(()))
    assert "trained on none of these images" in whole
    assert "On 2 images that it was trained on" in whole


def test_basis_is_seen_or_unknown_when_nothing_is_unseen(context):
    for seen, words in ((True, "trained on all of these images"), (None, "does not list")):
        items = [item(name, "monocyte", "monocyte", seen=seen) for name in "ab"]
        report = build_report(items, context())
        assert report.evaluation.metrics.n == 2
        assert report.evaluation.basis == ("seen" if seen else "unknown")
        assert words in str(SectionBuilder(report).sections(()))


def test_bulk_confirmations_are_not_reference_labels(context):
    items = [
        # In a folder of another class, and without a folder class.
        *(item(f"a{n}", "monocyte", "basophil", "monocyte") for n in range(2)),
        *(item(f"b{n}", "monocyte", None, "monocyte") for n in range(3)),
        item("c", "monocyte", None, "basophil"),
        item("d", "monocyte", None, "monocyte"),
    ]
    given = {image.path: TOGETHER for image in items[:5]} | {"c": ALONE, "d": ALONE}
    report = build_report(items, context(given))
    assert (report.agreement.n, report.agreement.agreed) == (2, 1)
    assert (report.together.n, report.together.agreed) == (5, 5)
    found = report.evaluation
    assert (found.metrics.n, found.metrics.accuracy, found.together) == (4, 0.25, 3)
    counted = evaluated_images(items, context(given)).counted
    assert [image.path for image, *_ in counted] == ["a0", "a1", "c", "d"]
    whole = str(SectionBuilder(report).sections(()))
    assert "5 more cells were labelled in bulk" in whole
    decided = report.decided
    assert decided.in_bulk == 5
    assert f"{decided.one_by_one} were decided one by one and 5 in bulk" in whole
    assert "5 predictions were confirmed in bulk and are not used as labels." in whole
    assert "2 of these images have the label of the folder instead." in whole
    assert "3 images labelled only by confirming predictions in bulk" in whole


def test_bulk_confirmation_gives_no_agreement_or_evaluation(context):
    items = [item(name, "monocyte", None, "monocyte") for name in "abc"]
    report = build_report(items, context({image.path: TOGETHER for image in items}))
    assert (report.agreement.n, report.agreement.kappa) == (0, None)
    assert (report.together.n, report.evaluation) == (3, None)
