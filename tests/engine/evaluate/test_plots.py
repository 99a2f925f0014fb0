"""Figures as SVG: vector only, unique ids, themeable colours."""

import re
import warnings
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from engine.evaluate import curves, plots
from engine.evaluate.confusion_matrix import confusion_figure
from engine.evaluate.differential import CountedImage, count_differential
from engine.evaluate.figure_style import to_svg, with_theme_colours
from engine.evaluate.metrics import compute_metrics

CLASSES = ("$a$", "b_c", "<è>")
LOOKS = {name: (name, "#0072B2") for name in CLASSES}


def drawn(n):
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, n) if n > 1 else np.zeros(n, int)
    probabilities = rng.dirichlet(np.ones(3), n).astype(np.float32)
    figures = {
        "roc": plots.roc_figure(curves.roc_curves(labels, probabilities, CLASSES), LOOKS),
        "pr": plots.precision_recall_figure(
            curves.precision_recall_curves(labels, probabilities, CLASSES), LOOKS
        ),
        "reliability": plots.reliability_figure(curves.reliability_bins(labels, probabilities)),
        "acceptance": plots.acceptance_figure(
            curves.acceptance_curve(labels, probabilities), (0.99,)
        ),
        "confusion": confusion_figure(compute_metrics(labels, probabilities, CLASSES)),
        "differential": plots.differential_figure(
            count_differential(
                [CountedImage("x", CLASSES[0], 0.9)] * n,
                CLASSES,
                dict.fromkeys(CLASSES, "leukocyte"),
            ),
            LOOKS,
        ),
    }
    return {name: to_svg(figure, name) for name, figure in figures.items()}


@pytest.mark.parametrize("n", [1, 200])
def test_figures_are_vector_only_with_unique_ids(n):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = drawn(n)
    for name, text in found.items():
        ET.fromstring(text)
        assert "<image" not in text
        assert "<text" not in text
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert ids
        assert all(svg_id.startswith(f"{name}_") for svg_id in ids)
        assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', text)) <= {
            pair for image_id in ids for pair in ((image_id, ""), ("", image_id))
        }


def test_theme_colours_are_css_variables():
    text = with_theme_colours(drawn(50)["confusion"])
    assert "var(--ink)" in text
    assert "var(--accent)" in text
    assert "#1b1b1b" not in text


def test_figures_are_deterministic():
    assert drawn(50) == drawn(50)
