"""The section of a report on fields and slides: mean counts, the platelet estimate and the count per slide."""

from collections.abc import Sequence

from engine.exchange.report.blocks import Block, FactList, Paragraph, ReportSection, TableBlock
from engine.exchange.report.field_counts import (
    PLATELET_FACTOR,
    FieldCounts,
    SlideCounts,
    parse_platelet_factor,
)
from engine.exchange.report.report_data import Report
from engine.exchange.report.report_texts import ReportMessage, ReportTexts, clean_text
from engine.messages import Param

_COUNTED = ("cells", "leukocytes", "red_cells", "platelets")
_ROUNDED_TO = 1000  # platelets per µL: an estimate has no more digits


def field_section(report: Report, texts: ReportTexts) -> ReportSection:
    """Return the section; without blocks for images that are no cells of fields."""
    fields, message = report.fields, texts.message
    if fields is None:
        return ReportSection(message("field_section"), ())
    means = FactList(tuple(mean_counts(fields, message)))
    blocks: list[Block] = [*no_cell_paragraph(fields, message), means]
    blocks.append(platelet_paragraph(report, fields, message))
    if report.slides:
        blocks += [
            _differentials(report.slides, texts),
            Paragraph(message("per_field_of_slides")),
            _means(report.slides, message),
        ]
    return ReportSection(message("field_section"), tuple(blocks))


def no_cell_paragraph(fields: FieldCounts, message: ReportMessage) -> list[Paragraph]:
    """Return the sentence on fields in none of which there is a cell; empty for others."""
    return [] if fields.cells_per_field else [Paragraph(message("no_cell_in_fields", n=fields.n))]


def mean_counts(fields: FieldCounts, message: ReportMessage) -> list[tuple[str, str]]:
    """Return the number of fields and the mean counts, each with its name."""
    means = [(message("fields"), f"{fields.n:,}")]
    for name in _COUNTED:
        mean = getattr(fields, f"{name}_per_field")
        if mean is not None:
            means.append((message(f"{name}_per_field"), f"{mean:.2f}"))
    return means


def platelet_paragraph(report: Report, fields: FieldCounts, message: ReportMessage) -> Paragraph:
    """Return the platelet estimate with its formula and source, or why there is none."""
    text = report.session.get(PLATELET_FACTOR, "")
    if text and parse_platelet_factor(text) is None:
        clean = clean_text(text)
        return Paragraph(message("platelet_factor_unreadable", text=clean), warning=True)
    estimate = fields.platelets_per_microlitre
    if estimate is None:
        return Paragraph(f"{message('no_platelet_estimate')} {message('platelet_source')}")
    numbers: dict[str, Param] = {
        "mean": round(fields.platelets_per_field, 2),
        "fields": fields.n,
        "factor": f"{fields.platelet_factor:,}",
        "estimate": _rounded(estimate),
    }
    return Paragraph(f"{message('platelet_estimate', **numbers)} {message('platelet_source')}")


def _differentials(slides: Sequence[SlideCounts], texts: ReportTexts) -> TableBlock:
    message = texts.message
    shown = [
        row.id
        for row in slides[0].differential.rows
        if row.group == "leukocyte"
        and any(
            other.n for slide in slides for other in slide.differential.rows if other.id == row.id
        )
    ]
    rows = []
    for slide in slides:
        shares = {row.id: row.share for row in slide.differential.rows}
        percents = [
            "" if (share := shares.get(name)) is None else f"{100 * share:.1f}" for name in shown
        ]
        rows.append(
            (
                _slide_name(slide, message),
                f"{slide.fields.n:,}",
                f"{slide.differential.leukocytes:,}",
                *percents,
            )
        )
    head = (message("column_slide"), message("fields"), message("leukocytes"))
    return TableBlock((*head, *(f"{texts.class_name(name)} %" for name in shown)), tuple(rows))


def _means(slides: Sequence[SlideCounts], message: ReportMessage) -> TableBlock:
    has_estimate = slides[0].fields.platelet_factor is not None
    rows = []
    for slide in slides:
        means = [getattr(slide.fields, f"{name}_per_field") for name in _COUNTED]
        estimate = slide.fields.platelets_per_microlitre
        rows.append(
            (
                _slide_name(slide, message),
                *("" if mean is None else f"{mean:.2f}" for mean in means),
                *([_rounded(estimate or 0)] if has_estimate else []),
            )
        )
    head = [message("column_slide"), *(message(f"column_{name}") for name in _COUNTED)]
    if has_estimate:
        head.append(message("column_platelets_per_microlitre"))
    return TableBlock(tuple(head), tuple(rows))


def _slide_name(slide: SlideCounts, message: ReportMessage) -> str:
    return clean_text(slide.name) or message("slide_of_folder")


def _rounded(estimate: float) -> str:
    return f"{round(estimate / _ROUNDED_TO) * _ROUNDED_TO:,}"
