"""PDF document on A4: page, fonts and text, in millimetres from the top left."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.exchange.report.pdf_fonts import shape_arabic

MARGIN = 18.0
WIDTH = 210 - 2 * MARGIN
HEIGHT = 297.0
INK, FAINT, LINE, WARNING = (27, 27, 27), (92, 92, 92), (215, 215, 215), (122, 66, 0)
_REGULAR_FONT = "DejaVuSans.ttf"


class PdfPages:
    """The pages of a document, written from top to bottom."""

    def __init__(self, notice: str, fonts: Sequence[Path]) -> None:
        self.pdf = _create_document(notice, fonts)

    def set_font(
        self, size: float, colour: tuple[int, int, int] = INK, *, bold: bool = False
    ) -> None:
        """Set the size and colour of the text that follows."""
        self.pdf.set_font("text", "B" if bold else "", size)
        self.pdf.set_text_color(*colour)

    def put_text(self, text: str, height: float) -> None:
        """Write text over the whole width; `height` is that of a line."""
        self.pdf.multi_cell(WIDTH, height, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def text_height(self, text: str, width: float, line_height: float) -> float:
        """Return the height that text would take."""
        height: float = self.pdf.multi_cell(
            width, line_height, text, align="L", dry_run=True, output="HEIGHT"
        )
        return height

    def ensure_room(self, height: float) -> None:
        """Begin a new page unless this height is left."""
        if self.pdf.y + height > HEIGHT - MARGIN - 6:
            self.pdf.add_page()


def _create_document(notice: str, fonts: Sequence[Path]) -> Any:
    from fpdf import FPDF

    class Document(FPDF):  # type: ignore[misc]  # the library has no types here
        def normalize_text(self, text: str) -> str:
            return str(super().normalize_text(shape_arabic(text)))

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("text", "", 7.5)
            self.set_text_color(*FAINT)
            self.cell(WIDTH - 20, 5, notice)
            self.cell(20, 5, f"{self.page_no()} / {{nb}}", align="R")

    pdf = Document(format="A4")
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, MARGIN + 6)
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


@contextmanager
def quiet_fpdf() -> Iterator[None]:
    """Silence the library in the block."""
    # It warns about missing glyphs, and about parts of an SVG that draw nothing.
    log = logging.getLogger("fpdf")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def regular_font() -> Path:
    """Return the font of plain text."""
    return _bundled_fonts() / _REGULAR_FONT
