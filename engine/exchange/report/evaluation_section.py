"""Sections of a report on the evaluation: metrics, review effort, robustness and mistakes."""

from collections.abc import Sequence
from statistics import mean

from engine.evaluate.corruptions import SEVERITIES
from engine.evaluate.evaluation_basis import basis_messages
from engine.evaluate.robustness import RobustnessScorecard
from engine.exchange.report.blocks import (
    Block,
    MistakeTiles,
    Paragraph,
    ReportSection,
    TableBlock,
)
from engine.exchange.report.evaluation import bulk_messages
from engine.exchange.report.report_data import Evaluation
from engine.exchange.report.report_texts import (
    ReportTexts,
    fact_list,
    format_number,
    format_percent,
    format_share,
)


def evaluation_section(
    evaluation: Evaluation, texts: ReportTexts, figures: Sequence[str]
) -> ReportSection:
    """Return the section on metrics; `figures` names the figures that were drawn."""
    metrics = evaluation.metrics
    low, high = metrics.accuracy_interval
    basis = " ".join(
        texts.render(entry) for entry in basis_messages(evaluation.basis, evaluation.seen_images)
    )
    basis_blocks: list[Block] = [Paragraph(basis, warning=evaluation.basis != "unseen")]
    bulk = bulk_messages(evaluation.bulk_confirmed, evaluation.together)
    if bulk:
        basis_blocks.append(Paragraph(" ".join(texts.render(entry) for entry in bulk)))
    facts = fact_list(
        [
            (texts.message("images"), f"{metrics.n:,}"),
            (
                texts.message("accuracy"),
                f"{format_share(metrics.accuracy)} ({format_share(low)} – {format_share(high)})",
            ),
            (texts.message("balanced_accuracy"), format_share(metrics.balanced_accuracy)),
            (texts.message("f1_macro"), f"{metrics.f1_macro:.4f}"),
            (texts.message("roc_auc"), format_number(metrics.roc_auc)),
            (texts.message("ece"), f"{metrics.ece:.4f}"),
        ]
    )
    columns = ("class", "n", "precision", "recall", "f1", "auc")
    table = TableBlock(
        tuple(texts.message(f"column_{name}") for name in columns),
        tuple(
            (
                texts.class_name(name), f"{entry.n:,}",
                format_percent(entry.precision), format_percent(entry.recall),
                format_number(entry.f1), format_number(entry.auc),
            )
            for name, entry in metrics.per_class.items()
        ),
    )  # fmt: skip
    effort_table = TableBlock(
        tuple(
            texts.message(f"column_{name}") for name in ("wanted", "look_at", "share", "threshold")
        ),
        tuple(
            (
                format_share(entry.accuracy),
                f"{entry.images_to_review:,}",
                format_share(entry.share),
                format_number(entry.confidence),
            )
            for entry in evaluation.review_efforts
        ),
    )
    names = ("confusion", "roc", "precision_recall", "reliability", "acceptance")
    blocks = (
        facts,
        *basis_blocks,
        table,
        Paragraph(texts.message("needs")),
        effort_table,
        *texts.figure_blocks(names, figures),
    )
    return ReportSection(
        texts.message("evaluation"), (*blocks, *_robustness_blocks(evaluation.robustness, texts))
    )


def _robustness_blocks(scorecard: RobustnessScorecard | None, texts: ReportTexts) -> list[Block]:
    if scorecard is None:
        return []
    rows = [
        (
            texts.message(f"corruption_{name}"),
            *map(format_percent, values),
            format_percent(mean(values)),
        )
        for name, values in scorecard.corrupted.items()
    ]
    head = (
        texts.message("column_corruption"),
        *map(str, SEVERITIES),
        texts.message("column_mean"),
    )
    figures = {"clean": scorecard.clean, "mean": scorecard.mean}
    return [
        Paragraph(texts.message("robustness", n=scorecard.n, **figures)),
        TableBlock(head, tuple(rows)),
    ]


def mistakes_section(evaluation: Evaluation, texts: ReportTexts) -> ReportSection:
    """Return the section on the most confident mistakes."""
    if not evaluation.mistakes:
        return ReportSection(texts.message("mistakes"), (Paragraph(texts.message("no_mistakes")),))
    tiles = tuple(
        (
            mistake.image,
            texts.message(
                "mistake",
                label=texts.class_name(mistake.label),
                predicted=texts.class_name(mistake.predicted),
                confidence=mistake.confidence,
            ),
        )
        for mistake in evaluation.mistakes
    )
    return ReportSection(
        texts.message("mistakes"), (Paragraph(texts.message("mistakes_say")), MistakeTiles(tiles))
    )
