"""Kinds of findings: each is documented, and has what window and commands do with it."""

from pathlib import Path

import pytest

from engine.curate.detectors.registry import DETECTORS
from engine.curate.finding import FindingKind

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("kind", FindingKind)
def test_kind_is_documented_and_found_by_one_detector(kind):
    assert f"| `{kind}` |" in (DOCS / "curation.md").read_text("utf-8")
    assert f"`{kind}`" in (DOCS / "command-line.md").read_text("utf-8")
    assert sum(kind in detector.kinds for detector in DETECTORS) == 1


def test_documented_kinds_are_quarantined_by_default():
    chosen = [str(kind) for kind in FindingKind if kind.is_quarantined_by_default]
    assert sorted(chosen) == ["exact_duplicate", "off_topic", "unreadable"]
    sentence = "by default `--quarantine` moves `unreadable`, `off_topic` and the copies of `exact_duplicate`"
    assert sentence in (DOCS / "curation.md").read_text("utf-8")


def test_only_findings_of_content_or_label_make_an_image_doubtful():
    assert {kind for kind in FindingKind if kind.is_doubt} == {
        "off_topic",
        "unknown",
        "suspect_label",
    }
    assert all(kind.is_doubt for kind in FindingKind if kind.is_about_label)
