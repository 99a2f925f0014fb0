"""Texts of findings: every kind has a title and a description."""

import pytest

from engine.curate.finding import FindingKind
from gui.state.finding_text import kind_description, kind_title


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_has_its_texts(qapp, kind):
    assert kind_title(kind)
    assert kind_description(kind).endswith(".")
