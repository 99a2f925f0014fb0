"""Figure style: colours and axes of all figures, and SVG output for paper, light and dark pages."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.messages import Message, render

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Hides warnings about caches that cannot be written.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

INK = "#1b1b1b"
FAINT = "#6b6b6b"
LINE = "#e4e4e4"
ACCENT = "#1f5fbf"
ON_ACCENT = "#fefefe"

_ROLES = {INK: "ink", FAINT: "faint", LINE: "line", ACCENT: "accent", ON_ACCENT: "on-accent"}
_HREF = re.compile(r'((?:xlink:)?href="#|url\(#|\bid=")')

Translate = Callable[[str], str]


def sentence_lookup(translate: Translate) -> Translate:
    """Return a function that renders the message of an id in the catalogue."""
    return lambda name: render(Message(name), translate)


@contextmanager
def new_figure(width: float, height: float) -> Iterator[tuple["Figure", "Axes"]]:
    """Yield an empty figure of `width` x `height` inches with one pair of axes; styles it at the end."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=160)
    axes = figure.add_subplot()
    yield figure, axes
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(LINE)
    axes.tick_params(color=LINE, labelcolor=FAINT, labelsize=8)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set(color=FAINT, fontsize=9)
    figure.tight_layout()


def to_svg(figure: "Figure", name: str) -> str:
    """Return a figure as an SVG element without background; its ids begin with `name`.

    Text becomes outlines, so that no font is needed.
    """
    from matplotlib import rc_context

    out = io.StringIO()
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": name}):
        figure.savefig(out, format="svg", transparent=True, metadata=metadata)
    text = out.getvalue()
    return _HREF.sub(rf"\g<1>{name}_", text[text.index("<svg") :])


def with_theme_colours(text: str) -> str:
    """Return an SVG that takes its colours from CSS variables of the page (`var(--ink)` etc.)."""
    for colour, role in _ROLES.items():
        text = text.replace(colour, f"var(--{role})")
    return text
