"""Fonts of PDF reports, with real fonts, one of them made here."""

import io
import unicodedata
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import get_data_path
from pypdf import PdfReader
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.exchange.report import pdf_fonts
from engine.exchange.report.builder import build_report
from engine.exchange.report.context import ReportContext, ReportImage, classes_of_set
from engine.exchange.report.pdf import to_pdf
from engine.exchange.report.pdf_fonts import fonts_for, missing_glyphs, shape_arabic
from engine.images.class_set import load_class_set
from engine.project.decisions import Decision

OWN = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
BLOOD = "血球"


@pytest.fixture
def font(tmp_path):
    """Return a function that makes a font in which the given letters are squares."""

    def make(name: str, has: str, *, embeds: bool = True) -> Path:
        pen = TTGlyphPen(None)
        for number, corner in enumerate([(0, 0), (0, 700), (700, 700), (700, 0)]):
            pen.lineTo(corner) if number else pen.moveTo(corner)
        pen.closePath()
        names = [".notdef", *(f"u{ord(letter):X}" for letter in has)]
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap({ord(letter): f"u{ord(letter):X}" for letter in has})
        builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
        builder.setupHorizontalMetrics(dict.fromkeys(names, (800, 0)))
        builder.setupHorizontalHeader(ascent=800, descent=-200)
        builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
        builder.setupOS2(fsType=0 if embeds else 2)
        builder.setupPost()
        file = tmp_path / f"{name}.ttf"
        builder.save(file)
        return file

    return make


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """Return a model's card."""
    return Bundle.open(make_tiny_bundle(tmp_path_factory.mktemp("letters") / "tiny")).card


@pytest.fixture
def printed(card, monkeypatch):
    """Return a function that renders a report with a title and these fonts, and extracts its text."""

    def text(fonts, title: str) -> str:
        monkeypatch.setattr(pdf_fonts, "_installed_fonts", lambda: fonts)
        context = ReportContext(card, classes_of_set(load_class_set()), title)
        report = build_report([ReportImage("a.png", "", None, None, None, Decision())], context)
        pages = PdfReader(io.BytesIO(to_pdf(report, {}, {}))).pages
        words = " ".join("".join(page.extract_text() for page in pages).split())
        return unicodedata.normalize("NFKC", words)

    return text


def test_installed_font_is_embedded_for_missing_glyphs(font, printed):
    text = printed([font("plain", BLOOD)], f"Slide {BLOOD}")
    assert f"Slide {BLOOD}" in text
    assert "printed as a box" not in text


def test_unavailable_glyphs_are_reported(font, printed):
    text = printed([font("half", BLOOD[0])], BLOOD)
    assert BLOOD[0] in text
    assert "1 character missing from all fonts on this computer is printed as a box" in text
    assert "2 characters missing from all fonts on this computer are" in printed([], BLOOD)


def test_damaged_and_restricted_fonts_are_skipped(font, tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00" + b"x" * 60)
    wanted = set(map(ord, BLOOD))
    closed, open_ = font("closed", BLOOD, embeds=False), font("open", BLOOD)
    assert fonts_for(wanted, [broken, closed, tmp_path / "gone.ttf"]) == ([], wanted)
    assert fonts_for(wanted, [broken, closed, open_]) == ([open_], set())


def test_no_extra_font_without_missing_glyphs():
    assert not missing_glyphs("Größe Клетка κύτταρο تقرير", OWN)
    assert missing_glyphs(f"a{BLOOD}", OWN) == set(map(ord, BLOOD))


def test_arabic_letters_are_shaped():
    shapes = [unicodedata.name(letter).removeprefix("ARABIC ") for letter in shape_arabic("سلام")]
    assert shapes == [
        "LETTER SEEN INITIAL FORM",
        "LIGATURE LAM WITH ALEF FINAL FORM",
        "LETTER MEEM ISOLATED FORM",
    ]
    assert unicodedata.normalize("NFKC", shape_arabic("محمد علي abc")) == "محمد علي abc"
    assert shape_arabic(shape_arabic("محمد")) == shape_arabic("محمد")
    assert shape_arabic("plain é") == "plain é"


def test_arabic_is_printed_shaped_from_right_to_left(printed):
    text = printed([], "تقرير")
    assert "printed as a box" not in text
    # In visual order, from the left.
    assert "تقرير"[::-1] in text or "تقرير" in text
