"""HTML report in one self-contained file, for screen and print, light and dark."""

import base64
from functools import cache
from typing import TYPE_CHECKING

from engine.evaluate.figure_style import Translate, with_theme_colours
from engine.exchange.report.blocks import ImagePreviews
from engine.exchange.report.report_data import Report
from engine.exchange.report.sections import SectionBuilder
from engine.paths import resources_dir
from engine.text import to_printable

if TYPE_CHECKING:
    from jinja2 import Template


def to_html(
    report: Report,
    figures: dict[str, str],
    pictures: ImagePreviews,
    translate: Translate = str,
    language: str = "en",
) -> bytes:
    """Render the report as HTML; `previews` may lack images, which are then only named."""
    from markupsafe import Markup

    builder = SectionBuilder(report, translate)
    text = _template().render(
        language=language,
        title=builder.title,
        notice=builder.notice,
        sections=builder.sections(list(figures)),
        # Safe: drawn by us from numbers, and all text in them is outlines.
        figures={name: Markup(with_theme_colours(svg)) for name, svg in figures.items()},
        pictures={
            name: [_inline(jpeg) for jpeg in pair if jpeg] for name, pair in pictures.items()
        },
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
