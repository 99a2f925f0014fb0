"""Design tokens: contrast, colours and sizes."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from engine.images.class_set import load_class_set
from engine.paths import resources_dir
from gui.theme import Theme, contrast, tokens

GUI = Path(__file__).resolve().parents[2] / "gui"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["text", "muted", "warning"])
@pytest.mark.parametrize("ground", ["surround", "panel", "raised", "hover", "tile", "accent_soft"])
def test_text_has_enough_contrast(scheme, text, ground):
    colours = tokens()[scheme]
    assert contrast(QColor(colours[text]), QColor(colours[ground])) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast_on_colours(scheme):
    colours = tokens()[scheme]
    assert contrast(QColor(colours["on_accent"]), QColor(colours["accent"])) >= 4.5
    assert contrast(QColor(colours["text"]), QColor(colours["warning_soft"])) >= 4.5
    assert contrast(QColor(colours["accent"]), QColor(colours["panel"])) >= 3


def test_letters_have_enough_contrast_on_class_colours(qapp):
    theme = Theme(qapp)
    for cell in load_class_set().classes:
        ground = QColor(cell.colour)
        assert contrast(theme.letter_colour(ground), ground) >= 4.5, cell.id


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_greys_are_neutral(scheme):
    for name in ("surround", "panel", "raised", "hover", "line", "text", "muted", "tile"):
        assert QColor(tokens()[scheme][name]).saturation() == 0


def test_style_sheet_arrows_have_the_muted_colour():
    for scheme in ("light", "dark"):
        svg = (resources_dir() / "themes" / f"chevron-down-{scheme}.svg").read_text()
        assert f'stroke="{tokens()[scheme]["muted"]}"' in svg


def test_no_widget_contains_a_literal_colour():
    pattern = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|QColor\(\s*\d|GlobalColor""")
    for file in GUI.rglob("*.py"):
        assert not pattern.search(file.read_text(encoding="utf-8")), file


def test_no_signal_carries_a_bool():
    # See gui/jobs/workers.py: some builds of PySide6 lose a reference each time one is emitted.
    for file in GUI.rglob("*.py"):
        assert "Signal(bool" not in file.read_text(encoding="utf-8"), file


def test_three_sizes_and_two_weights(qapp):
    theme = Theme(qapp)
    sizes = [theme.font(name).pointSizeF() for name in ("small", "body", "title")]
    assert sizes == sorted(sizes)
    assert theme.font(strong=True).weight() > theme.font().weight()
