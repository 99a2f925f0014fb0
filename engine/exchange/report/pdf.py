"""PDF report on A4: searchable text, vector figures, the notice on every page."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from engine.evaluate.figure_style import Translate
from engine.exchange.report.blocks import (
    Block,
    FactList,
    FigureBlock,
    ImagePreviews,
    MistakeTiles,
    Paragraph,
    PrintedDocument,
    TableBlock,
)
from engine.exchange.report.pdf_fonts import fonts_for, missing_glyphs, shape_arabic
from engine.exchange.report.pdf_pages import (
    FAINT,
    HEIGHT,
    INK,
    LINE,
    MARGIN,
    WARNING,
    WIDTH,
    PdfPages,
    quiet_fpdf,
    regular_font,
)
from engine.exchange.report.report_data import Report
from engine.exchange.report.sections import SectionBuilder
from engine.text import collapse_whitespace, to_printable

_LABEL_COLUMN_WIDTH = 62.0
_MIN_FIGURE_SCALE = 0.6  # least scale to which a figure is shrunk to fit on a page
_TILES_PER_ROW = 3
_PREVIEW_SIZE = 25.0


def to_pdf(
    report: Report,
    figures: dict[str, str],
    previews: ImagePreviews,
    translate: Translate = str,
    language: str = "en",
) -> bytes:
    """Render the report as a PDF; `previews` may lack images, which are then only named."""
    document = SectionBuilder(report, translate).document(list(figures))
    return render_pdf(document, figures, previews, language).data


class RenderedPdf(NamedTuple):
    """A PDF file and the number of its pages."""

    data: bytes
    pages: int


def render_pdf(
    document: PrintedDocument,
    figures: dict[str, str],
    previews: ImagePreviews,
    language: str = "en",
) -> RenderedPdf:
    """Render a document as a PDF; `previews` may lack images, which are then only named."""
    # The representation of the sections contains all of their text.
    all_text = shape_arabic(f"{document.title}{document.notice}{document.sections}")
    fallback_fonts, missing = fonts_for(missing_glyphs(all_text, regular_font()))
    writer = _PdfWriter(document, figures, previews, fallback_fonts)
    pdf = writer.pdf
    pdf.set_title(document.title)
    pdf.set_creator(document.creator)
    pdf.set_lang(language)
    pdf.set_creation_date(datetime.fromisoformat(document.created))
    with quiet_fpdf():
        pdf.add_page()
        writer.head()
        if missing:
            writer.put(Paragraph(document.missing_glyphs(len(missing)), warning=True))
        for section in document.sections:
            writer.heading(section.title)
            for block, following in zip_longest(section.blocks, section.blocks[1:]):
                writer.put(block, following)
        return RenderedPdf(bytes(pdf.output()), pdf.pages_count)


class _PdfWriter:
    """Writer of the pages, top to bottom; lengths are in millimetres."""

    def __init__(
        self,
        document: PrintedDocument,
        figures: dict[str, str],
        previews: ImagePreviews,
        fonts: Sequence[Path],
    ) -> None:
        self._document, self._figures, self._previews = document, figures, previews
        self._pages = PdfPages(document.notice, fonts)
        self.pdf = self._pages.pdf

    def head(self) -> None:
        """Write the title and the notice."""
        self._pages.set_font(17, bold=True)
        self._pages.put_text(self._document.title, 8)
        self._pages.set_font(9, FAINT)
        self._pages.put_text(self._document.notice, 5)

    def heading(self, text: str) -> None:
        """Write the title of a section, on a new page if there is no room for content below it."""
        self._pages.ensure_room(60)
        self.pdf.ln(7)
        self._pages.set_font(12.5, bold=True)
        self.pdf.start_section(text)
        self._pages.put_text(text, 7)

    def put(self, block: Block, following: Block | None = None) -> None:
        """Write one block of a section; a paragraph stays on the page of the table that follows it."""
        match block:
            case FactList(pairs):
                self._put_facts(pairs)
            case TableBlock():
                self._put_table(block)
            case Paragraph(text, warning):
                self._pages.set_font(9.5, WARNING if warning else INK)
                if isinstance(following, TableBlock):
                    below = _table_room(following) + 2.5
                    self._pages.ensure_room(self._pages.text_height(text, WIDTH, 5) + below)
                self._pages.put_text(text, 5)
            case FigureBlock():
                self._put_figure(block)
            case MistakeTiles(tiles):
                for start in range(0, len(tiles), _TILES_PER_ROW):
                    self._put_tiles(tiles[start : start + _TILES_PER_ROW])
        self.pdf.ln(2.5)

    def _put_facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        for name, value in pairs:
            self._pages.set_font(9)
            # A value is not split between two pages, unless it is longer than a third of one.
            height = self._pages.text_height(value, WIDTH - _LABEL_COLUMN_WIDTH, 4.8)
            self._pages.ensure_room(max(10, min(height, HEIGHT / 3)))
            top, page = self.pdf.y, self.pdf.page
            self._pages.set_font(9, FAINT)
            self.pdf.multi_cell(
                _LABEL_COLUMN_WIDTH - 2, 4.8, name, align="L", new_x="LMARGIN", new_y="NEXT"
            )
            below = self.pdf.y
            self.pdf.set_xy(MARGIN + _LABEL_COLUMN_WIDTH, top)
            self._pages.set_font(9)
            self.pdf.multi_cell(
                WIDTH - _LABEL_COLUMN_WIDTH, 4.8, value, align="L", new_x="LMARGIN", new_y="NEXT"
            )
            if self.pdf.page == page:
                self.pdf.y = max(self.pdf.y, below)

    def _put_table(self, table: TableBlock) -> None:
        from fpdf.fonts import FontFace

        self._pages.ensure_room(_table_room(table))
        self._pages.set_font(8.5)
        self.pdf.set_draw_color(*LINE)
        align = tuple(
            "LEFT" if column in table.text_columns else "RIGHT" for column in range(len(table.head))
        )
        widths = self._column_widths(table)
        with self.pdf.table(
            width=WIDTH,
            col_widths=widths,
            text_align=align,
            borders_layout="HORIZONTAL_LINES",
            headings_style=FontFace(color=FAINT, emphasis=""),
            line_height=5,
            align="LEFT",
        ) as rows:
            for cells in (table.head, *table.rows):
                row = rows.row()
                for column, cell in enumerate(cells):
                    row.cell(cell, padding=(0.4, 1, 0.4, _column_gap(table, column)))

    def _column_widths(self, table: TableBlock) -> tuple[float, ...]:
        """Return the column widths: as wide as their text; the first column shrinks if space is short."""
        rows = (table.head, *table.rows)
        natural_widths = [
            max(self.pdf.get_string_width(row[column]) for row in rows)
            + 3
            + _column_gap(table, column)
            for column in range(len(table.head))
        ]
        spare_width = WIDTH - sum(natural_widths)
        if spare_width >= 0:
            return tuple(width + spare_width / len(natural_widths) for width in natural_widths)
        first = max(WIDTH / 4, WIDTH - sum(natural_widths[1:]))
        return (first, *natural_widths[1:])

    def _put_figure(self, figure: FigureBlock) -> None:
        svg = self._figures[figure.name]
        width, height = _svg_size_mm(svg)
        scale = min(1.0, WIDTH / width, 125 / height)
        remaining = HEIGHT - MARGIN - 6 - self.pdf.y - 17
        if _MIN_FIGURE_SCALE * scale <= remaining / height < scale:
            # Shrunk a little rather than leaving half a page empty.
            scale = remaining / height
        self._pages.ensure_room(height * scale + 16)
        self._pages.set_font(9.5, bold=True)
        self._pages.put_text(figure.title, 5)
        self._pages.set_font(8.5, FAINT)
        self._pages.put_text(figure.description, 4.4)
        self.pdf.image(
            io.BytesIO(svg.encode()), w=width * scale, h=height * scale, alt_text=figure.title
        )

    def _put_tiles(self, tiles: Sequence[tuple[str, str]]) -> None:
        self._pages.ensure_room(_PREVIEW_SIZE + 16)
        top, bottom, tile_width = self.pdf.y, self.pdf.y, WIDTH / _TILES_PER_ROW
        for index, (name, caption) in enumerate(tiles):
            left = MARGIN + index * tile_width
            name_previews = [preview for preview in self._previews.get(name, ()) if preview]
            for number, preview in enumerate(name_previews):
                preview_left = left + number * (_PREVIEW_SIZE + 1.5)
                self.pdf.image(
                    io.BytesIO(preview),
                    preview_left,
                    top,
                    _PREVIEW_SIZE,
                    _PREVIEW_SIZE,
                    keep_aspect_ratio=True,
                    alt_text=caption,
                )
            self.pdf.set_xy(left, top + (_PREVIEW_SIZE + 1 if name_previews else 0))
            for text, colour in (
                (caption, INK),
                (collapse_whitespace(to_printable(name)), FAINT),
            ):
                self._pages.set_font(7.5, colour)
                self.pdf.multi_cell(
                    tile_width - 3, 3.6, text, align="L", new_x="LEFT", new_y="NEXT"
                )
            bottom = max(bottom, self.pdf.y)
        self.pdf.set_xy(MARGIN, bottom)


def _column_gap(table: TableBlock, column: int) -> float:
    """Return the space in mm before a column: text at the left would touch numbers at the right."""
    follows_numbers = column > 0 and column - 1 not in table.text_columns
    return 4 if follows_numbers and column in table.text_columns else 0


def _table_room(table: TableBlock) -> float:
    """Return the height that a table needs on the page where it begins."""
    return 9 + 6 * min(len(table.rows), 12)


def _svg_size_mm(svg: str) -> tuple[float, float]:
    """Return width and height of an SVG figure in millimetres."""
    sides = [re.search(rf'\b{side}="([\d.]+)pt"', svg) for side in ("width", "height")]
    width, height = (float(side[1]) * 25.4 / 72 for side in sides if side)
    return width, height
