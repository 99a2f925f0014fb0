"""How every figure looks, and figures as SVG: one look for paper, a light page and a dark one."""

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

# It tells of caches that it cannot keep, which nobody asked for.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

INK = "#1b1b1b"
FAINT = "#6b6b6b"
LINE = "#e4e4e4"
ACCENT = "#1f5fbf"
ON_ACCENT = "#fefefe"

_ROLES = {INK: "ink", FAINT: "faint", LINE: "line", ACCENT: "accent", ON_ACCENT: "on-accent"}
_HREF = re.compile(r'((?:xlink:)?href="#|url\(#|\bid=")')

Words = Callable[[str], str]


def words(translate: Words) -> Words:
    """Return what gives the sentence of an id of the catalogue."""
    return lambda name: render(Message(name), translate)


@contextmanager
def sheet(width: float, height: float) -> Iterator[tuple["Figure", "Axes"]]:
    """Give an empty figure of `width` x `height` inches with one quiet pair of axes."""
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


def svg(figure: "Figure", name: str) -> str:
    """Return a figure as an SVG element whose ids begin with `name`, without a background.

    Letters are outlines, so that it looks the same everywhere and needs no font.
    """
    from matplotlib import rc_context

    out = io.StringIO()
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": name}):
        figure.savefig(out, format="svg", transparent=True, metadata=metadata)
    text = out.getvalue()
    return _HREF.sub(rf"\g<1>{name}_", text[text.index("<svg") :])


def themed(text: str) -> str:
    """Return an SVG whose ink, lines and accent are the page's own: `var(--ink)` and so on."""
    for colour, role in _ROLES.items():
        text = text.replace(colour, f"var(--{role})")
    return text
