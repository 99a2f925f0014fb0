"""Section of a report on the review: agreement with the model, reviewers and checks; and the sign-off."""

from engine.exchange.report.blocks import Block, Paragraph, ReportSection, TableBlock
from engine.exchange.report.report_data import Report
from engine.exchange.report.report_texts import (
    ReportTexts,
    clean_text,
    fact_list,
    format_share,
    format_time,
)


def review_section(report: Report, texts: ReportTexts) -> ReportSection:
    """Return the section."""
    agreement = report.agreement
    blocks: list[Block] = []
    if agreement.n and agreement.share is not None:
        low, high = agreement.interval
        pairs = [
            (texts.message("compared"), f"{agreement.n:,}"),
            (
                texts.message("agreed"),
                f"{format_share(agreement.share)} ({format_share(low)} – {format_share(high)})",
            ),
        ]
        if agreement.kappa is not None and agreement.kappa_interval:
            low, high = agreement.kappa_interval
            pairs.append(
                (texts.message("kappa"), f"{agreement.kappa:.3f} ({low:.3f} – {high:.3f})")
            )
        blocks.append(fact_list(pairs))
        if report.agreement_seen:
            seen = texts.message("agreement_seen", n=report.agreement_seen)
            blocks.append(Paragraph(seen, warning=True))
    if (bulk := report.together).n:
        numbers = {"n": bulk.n, "agreed": bulk.agreed}
        blocks.append(Paragraph(texts.message("together", **numbers)))
    if report.reviewers:
        names = ("who", "images", "edits", "first", "last")
        blocks.append(
            TableBlock(
                tuple(texts.message(f"column_{name}") for name in names),
                tuple(
                    (
                        clean_text(reviewer.who),
                        f"{reviewer.images:,}",
                        f"{reviewer.edits:,}",
                        format_time(reviewer.first),
                        format_time(reviewer.last),
                    )
                    for reviewer in report.reviewers
                ),
                frozenset({0, 3, 4}),
            )
        )
    else:
        blocks.append(Paragraph(texts.message("nobody")))
    blocks.append(
        TableBlock(
            (texts.message("column_check"), texts.message("column_left")),
            tuple(
                (
                    texts.message(check.id),
                    texts.message("clean") if check.clean else f"{check.count:,}",
                )
                for check in report.checks
            ),
        )
    )
    decided = report.decided
    if decided.one_by_one or decided.in_bulk:
        numbers = {"single": decided.one_by_one, "bulk": decided.in_bulk}
        blocks.append(Paragraph(texts.message("decided", **numbers)))
    return ReportSection(texts.message("review"), tuple(blocks))


def sign_off_paragraph(report: Report, texts: ReportTexts) -> Paragraph:
    """Return who signed the report, and whether that still holds."""
    signed = report.sign_off
    if signed is None:
        return Paragraph(texts.message("unsigned"))
    params = {"who": clean_text(signed.who), "at": signed.at[:16].replace("T", " ")}
    note = f" {clean_text(signed.note)}" if signed.note else ""
    name = "signed" if signed.valid else "signed_void"
    return Paragraph(texts.message(name, **params) + note, warning=not signed.valid)
