"""Texts of a report in one language: messages, names of classes, and numbers as they are printed."""

from collections.abc import Sequence
from typing import Protocol

from engine.evaluate.figure_style import Translate
from engine.exchange.report.blocks import FactList, FigureBlock
from engine.exchange.report.report_data import Report
from engine.messages import Message, Param, PrintedFloat, render
from engine.project.decisions import NOT_CLASSED
from engine.text import collapse_whitespace, to_printable


class ReportMessage(Protocol):
    """Function that returns the message `report.<name>` in the language of the report."""

    def __call__(self, name: str, **params: Param) -> str: ...


class ReportTexts:
    """The texts of one report."""

    def __init__(self, report: Report, translate: Translate = str) -> None:
        self._report = report
        self._translate = translate

    def message(self, name: str, **params: Param) -> str:
        """Return the message `report.<name>`."""
        return self.render(Message(f"report.{name}", params))

    def render(self, message: Message) -> str:
        """Return any message."""
        return render(message, self._translate)

    def class_name(self, class_id: str) -> str:
        """Return the name of a class."""
        style = self._report.classes.get(class_id)
        return clean_text(self._translate(style.name) if style else class_id)

    def label_name(self, class_id: str | None) -> str:
        """Return the name of a label: a class, "not classed" or "not decided" (None)."""
        if class_id is None:
            return self.message("not_decided")
        if class_id == NOT_CLASSED:
            return self.message("not_classed_label")
        return self.class_name(class_id)

    def figure_blocks(self, names: Sequence[str], drawn: Sequence[str]) -> list[FigureBlock]:
        """Return the figures of some names that were drawn."""
        return [
            FigureBlock(name, self.message(f"figure_{name}"), self.message(f"figure_{name}_says"))
            for name in names
            if name in drawn
        ]


def clean_text(text: str) -> str:
    """Return a text of a person or a file as it can be printed, in one line."""
    return collapse_whitespace(to_printable(text))


def fact_list(pairs: Sequence[tuple[str, str]]) -> FactList:
    """Return pairs of a name and a value as they can be printed."""
    return FactList(tuple((clean_text(name), clean_text(value)) for name, value in pairs))


def format_time(iso: str) -> str:
    """Return date and time; a no-break space keeps them on one line."""
    return iso[:16].replace("T", "\u00a0")


def format_percent(share: float | None) -> str:
    """Return a share in percent, without the sign; empty for None."""
    return "" if share is None else format_share(share).removesuffix("%")


def format_share(share: float) -> str:
    """Return a share in percent; only exactly 1 becomes 100.0%."""
    return f"{PrintedFloat(share):.1%}"


def format_number(value: float | None) -> str:
    """Return a number with four digits; empty for None."""
    return "" if value is None else f"{value:.4f}"
