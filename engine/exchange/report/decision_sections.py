"""Sections of a report on notes, tags and settled conflicts."""

from collections.abc import Sequence

from engine.exchange.report.blocks import Block, FactList, Paragraph, ReportSection
from engine.exchange.report.report_data import Report
from engine.exchange.report.report_texts import ReportTexts, clean_text
from engine.project.settled_conflicts import SettledConflict

MAX_PRINTED = 200
"""Entries of a list that are printed; all are in the JSON file."""


def decision_sections(report: Report, texts: ReportTexts) -> list[ReportSection]:
    """Return the sections that have content."""
    notes: list[Block] = []
    if report.tags:
        notes.append(FactList(tuple((clean_text(tag), f"{n:,}") for tag, n in report.tags.items())))
    if report.noted_images:
        pairs = []
        for noted in report.noted_images[:MAX_PRINTED]:
            parts = (
                texts.label_name(noted.label) if noted.label else "",
                ", ".join(noted.tags),
                noted.note,
            )
            pairs.append((clean_text(noted.image), clean_text(" · ".join(filter(None, parts)))))
        notes += _list(pairs, len(report.noted_images), texts)
    settled: list[Block] = []
    if report.merge_conflicts:
        still_open = texts.message("merge_conflicts_open", n=report.merge_conflicts)
        settled.append(Paragraph(still_open, warning=True))
    settled_pairs = [
        (clean_text(conflict.path), _describe(conflict, texts))
        for conflict in report.settled_conflicts[:MAX_PRINTED]
    ]
    settled += _list(settled_pairs, len(report.settled_conflicts), texts)
    sections = (
        ReportSection(texts.message("notes"), tuple(notes)),
        ReportSection(texts.message("settled"), tuple(settled)),
    )
    return [section for section in sections if section.blocks]


def _list(pairs: Sequence[tuple[str, str]], total: int, texts: ReportTexts) -> list[Block]:
    blocks: list[Block] = [FactList(tuple(pairs))] if pairs else []
    if total > len(pairs):
        blocks.append(Paragraph(texts.message("more_in_json", n=total - len(pairs))))
    return blocks


def _describe(conflict: SettledConflict, texts: ReportTexts) -> str:
    """Return what was decided before and after, what others had decided, who settled it, when and why."""
    old, new = (_value(conflict.field, value, texts) for value in (conflict.old, conflict.new))
    outcome = f"{old} → {new}"
    if conflict.is_kept:
        outcome = texts.message("settled_kept_as", what=new)
    others = [
        f"{other.who}: {_value(conflict.field, other.value, texts)}" for other in conflict.others
    ]
    text = texts.message(
        "settled_by",
        outcome="; ".join([outcome, *others]),
        who=conflict.who,
        at=conflict.at[:16].replace("T", " "),
    )
    return clean_text(f"{text} {conflict.reason}")


def _value(field: str, value: str | None, texts: ReportTexts) -> str:
    match field:
        case "label":
            return texts.label_name(value)
        case "removed":
            return texts.message("settled_removed" if value else "settled_in_set")
        case "note":
            return texts.message("settled_note", text=value) if value else texts.message("no_note")
    # A box, or a tag of an earlier version.
    return texts.message("settled_other" if value else "settled_none")
