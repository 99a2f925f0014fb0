"""Translated report: every text is translated, in HTML and PDF."""

import io
import re

import numpy as np
from pypdf import PdfReader
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.exchange.report.builder import build_report
from engine.exchange.report.context import ReportContext, ReportImage, classes_of_set
from engine.exchange.report.html import to_html
from engine.exchange.report.pdf import to_pdf
from engine.exchange.report.report_data import Reviewer, SignOff
from engine.exchange.report.report_figures import draw_figures
from engine.images.class_set import load_class_set
from engine.messages import PLURAL_RULE, load_catalogue
from engine.project.decisions import Decision


def italian(template):
    return template if template == load_catalogue()[PLURAL_RULE] else f"§{template}"


def test_report_is_fully_translated(tmp_path):
    bundle = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    classes = load_class_set()
    rng = np.random.default_rng(0)
    items = [
        ReportImage(f"{n}.png", f"{n:064x}", classes.ids[n % 8], None,
             rng.dirichlet(np.ones(8) / 4).astype(np.float32), Decision(classes.ids[n % 7]))
        for n in range(40)
    ]  # fmt: skip
    context = ReportContext(
        bundle.card, classes_of_set(classes), "", "cells",
        session={"specimen": "1", "stain": "MGG"}, reviewers=[Reviewer("Anna", 40, 41, "2026", "2026")],
        sign_off=SignOff("Anna", "2026-11-23T07:00", "", valid=False), target=1000,
    )  # fmt: skip
    report = build_report(items, context)
    drawn = draw_figures(report, italian)
    page = to_html(report, drawn, {}, italian, "it").decode()
    assert '<html lang="it">' in page
    for tag in ("h1", "h2", "dt", "th", "strong"):
        found = re.findall(rf"<{tag}[^>]*>([^<]*)</{tag}>", page)
        assert found
        assert [item for item in found if not item.startswith("§")] == []
    assert re.findall(r"<p(?: [^>]*)?>([^§])", page) == []
    first = re.findall(r'<tr><td class="text">([^<]*)<', page)
    assert [
        text for text in first if not text.startswith("§") and text != "Anna" and "%" not in text
    ] == []
    text = PdfReader(io.BytesIO(to_pdf(report, drawn, {}, italian, "it"))).pages[0].extract_text()
    assert "§Differential count" in text
