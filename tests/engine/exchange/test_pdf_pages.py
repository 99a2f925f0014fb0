"""Page breaks of PDF reports."""

import io

import pytest
from pypdf import PdfReader

from engine.exchange.report.blocks import (
    FactList,
    Paragraph,
    PrintedDocument,
    ReportSection,
    TableBlock,
)
from engine.exchange.report.pdf import render_pdf


def pages_of(*blocks) -> list[str]:
    """Return the text of the pages of a document with one section."""
    document = PrintedDocument(
        title="Report",
        notice="Notice",
        creator="Bloodbench",
        created="2026-01-02T03:04:05+00:00",
        missing_glyphs=str,
        sections=(ReportSection("Section", blocks),),
    )
    return [
        page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(document, {}, {}))).pages
    ]


@pytest.mark.parametrize("lines", range(28, 34))
def test_paragraph_stays_on_the_page_of_its_table(lines):
    table = TableBlock(("Target", "Images"), tuple((f"{row}%", str(row)) for row in range(3)))
    pages = pages_of(*[Paragraph("Filler")] * lines, Paragraph("About the table"), table)
    (page,) = [page for page in pages if "About the table" in page]
    assert "Target" in page
    assert "2%" in page


@pytest.mark.parametrize("lines", range(28, 34))
def test_value_is_not_split_between_pages(lines):
    value = "begin " + "word " * 100 + "end"
    pages = pages_of(*[Paragraph("Filler")] * lines, FactList((("Name", value),)))
    (page,) = [page for page in pages if "begin" in page]
    assert "end" in page
    assert "Name" in page


def test_value_longer_than_a_page_is_printed_whole():
    pages = pages_of(FactList((("Name", "word " * 2000), ("Next", "fact"))))
    assert sum(page.count("word") for page in pages) == 2000
    assert "Next" in pages[-1]
