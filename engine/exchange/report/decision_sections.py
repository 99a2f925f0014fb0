"""Sections of a report on notes, tags and settled conflicts."""

from collections.abc import Callable, Sequence
from typing import Protocol

from engine.exchange.report.blocks import Block, FactList, Paragraph, ReportSection
from engine.exchange.report.report_data import Report
from engine.messages import Param
from engine.project.decisions import NOT_CLASSED
from engine.project.settled_conflicts import SettledConflict
from engine.text import collapse_whitespace, to_printable

MAX_PRINTED = 200
"""Entries of a list that are printed; all are in the JSON file."""


class SayMessage(Protocol):
    """Function that returns the message `report.<name>` in the language of the report."""

    def __call__(self, name: str, **params: Param) -> str: ...


def decision_sections(
    report: Report, say: SayMessage, name_class: Callable[[str], str]
) -> list[ReportSection]:
    """Return the sections that have content."""

    def name(class_id: str | None) -> str:
        if class_id is None:
            return say("not_decided")
        return say("not_classed_label") if class_id == NOT_CLASSED else name_class(class_id)

    notes: list[Block] = []
    if report.tags:
        notes.append(FactList(tuple((_clean(tag), f"{n:,}") for tag, n in report.tags.items())))
    if report.noted_images:
        pairs = []
        for noted in report.noted_images[:MAX_PRINTED]:
            parts = (name(noted.label) if noted.label else "", ", ".join(noted.tags), noted.note)
            pairs.append((_clean(noted.image), _clean(" · ".join(filter(None, parts)))))
        notes += _list(pairs, len(report.noted_images), say)
    settled = [
        (_clean(conflict.path), _describe(conflict, say, name))
        for conflict in report.settled_conflicts[:MAX_PRINTED]
    ]
    sections = (
        ReportSection(say("notes"), tuple(notes)),
        ReportSection(say("settled"), tuple(_list(settled, len(report.settled_conflicts), say))),
    )
    return [section for section in sections if section.blocks]


def _list(pairs: Sequence[tuple[str, str]], total: int, say: SayMessage) -> list[Block]:
    blocks: list[Block] = [FactList(tuple(pairs))] if pairs else []
    if total > len(pairs):
        blocks.append(Paragraph(say("more_in_json", n=total - len(pairs))))
    return blocks


def _describe(conflict: SettledConflict, say: SayMessage, name: Callable[[str | None], str]) -> str:
    if conflict.is_kept:
        outcome = say("settled_kept")
        if conflict.new is not None and conflict.field == "label":
            outcome = say("settled_kept_as", what=name(conflict.new))
    elif conflict.field == "label":
        outcome = f"{name(conflict.old)} → {name(conflict.new)}"
    elif conflict.field == "removed":
        outcome = say("settled_removed" if conflict.new else "settled_returned")
    else:
        outcome = say("settled_note", text=conflict.new or "–")
    text = say(
        "settled_by", outcome=outcome, who=conflict.who, at=conflict.at[:16].replace("T", " ")
    )
    return _clean(f"{text} {conflict.reason}")


def _clean(text: str) -> str:
    return collapse_whitespace(to_printable(text))
