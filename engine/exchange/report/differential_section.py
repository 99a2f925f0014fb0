"""Section of a report on the differential count."""

from collections.abc import Sequence

from engine.evaluate.differential import Differential, DifferentialRow
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
    blocks.append(_count_table(count, texts))
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


def _count_table(count: Differential, texts: ReportTexts) -> TableBlock:
    """Return one row for each class; without the column on other cells where there are none."""
    rows = [row for row in count.rows if row.n or row.predicted or row.share == 0]
    columns = [
        ("class", [texts.class_name(row.id) for row in rows]),
        ("n", [f"{row.n:,}" for row in rows]),
        ("percent", [format_percent(row.share) for row in rows]),
        ("interval", [_interval(row) for row in rows]),
        ("model_counted", [f"{row.predicted:,}" for row in rows]),
    ]
    # For a leukocyte it would repeat the percentage.
    rates = ["" if row.group == "leukocyte" else _rate(row) for row in rows]
    if any(rates):
        columns.insert(-1, ("per_100", rates))
    return TableBlock(
        tuple(texts.message(f"column_{name}") for name, _ in columns),
        tuple(zip(*(values for _, values in columns), strict=True)),
    )


def _rate(row: DifferentialRow) -> str:
    return "" if row.per_100 is None else f"{row.per_100:.1f}"


def _interval(row: DifferentialRow) -> str:
    if row.interval is None:
        return ""
    low, high = row.interval
    return f"{100 * low:.1f} – {100 * high:.1f}"
