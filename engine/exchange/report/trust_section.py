"""Section "How far to trust this": one line on what each figure of a report stands on."""

from engine.evaluate.own_laboratory import MIN_MEASURED
from engine.exchange.report.blocks import Paragraph, ReportSection
from engine.exchange.report.report_data import AccuracyEstimate, Report
from engine.exchange.report.report_texts import ReportTexts


def trust_section(report: Report, texts: ReportTexts) -> ReportSection:
    """Return the section, without blocks for a report that says nothing about it."""
    trust, count, message = report.trust, report.differential, texts.message
    if trust is None:
        return ReportSection(message("trust"), ())
    lines = [
        message(
            "trust_counted",
            cells=len(count.cells),
            reviewed=len(count.cells) - count.unreviewed,
            unreviewed=count.unreviewed,
        )
    ]
    if trust.held_out_accuracy is not None:
        percent = 100 * trust.held_out_accuracy
        lines.append(message("trust_model", images=trust.training_images, percent=percent))
    if trust.expected is not None:
        lines.append(message("trust_expected", **_figures(trust.expected)))
    if trust.measured is not None:
        lines.append(message("trust_measured", **_figures(trust.measured)))
    else:
        lines.append(message("trust_unmeasured", n=trust.confirmed, needed=MIN_MEASURED))
    if trust.missing_classes and count.unreviewed:
        lines.append(
            message("trust_missing", names=", ".join(map(texts.class_name, trust.missing_classes)))
        )
    if trust.unknown:
        share = trust.unknown / max(1, trust.read)
        usual = trust.usual_unknown_share
        lines.append(message("trust_unknown", n=trust.unknown, share=share, usual=usual))
    if trust.several_possible:
        name = "trust_sets_own" if trust.sets_recalibrated else "trust_sets"
        lines.append(message(name, n=trust.several_possible))
    return ReportSection(message("trust"), tuple(map(Paragraph, lines)))


def _figures(estimate: AccuracyEstimate) -> dict[str, float]:
    low, high = estimate.interval
    return {
        "n": estimate.n,
        "percent": 100 * estimate.accuracy,
        "low": 100 * low,
        "high": 100 * high,
    }
