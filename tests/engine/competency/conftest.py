"""Fixtures of competency tests: drawn cells in a store."""

import pytest

from engine.competency.draw import draw_cells
from engine.competency.store import CompetencyStore
from engine.competency.truth import Truth, TruthCell

CLASSES = ("basophil", "monocyte")


@pytest.fixture
def truth():
    """Return a signed truth of ten cells of each of two classes."""
    cells = tuple(
        TruthCell(f"{name}/{number}.png", f"{name}{number}", name)
        for name in CLASSES
        for number in range(10)
    )
    return Truth("signed", "Anna", "2026-11-01T10:00:00+00:00", cells, None)


@pytest.fixture
def store(tmp_path):
    """Return an open store."""
    with CompetencyStore(tmp_path / "competency.sqlite") as opened:
        yield opened


@pytest.fixture
def start(store, truth):
    """Return a function that starts a test of six cells."""

    def start(person="Bob", project="p1", limit_s=None):
        drawn = draw_cells(truth.cells, 6, seed=3)
        return store.start(
            truth, drawn, person=person, folder="slide 7", project=project, seed=3,
            requested=6, limit_s=limit_s, class_names={"basophil": "Basophil"},
        )  # fmt: skip

    return start
