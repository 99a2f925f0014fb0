"""Figures as SVG: lines only, ids of their own, colours that a page can change."""

import re
import warnings
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from engine.evaluate import curves, plots
from engine.evaluate.differential import Cell, differential
from engine.evaluate.figure_style import svg, themed
from engine.evaluate.confusion_matrix import confusion_figure
from engine.evaluate.metrics import evaluate

CLASSES = ("$a$", "b_c", "<è>")
LOOKS = {name: (name, "#0072B2") for name in CLASSES}


def drawn(n):
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, n) if n > 1 else np.zeros(n, int)
    probabilities = rng.dirichlet(np.ones(3), n).astype(np.float32)
    made = {
        "roc": plots.roc_figure(curves.roc(labels, probabilities, CLASSES), LOOKS),
        "pr": plots.precision_recall_figure(
            curves.precision_recall(labels, probabilities, CLASSES), LOOKS
        ),
        "reliability": plots.reliability_figure(curves.reliability(labels, probabilities)),
        "acceptance": plots.acceptance_figure(curves.acceptance(labels, probabilities), (0.99,)),
        "confusion": confusion_figure(evaluate(labels, probabilities, CLASSES)),
        "differential": plots.differential_figure(
            differential(
                [Cell("x", CLASSES[0], 0.9)] * n, CLASSES, dict.fromkeys(CLASSES, "leukocyte")
            ),
            LOOKS,
        ),
    }
    return {name: svg(figure, name) for name, figure in made.items()}


@pytest.mark.parametrize("n", [1, 200])
def test_figures_are_lines_and_have_ids_of_their_own(n):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = drawn(n)
    for name, text in found.items():
        ET.fromstring(text)
        assert "<image" not in text
        assert "<text" not in text
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert ids
        assert all(one.startswith(f"{name}_") for one in ids)
        assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', text)) <= {
            pair for one in ids for pair in ((one, ""), ("", one))
        }


def test_a_page_gives_the_colours():
    text = themed(drawn(50)["confusion"])
    assert "var(--ink)" in text
    assert "var(--accent)" in text
    assert "#1b1b1b" not in text


def test_the_same_figure_is_the_same_file():
    assert drawn(50) == drawn(50)
