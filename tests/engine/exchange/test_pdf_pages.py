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
    rendered = render_pdf(document, {}, {})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(rendered.data)).pages]
    assert rendered.pages == len(pages)
    return pages


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


def test_text_keeps_its_distance_from_the_numbers_before_it():
    # As the reviewers of a report: too wide to leave room between the columns by itself.
    table = TableBlock(
        ("Reviewer", "Images", "Edits", "First", "Last"),
        (("A" * 80, "12,345", "67,890", "2026-01-02 03:04", "2026-01-02 05:06"),),
        text_columns=(0, 3, 4),
    )
    document = render_pdf(
        PrintedDocument(
            title="Report", notice="Notice", creator="Bloodbench",
            created="2026-01-02T03:04:05+00:00", missing_glyphs=str,
            sections=(ReportSection("Section", (table,)),),
        ),
        {}, {},
    )  # fmt: skip
    starts = {}
    (page,) = PdfReader(io.BytesIO(document.data)).pages
    page.extract_text(
        visitor_text=lambda text, _, matrix, *__: starts.setdefault(text.strip(), matrix[4])
    )
    text = next(start for cell, start in starts.items() if cell.startswith("2026-01-02 03:04"))
    numbers = next(start for cell, start in starts.items() if "67,890" in cell)
    assert text - numbers > 6 * 8.5 * 0.5 + 4 * 72 / 25.4  # six digits and four millimetres


def test_value_longer_than_a_page_is_printed_whole():
    pages = pages_of(FactList((("Name", "word " * 2000), ("Next", "fact"))))
    assert sum(page.count("word") for page in pages) == 2000
    assert "Next" in pages[-1]
