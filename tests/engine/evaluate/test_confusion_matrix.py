"""Confusion matrix figure."""

import io
import warnings

import numpy as np
import pytest
from PIL import Image

from engine.evaluate.confusion_matrix import _percent, confusion_figure
from engine.evaluate.metrics import compute_metrics


@pytest.mark.parametrize("classes", [1, 2, 8, 24])
def test_draws_any_number_of_classes(classes):
    names = tuple(f"$immature_granulocyte {index}$" for index in range(classes))
    labels = np.array([0] * 5 + [classes - 1] * 3)
    probabilities = np.eye(classes)[np.zeros(8, int)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = confusion_figure(compute_metrics(labels, probabilities, names))
        data = io.BytesIO()
        figure.savefig(data, format="png")
    picture = Image.open(data).convert("RGB")
    assert min(picture.size) > 200
    assert picture.getpixel((2, 2)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("share", "text"),
    [(1, "100%"), (0.9996, ">99.9%"), (0.0004, "<0.1%"), (0.123, "12.3%"), (0.999, "99.9%")],
)
def test_rare_mistakes_are_not_rounded_away(share, text):
    assert _percent(share) == text
