"""Sections of a report in one language, for HTML and PDF."""

from collections.abc import Sequence

from engine.evaluate.figure_style import Translate
from engine.exchange.report.blocks import PrintedDocument, ReportSection
from engine.exchange.report.decision_sections import decision_sections
from engine.exchange.report.differential_section import differential_section
from engine.exchange.report.evaluation_section import evaluation_section, mistakes_section
from engine.exchange.report.field_section import field_section
from engine.exchange.report.report_data import CREATOR, SESSION_FIELDS, Report
from engine.exchange.report.report_texts import ReportTexts, clean_text, fact_list
from engine.exchange.report.review_section import review_section, sign_off_paragraph
from engine.exchange.report.second_reading_section import second_reading_sections
from engine.exchange.report.trust_section import trust_section


class SectionBuilder:
    """Builder of the sections of a report in one language."""

    def __init__(self, report: Report, translate: Translate = str) -> None:
        self._report = report
        self._texts = ReportTexts(report, translate)

    @property
    def title(self) -> str:
        """The title of the report."""
        return clean_text(self._report.title) or self._texts.message("title")

    @property
    def notice(self) -> str:
        """The notice about intended use."""
        return self._texts.message("notice")

    def sections(self, figures: Sequence[str]) -> list[ReportSection]:
        """Return the sections that have content; `figures` names the figures that were drawn."""
        report, texts = self._report, self._texts
        parts = [
            _session_section(report, texts),
            differential_section(report, texts, figures),
            field_section(report, texts),
            trust_section(report, texts),
            review_section(report, texts),
            *second_reading_sections(report.second_readings, texts),
            *decision_sections(report, texts),
        ]
        if evaluation := report.evaluation:
            parts += [
                evaluation_section(evaluation, texts, figures),
                mistakes_section(evaluation, texts),
            ]
        return [part for part in [*parts, _provenance_section(report, texts)] if part.blocks]

    def document(self, figures: Sequence[str]) -> PrintedDocument:
        """Return the report as it is printed; `figures` names the figures that were drawn."""
        return PrintedDocument(
            self.title,
            self.notice,
            tuple(self.sections(figures)),
            self._report.created,
            CREATOR,
            lambda count: self._texts.message("boxes", count=count),
        )


def _session_section(report: Report, texts: ReportTexts) -> ReportSection:
    order = [*SESSION_FIELDS, *sorted(set(report.session) - set(SESSION_FIELDS))]
    pairs = [
        (texts.message(f"session_{name}") if name in SESSION_FIELDS else name, value)
        for name in order
        if (value := report.session.get(name))
    ]
    # At the top: who reads the first page only must see what nobody signed.
    blocks = (*((fact_list(pairs),) if pairs else ()), sign_off_paragraph(report, texts))
    return ReportSection(texts.message("session"), blocks)


def _images_text(report: Report, texts: ReportTexts) -> str:
    images, removed = f"{report.data.images:,}", f"{report.data.removed:,}"
    if not report.data.removed:
        return images
    return texts.message("images_with_removed", images=images, removed=removed)


def _provenance_section(report: Report, texts: ReportTexts) -> ReportSection:
    model, data = report.model, report.data
    pairs = [
        (texts.message("made"), report.created.replace("T", " ")[:16] + " UTC"),
        (texts.message("folder"), data.name),
        (texts.message("images"), _images_text(report, texts)),
        (texts.message("unreadable"), f"{data.unreadable:,}"),
        (texts.message("fingerprint"), data.fingerprint),
        (texts.message("model"), f"{model.name} ({model.architecture})"),
        (texts.message("model_id"), model.id),
        (texts.message("model_views"), f"{model.views}" if model.views > 1 else ""),
        (
            texts.message("model_data"),
            " · ".join(filter(None, (model.licence, model.attribution))),
        ),
        (
            texts.message("software"),
            ", ".join(f"{name} {no}" for name, no in report.software.items()),
        ),
    ]
    return ReportSection(
        texts.message("provenance"), (fact_list([pair for pair in pairs if pair[1]]),)
    )
