"""A report as a PDF on A4: text that can be searched, figures as lines, the notice on every page."""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.evaluate.figure_style import Words
from engine.exchange.report.blocks import Block, Drawing, Facts, Pictures, Table, Text, Tiles
from engine.exchange.report.pdf_fonts import fonts_for, joined, lacking
from engine.exchange.report.report_data import CREATOR, Report
from engine.exchange.report.sections import Pages
from engine.writing import collapse_whitespace, to_printable

_MARGIN = 18.0
_WIDTH = 210 - 2 * _MARGIN
_HEIGHT = 297.0
_INK, _FAINT, _LINE, _WARNING = (27, 27, 27), (92, 92, 92), (215, 215, 215), (122, 66, 0)
_NAMES = 62.0
_SMALLEST = 0.6  # of its size, to which a figure is shrunk to fit on a page
_TILES = 3
_PLAIN = "DejaVuSans.ttf"
_PICTURE = 25.0


def to_pdf(
    report: Report,
    figures: dict[str, str],
    pictures: Pictures,
    translate: Words = str,
    language: str = "en",
) -> bytes:
    """Return the file; lengths are in millimetres. `pictures` may lack any image."""
    pages = Pages(report, translate)
    sections = pages.sections(list(figures))
    # What shows a section shows all of its words.
    words = joined(f"{pages.title}{pages.notice}{sections}")
    more, boxes = fonts_for(lacking(words, _own_fonts() / _PLAIN))
    sheet = _Sheet(pages, figures, pictures, more)
    pdf = sheet.pdf
    pdf.set_title(pages.title)
    pdf.set_creator(CREATOR)
    pdf.set_lang(language)
    pdf.set_creation_date(datetime.fromisoformat(report.created))
    with _quiet():
        pdf.add_page()
        sheet.head()
        if boxes:
            sheet.put(Text(pages.say("boxes", count=len(boxes)), warning=True))
        for section in sections:
            sheet.heading(section.title)
            for block in section.blocks:
                sheet.put(block)
        return bytes(pdf.output())


class _Sheet:
    """What is printed, top to bottom; a new page begins where something would not fit."""

    def __init__(
        self, pages: Pages, figures: dict[str, str], pictures: Pictures, fonts: Sequence[Path]
    ) -> None:
        self._pages, self._figures, self._pictures = pages, figures, pictures
        self.pdf = _document(pages.notice, fonts)

    def head(self) -> None:
        """Print the title and the notice."""
        self._type(17, bold=True)
        self._write(self._pages.title, 8)
        self._type(9, _FAINT)
        self._write(self._pages.notice, 5)

    def heading(self, text: str) -> None:
        """Print the title of a section, with room for something below it."""
        self._room(60)
        self.pdf.ln(7)
        self._type(12.5, bold=True)
        self.pdf.start_section(text)
        self._write(text, 7)

    def put(self, block: Block) -> None:
        """Print one part of a section."""
        match block:
            case Facts(pairs):
                self._facts(pairs)
            case Table():
                self._table(block)
            case Text(says, warning):
                self._type(9.5, _WARNING if warning else _INK)
                self._write(says, 5)
            case Drawing():
                self._drawing(block)
            case Tiles(tiles):
                for start in range(0, len(tiles), _TILES):
                    self._tiles(tiles[start : start + _TILES])
        self.pdf.ln(2.5)

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        for name, value in pairs:
            self._room(10)
            top, page = self.pdf.y, self.pdf.page
            self._type(9, _FAINT)
            self.pdf.multi_cell(_NAMES - 2, 4.8, name, align="L", new_x="LMARGIN", new_y="NEXT")
            below = self.pdf.y
            self.pdf.set_xy(_MARGIN + _NAMES, top)
            self._type(9)
            self.pdf.multi_cell(
                _WIDTH - _NAMES, 4.8, value, align="L", new_x="LMARGIN", new_y="NEXT"
            )
            if self.pdf.page == page:
                self.pdf.y = max(self.pdf.y, below)

    def _table(self, table: Table) -> None:
        from fpdf.fonts import FontFace

        self._room(9 + 6 * min(len(table.rows), 12))
        self._type(8.5)
        self.pdf.set_draw_color(*_LINE)
        align = tuple("LEFT" if at in table.text else "RIGHT" for at in range(len(table.head)))
        widths = self._widths(table)
        with self.pdf.table(
            width=_WIDTH,
            col_widths=widths,
            text_align=align,
            borders_layout="HORIZONTAL_LINES",
            headings_style=FontFace(color=_FAINT, emphasis=""),
            line_height=5,
            padding=(0.4, 1, 0.4, 0),
            align="LEFT",
        ) as rows:
            for cells in (table.head, *table.rows):
                row = rows.row()
                for cell in cells:
                    row.cell(cell)

    def _widths(self, table: Table) -> tuple[float, ...]:
        """Return the widths of a table's columns: what their texts need, the first the rest or what is left."""
        rows = (table.head, *table.rows)
        needs = [
            max(self.pdf.get_string_width(row[at]) for row in rows) + 3
            for at in range(len(table.head))
        ]
        spare = _WIDTH - sum(needs)
        if spare >= 0:
            return tuple(need + spare / len(needs) for need in needs)
        first = max(_WIDTH / 4, _WIDTH - sum(needs[1:]))
        return (first, *needs[1:])

    def _drawing(self, drawing: Drawing) -> None:
        svg = self._figures[drawing.name]
        width, height = _size(svg)
        scale = min(1.0, _WIDTH / width, 125 / height)
        left = _HEIGHT - _MARGIN - 6 - self.pdf.y - 17
        if _SMALLEST * scale <= left / height < scale:
            # A little smaller rather than half a page empty.
            scale = left / height
        self._room(height * scale + 16)
        self._type(9.5, bold=True)
        self._write(drawing.title, 5)
        self._type(8.5, _FAINT)
        self._write(drawing.says, 4.4)
        self.pdf.image(
            io.BytesIO(svg.encode()), w=width * scale, h=height * scale, alt_text=drawing.title
        )

    def _tiles(self, tiles: Sequence[tuple[str, str]]) -> None:
        self._room(_PICTURE + 16)
        top, lowest, step = self.pdf.y, self.pdf.y, _WIDTH / _TILES
        for place, (name, says) in enumerate(tiles):
            left = _MARGIN + place * step
            shown = [one for one in self._pictures.get(name, ()) if one]
            for number, picture in enumerate(shown):
                at = left + number * (_PICTURE + 1.5)
                self.pdf.image(
                    io.BytesIO(picture),
                    at,
                    top,
                    _PICTURE,
                    _PICTURE,
                    keep_aspect_ratio=True,
                    alt_text=says,
                )
            self.pdf.set_xy(left, top + (_PICTURE + 1 if shown else 0))
            for text, colour in ((says, _INK), (collapse_whitespace(to_printable(name)), _FAINT)):
                self._type(7.5, colour)
                self.pdf.multi_cell(step - 3, 3.6, text, align="L", new_x="LEFT", new_y="NEXT")
            lowest = max(lowest, self.pdf.y)
        self.pdf.set_xy(_MARGIN, lowest)

    def _type(
        self, size: float, colour: tuple[int, int, int] = _INK, *, bold: bool = False
    ) -> None:
        self.pdf.set_font("text", "B" if bold else "", size)
        self.pdf.set_text_color(*colour)

    def _write(self, text: str, height: float) -> None:
        self.pdf.multi_cell(_WIDTH, height, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def _room(self, height: float) -> None:
        if self.pdf.y + height > _HEIGHT - _MARGIN - 6:
            self.pdf.add_page()


def _document(notice: str, fonts: Sequence[Path]) -> Any:
    from fpdf import FPDF

    class Document(FPDF):  # type: ignore[misc]  # the library has no types here
        def normalize_text(self, text: str) -> str:
            return str(super().normalize_text(joined(text)))

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("text", "", 7.5)
            self.set_text_color(*_FAINT)
            self.cell(_WIDTH - 20, 5, notice)
            self.cell(20, 5, f"{self.page_no()} / {{nb}}", align="R")

    pdf = Document(format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, _MARGIN + 6)
    own = _own_fonts()
    pdf.add_font("text", "", own / _PLAIN)
    pdf.add_font("text", "B", own / "DejaVuSans-Bold.ttf")
    names = [f"more{number}" for number in range(len(fonts))]
    for name, font in zip(names, fonts, strict=True):
        pdf.add_font(name, "", font)
    if names:
        # Without a bold one the plain one will do.
        pdf.set_fallback_fonts(names, exact_match=False)
    return pdf


def _own_fonts() -> Path:
    """Where the fonts of the figures are: the letters of most languages, and always there."""
    from matplotlib import get_data_path

    return Path(get_data_path()) / "fonts" / "ttf"


def _size(svg: str) -> tuple[float, float]:
    """Return width and height of a figure in millimetres."""
    sides = [re.search(rf'\b{side}="([\d.]+)pt"', svg) for side in ("width", "height")]
    width, height = (float(side[1]) * 25.4 / 72 for side in sides if side)
    return width, height


@contextmanager
def _quiet() -> Iterator[None]:
    # It warns of letters that the font lacks, and of parts of an SVG that draw nothing.
    log = logging.getLogger("fpdf")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
