"""Section of a report on the differential count."""

from collections.abc import Sequence

from engine.evaluate.differential import DifferentialRow
from engine.exchange.report.blocks import Block, Paragraph, ReportSection, TableBlock
from engine.exchange.report.report_data import Report
from engine.exchange.report.report_texts import ReportTexts, fact_list, format_percent


def differential_section(
    report: Report, texts: ReportTexts, figures: Sequence[str]
) -> ReportSection:
    """Return the section; `figures` names the figures that were drawn."""
    count = report.differential
    blocks: list[Block] = []
    if not count.complete:
        numbers = {"found": count.leukocytes, "target": count.target or 0}
        blocks.append(Paragraph(texts.message("target_missed", **numbers), warning=True))
    if count.unreviewed:
        share = {"n": count.unreviewed, "of": len(count.cells)}
        blocks.append(Paragraph(texts.message("suggestions", **share), warning=True))
    columns = ("class", "n", "percent", "interval", "per_100", "model_counted")
    blocks.append(
        TableBlock(
            tuple(texts.message(f"column_{name}") for name in columns),
            tuple(
                _cells(row, texts) for row in count.rows if row.n or row.predicted or row.share == 0
            ),
        )
    )
    counters = ("not_classed", "removed", "unread", "unreviewed", "unidentified")
    blocks += texts.figure_blocks(("differential",), figures)
    blocks.append(
        fact_list(
            [
                (texts.message("leukocytes"), f"{count.leukocytes:,}"),
                (
                    texts.message("target"),
                    texts.message("all") if count.target is None else str(count.target),
                ),
                (texts.message("images_seen"), f"{count.examined:,}"),
                *((texts.message(name), f"{getattr(count, name):,}") for name in counters),
            ]
        )
    )
    return ReportSection(texts.message("differential"), tuple(blocks))


def _cells(row: DifferentialRow, texts: ReportTexts) -> tuple[str, ...]:
    low, high = row.interval or (0.0, 0.0)
    return (
        texts.class_name(row.id),
        f"{row.n:,}",
        format_percent(row.share),
        f"{100 * low:.1f} – {100 * high:.1f}" if row.interval else "",
        "" if row.per_100 is None else f"{row.per_100:.1f}",
        f"{row.predicted:,}",
    )
