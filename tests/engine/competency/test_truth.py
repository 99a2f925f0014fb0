"""Truth: all labels of a signed folder; otherwise those given one by one; or why there are too few."""

import pytest
from project_helpers import confirm, link_folder, write_image

from engine.competency.truth import find_truth
from engine.exchange.report.report_data import SignOff
from engine.messages import render
from engine.project.project import Project

SIGNED = SignOff("Eve", "2026-11-01T10:00:00+00:00", "", True)


@pytest.fixture
def labels(tmp_path):
    """Return the effective labels of 24 images."""
    return {f"{number}.jpg": ("basophil", "monocyte")[number % 2] for number in range(24)}


@pytest.fixture
def project(tmp_path, labels):
    """Return a project in which Anna labelled 22 of 24 images one by one."""
    for path in labels:
        write_image(tmp_path / "cells" / path, path)
    with Project.create(tmp_path / "p.bloodbench", "p") as created:
        link_folder(created, tmp_path / "cells")
        for path, label in list(labels.items())[:22]:
            created.apply("label", [(path, "label", label)], who="Anna")
        # Linking leaves the contents to this background job.
        confirm(created, tmp_path / "cells")
        yield created


def test_labels_given_one_by_one_are_the_truth_of_an_unsigned_folder(project, labels):
    truth = find_truth(project, labels, None)
    assert (truth.basis, truth.author, len(truth.cells), truth.problem) == (
        "confirmed", "Anna", 22, None,
    )  # fmt: skip
    assert all(cell.content for cell in truth.cells)


def test_a_valid_sign_off_vouches_for_all_labels(project, labels):
    truth = find_truth(project, labels, SIGNED)
    assert (truth.basis, truth.author, truth.signed) == ("signed", "Eve", SIGNED.at)
    assert len(truth.cells) == 24
    assert truth.problem is None


def test_removed_and_unclassed_images_are_no_truth(project, labels):
    project.apply("remove", [("0.jpg", "removed", "person")], who="Anna")
    project.apply("label", [("1.jpg", "label", "not_classed")], who="Anna")
    shown = {**labels, "1.jpg": "not_classed"}
    paths = {cell.path for cell in find_truth(project, shown, None).cells}
    assert not paths & {"0.jpg", "1.jpg", "22.jpg"}
    assert "1.jpg" not in {cell.path for cell in find_truth(project, shown, SIGNED).cells}


def test_why_no_test_can_be_drawn(project, labels):
    few = dict(list(labels.items())[:7])
    sentence = render(find_truth(project, few, None).problem)
    assert "has labelled 7 cells of 2 classes one by one" in sentence
    assert "at least 20 cells of 2 classes" in sentence
    void = SignOff("Eve", SIGNED.at, "", False)
    assert "The sign-off no longer holds" in render(find_truth(project, few, void).problem)
    of_one_class = dict.fromkeys(labels, "basophil")
    sentence = render(find_truth(project, of_one_class, SIGNED).problem)
    assert "covers 24 cells of 1 class;" in sentence
