"""A report as one HTML file that needs nothing else: opens offline, prints, light and dark."""

import base64
from functools import cache
from typing import TYPE_CHECKING

from engine.evaluate.figure_style import Words, themed
from engine.exchange.report.blocks import Pictures
from engine.exchange.report.report_data import Report
from engine.exchange.report.sections import Pages
from engine.paths import resources_dir
from engine.writing import to_printable

if TYPE_CHECKING:
    from jinja2 import Template


def to_html(
    report: Report,
    figures: dict[str, str],
    pictures: Pictures,
    translate: Words = str,
    language: str = "en",
) -> bytes:
    """Return the page; `pictures` may lack any image, which then is named only."""
    from markupsafe import Markup

    pages = Pages(report, translate)
    text = _template().render(
        language=language,
        title=pages.title,
        notice=pages.notice,
        sections=pages.sections(list(figures)),
        # Our own drawings, made from numbers; every name in them is an outline, not text.
        figures={name: Markup(themed(svg)) for name, svg in figures.items()},
        pictures={name: [_inline(one) for one in pair if one] for name, pair in pictures.items()},
        printable=to_printable,
    )
    return text.encode("utf-8", "replace")


def _inline(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(resources_dir() / "report")
    environment = Environment(
        loader=folder,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment.get_template("report.html")
