"""The section "How far to trust this": what its lines stand on."""

import dataclasses

import msgspec
import numpy as np
import pytest
from tiny_model import CLASSES, make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.exchange.report.builder import build_report
from engine.exchange.report.context import ReportContext, ReportImage, classes_of_set
from engine.exchange.report.html import to_html
from engine.images.class_set import load_class_set
from engine.project.decisions import Decision
from engine.project.reviewers import LabelOrigin

SHARES = np.array([0.9, 0.04, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01], np.float32)


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    return Bundle.open(make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny")).card


def make_image(number, label=None, **more):
    return ReportImage(
        f"{number:03}.png", f"{number:064x}", None, None, SHARES, Decision(label=label), **more
    )


def report_on(card, images, origins):
    context = ReportContext(card, classes_of_set(load_class_set()), label_origins=origins)
    return build_report(images, context)


def lines(report):
    page = to_html(report, {}, {}).decode()
    assert "How far to trust this" in page
    return page


def test_without_decisions_it_says_that_nothing_was_measured(card):
    report = report_on(card, [make_image(number) for number in range(30)], {})
    assert report.trust.measured is None
    assert report.trust.expected.accuracy == pytest.approx(0.9)
    page = lines(report)
    assert "90%" in page
    assert "The accuracy was not measured here: 0 cells" in page
    # 0.9 and 0.04 do not reach 95%.
    assert "30 unreviewed cells have more than one possible class" in page


def test_single_decisions_are_measured_and_others_are_not(card):
    single = {f"{number:03}.png": LabelOrigin("label", 1) for number in range(60)}
    bulk = {f"{number:03}.png": LabelOrigin("confirm", 40) for number in range(60, 100)}
    images = [make_image(number, CLASSES[number < 15]) for number in range(60)]
    images += [make_image(number, CLASSES[0]) for number in range(60, 100)]
    report = report_on(card, images, single | bulk)
    assert report.trust.measured.n == 60
    assert report.trust.measured.accuracy == 0.75
    assert "60 cells that were decided one by one" in lines(report)


def test_training_images_are_not_measured(card):
    origins = {f"{number:03}.png": LabelOrigin("label", 1) for number in range(60)}
    images = [make_image(number, CLASSES[0], seen=number < 20) for number in range(60)]
    report = report_on(card, images, origins)
    assert report.trust.measured is None
    assert report.trust.confirmed == 40


def test_unreviewed_cells_of_no_class_are_counted(card):
    images = [make_image(0, unknown_ratio=1.4), make_image(1, unknown_ratio=0.4)]
    images.append(make_image(2, CLASSES[0], unknown_ratio=1.4))
    report = report_on(card, images, {})
    assert report.trust.unknown == 1
    assert report.differential.unidentified == 1
    assert "1 unreviewed cell seems to be none of the model" in lines(report)


def test_classes_that_the_model_does_not_know_are_named_while_it_counts(card):
    small = msgspec.structs.replace(card, classes=CLASSES[:3])
    images = [dataclasses.replace(make_image(0), probabilities=SHARES[:3] / SHARES[:3].sum())]
    page = lines(report_on(small, images, {}))
    assert "The model does not know Immature granulocyte, Lymphocyte," in page
    assert "The model does not know" not in lines(report_on(card, [make_image(0)], {}))
    decided = [dataclasses.replace(image, decision=Decision(label=CLASSES[0])) for image in images]
    assert "The model does not know" not in lines(report_on(small, decided, {}))


def test_agreement_says_on_how_many_images_the_model_was_trained(card):
    origins = {f"{number:03}.png": LabelOrigin("label", 1) for number in range(4)}
    images = [make_image(number, CLASSES[0], seen=number < 3) for number in range(4)]
    report = report_on(card, images, origins)
    assert (report.agreement.n, report.agreement_seen) == (4, 3)
    assert "trained on 3 of the compared images" in to_html(report, {}, {}).decode()
    unseen = report_on(card, [dataclasses.replace(image, seen=False) for image in images], origins)
    assert unseen.agreement_seen == 0
    assert "of the compared images" not in to_html(unseen, {}, {}).decode()


def test_table_of_the_count_has_no_column_without_a_figure(card):
    leukocyte = to_html(report_on(card, [make_image(0)], {}), {}, {}).decode()
    assert "per 100" not in leukocyte.lower()
    mixed = [dataclasses.replace(make_image(n), probabilities=np.roll(SHARES, n)) for n in range(8)]
    assert "per 100" in to_html(report_on(card, mixed, {}), {}, {}).decode().lower()


def test_first_section_says_who_signed(card):
    page = lines(report_on(card, [make_image(0)], {}))
    assert page.index("Not signed off.") < page.index("Differential count")
