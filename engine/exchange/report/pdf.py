"""PDF report on A4: searchable text, vector figures, the notice on every page."""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

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
from engine.exchange.report.report_data import Report
from engine.exchange.report.sections import SectionBuilder
from engine.text import collapse_whitespace, to_printable

_MARGIN = 18.0
_WIDTH = 210 - 2 * _MARGIN
_HEIGHT = 297.0
_INK, _FAINT, _LINE, _WARNING = (27, 27, 27), (92, 92, 92), (215, 215, 215), (122, 66, 0)
_LABEL_COLUMN_WIDTH = 62.0
_MIN_FIGURE_SCALE = 0.6  # least scale to which a figure is shrunk to fit on a page
_TILES_PER_ROW = 3
_REGULAR_FONT = "DejaVuSans.ttf"
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
    return render_pdf(document, figures, previews, language)


def render_pdf(
    document: PrintedDocument,
    figures: dict[str, str],
    previews: ImagePreviews,
    language: str = "en",
) -> bytes:
    """Render a document as a PDF; `previews` may lack images, which are then only named."""
    # The representation of the sections contains all of their text.
    all_text = shape_arabic(f"{document.title}{document.notice}{document.sections}")
    fallback_fonts, missing = fonts_for(missing_glyphs(all_text, _bundled_fonts() / _REGULAR_FONT))
    writer = _PdfWriter(document, figures, previews, fallback_fonts)
    pdf = writer.pdf
    pdf.set_title(document.title)
    pdf.set_creator(document.creator)
    pdf.set_lang(language)
    pdf.set_creation_date(datetime.fromisoformat(document.created))
    with _quiet_fpdf():
        pdf.add_page()
        writer.head()
        if missing:
            writer.put(Paragraph(document.missing_glyphs(len(missing)), warning=True))
        for section in document.sections:
            writer.heading(section.title)
            for block, following in zip_longest(section.blocks, section.blocks[1:]):
                writer.put(block, following)
        return bytes(pdf.output())


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
        self.pdf = _create_document(document.notice, fonts)

    def head(self) -> None:
        """Write the title and the notice."""
        self._set_font(17, bold=True)
        self._write_text(self._document.title, 8)
        self._set_font(9, _FAINT)
        self._write_text(self._document.notice, 5)

    def heading(self, text: str) -> None:
        """Write the title of a section, on a new page if there is no room for content below it."""
        self._ensure_room(60)
        self.pdf.ln(7)
        self._set_font(12.5, bold=True)
        self.pdf.start_section(text)
        self._write_text(text, 7)

    def put(self, block: Block, following: Block | None = None) -> None:
        """Write one block of a section; a paragraph stays on the page of the table that follows it."""
        match block:
            case FactList(pairs):
                self._put_facts(pairs)
            case TableBlock():
                self._put_table(block)
            case Paragraph(text, warning):
                self._set_font(9.5, _WARNING if warning else _INK)
                if isinstance(following, TableBlock):
                    below = _table_room(following) + 2.5
                    self._ensure_room(self._text_height(text, _WIDTH, 5) + below)
                self._write_text(text, 5)
            case FigureBlock():
                self._put_figure(block)
            case MistakeTiles(tiles):
                for start in range(0, len(tiles), _TILES_PER_ROW):
                    self._put_tiles(tiles[start : start + _TILES_PER_ROW])
        self.pdf.ln(2.5)

    def _put_facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        for name, value in pairs:
            self._set_font(9)
            # A value is not split between two pages, unless it is longer than a third of one.
            height = self._text_height(value, _WIDTH - _LABEL_COLUMN_WIDTH, 4.8)
            self._ensure_room(max(10, min(height, _HEIGHT / 3)))
            top, page = self.pdf.y, self.pdf.page
            self._set_font(9, _FAINT)
            self.pdf.multi_cell(
                _LABEL_COLUMN_WIDTH - 2, 4.8, name, align="L", new_x="LMARGIN", new_y="NEXT"
            )
            below = self.pdf.y
            self.pdf.set_xy(_MARGIN + _LABEL_COLUMN_WIDTH, top)
            self._set_font(9)
            self.pdf.multi_cell(
                _WIDTH - _LABEL_COLUMN_WIDTH, 4.8, value, align="L", new_x="LMARGIN", new_y="NEXT"
            )
            if self.pdf.page == page:
                self.pdf.y = max(self.pdf.y, below)

    def _put_table(self, table: TableBlock) -> None:
        from fpdf.fonts import FontFace

        self._ensure_room(_table_room(table))
        self._set_font(8.5)
        self.pdf.set_draw_color(*_LINE)
        align = tuple(
            "LEFT" if column in table.text_columns else "RIGHT" for column in range(len(table.head))
        )
        widths = self._column_widths(table)
        with self.pdf.table(
            width=_WIDTH,
            col_widths=widths,
            text_align=align,
            borders_layout="HORIZONTAL_LINES",
            headings_style=FontFace(color=_FAINT, emphasis=""),
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
        spare_width = _WIDTH - sum(natural_widths)
        if spare_width >= 0:
            return tuple(width + spare_width / len(natural_widths) for width in natural_widths)
        first = max(_WIDTH / 4, _WIDTH - sum(natural_widths[1:]))
        return (first, *natural_widths[1:])

    def _put_figure(self, figure: FigureBlock) -> None:
        svg = self._figures[figure.name]
        width, height = _svg_size_mm(svg)
        scale = min(1.0, _WIDTH / width, 125 / height)
        remaining = _HEIGHT - _MARGIN - 6 - self.pdf.y - 17
        if _MIN_FIGURE_SCALE * scale <= remaining / height < scale:
            # Shrunk a little rather than leaving half a page empty.
            scale = remaining / height
        self._ensure_room(height * scale + 16)
        self._set_font(9.5, bold=True)
        self._write_text(figure.title, 5)
        self._set_font(8.5, _FAINT)
        self._write_text(figure.description, 4.4)
        self.pdf.image(
            io.BytesIO(svg.encode()), w=width * scale, h=height * scale, alt_text=figure.title
        )

    def _put_tiles(self, tiles: Sequence[tuple[str, str]]) -> None:
        self._ensure_room(_PREVIEW_SIZE + 16)
        top, bottom, tile_width = self.pdf.y, self.pdf.y, _WIDTH / _TILES_PER_ROW
        for index, (name, caption) in enumerate(tiles):
            left = _MARGIN + index * tile_width
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
                (caption, _INK),
                (collapse_whitespace(to_printable(name)), _FAINT),
            ):
                self._set_font(7.5, colour)
                self.pdf.multi_cell(
                    tile_width - 3, 3.6, text, align="L", new_x="LEFT", new_y="NEXT"
                )
            bottom = max(bottom, self.pdf.y)
        self.pdf.set_xy(_MARGIN, bottom)

    def _set_font(
        self, size: float, colour: tuple[int, int, int] = _INK, *, bold: bool = False
    ) -> None:
        self.pdf.set_font("text", "B" if bold else "", size)
        self.pdf.set_text_color(*colour)

    def _write_text(self, text: str, height: float) -> None:
        self.pdf.multi_cell(_WIDTH, height, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def _text_height(self, text: str, width: float, line_height: float) -> float:
        height: float = self.pdf.multi_cell(
            width, line_height, text, align="L", dry_run=True, output="HEIGHT"
        )
        return height

    def _ensure_room(self, height: float) -> None:
        if self.pdf.y + height > _HEIGHT - _MARGIN - 6:
            self.pdf.add_page()


def _column_gap(table: TableBlock, column: int) -> float:
    """Return the space in mm before a column: text at the left would touch numbers at the right."""
    follows_numbers = column > 0 and column - 1 not in table.text_columns
    return 4 if follows_numbers and column in table.text_columns else 0


def _table_room(table: TableBlock) -> float:
    """Return the height that a table needs on the page where it begins."""
    return 9 + 6 * min(len(table.rows), 12)


def _create_document(notice: str, fonts: Sequence[Path]) -> Any:
    from fpdf import FPDF

    class Document(FPDF):  # type: ignore[misc]  # the library has no types here
        def normalize_text(self, text: str) -> str:
            return str(super().normalize_text(shape_arabic(text)))

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("text", "", 7.5)
            self.set_text_color(*_FAINT)
            self.cell(_WIDTH - 20, 5, notice)
            self.cell(20, 5, f"{self.page_no()} / {{nb}}", align="R")

    pdf = Document(format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, _MARGIN + 6)
    font_folder = _bundled_fonts()
    pdf.add_font("text", "", font_folder / _REGULAR_FONT)
    pdf.add_font("text", "B", font_folder / "DejaVuSans-Bold.ttf")
    names = [f"more{number}" for number in range(len(fonts))]
    for name, font in zip(names, fonts, strict=True):
        pdf.add_font(name, "", font)
    if names:
        # Without a bold face, the regular one is used for bold text.
        pdf.set_fallback_fonts(names, exact_match=False)
    return pdf


def _bundled_fonts() -> Path:
    """Return the folder of Matplotlib's fonts, which cover most languages and are always installed."""
    from matplotlib import get_data_path

    return Path(get_data_path()) / "fonts" / "ttf"


def _svg_size_mm(svg: str) -> tuple[float, float]:
    """Return width and height of an SVG figure in millimetres."""
    sides = [re.search(rf'\b{side}="([\d.]+)pt"', svg) for side in ("width", "height")]
    width, height = (float(side[1]) * 25.4 / 72 for side in sides if side)
    return width, height


@contextmanager
def _quiet_fpdf() -> Iterator[None]:
    # fpdf warns about missing glyphs, and about parts of an SVG that draw nothing.
    log = logging.getLogger("fpdf")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
