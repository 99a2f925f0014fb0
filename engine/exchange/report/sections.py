"""Sections of a report in one language, for HTML and PDF."""

from collections.abc import Sequence
from statistics import mean

from engine.evaluate.corruptions import SEVERITIES
from engine.evaluate.differential import DifferentialRow
from engine.evaluate.evaluation_basis import basis_messages
from engine.evaluate.figure_style import Translate
from engine.evaluate.robustness import RobustnessScorecard
from engine.exchange.report.blocks import (
    Block,
    FactList,
    FigureBlock,
    MistakeTiles,
    Paragraph,
    PrintedDocument,
    ReportSection,
    TableBlock,
)
from engine.exchange.report.decision_sections import decision_sections
from engine.exchange.report.field_section import field_section
from engine.exchange.report.report_data import CREATOR, SESSION_FIELDS, Evaluation, Report
from engine.exchange.report.second_reading_section import second_reading_sections
from engine.exchange.report.trust_section import trust_section
from engine.messages import Message, Param, render
from engine.text import collapse_whitespace, to_printable


class SectionBuilder:
    """Builder of the sections of a report in one language."""

    def __init__(self, report: Report, translate: Translate = str) -> None:
        self._report = report
        self._translate = translate

    def message(self, name: str, **params: Param) -> str:
        """Return the message `report.<name>` in the language of the report."""
        return render(Message(f"report.{name}", params), self._translate)

    @property
    def title(self) -> str:
        """The title of the report."""
        return collapse_whitespace(to_printable(self._report.title)) or self.message("title")

    @property
    def notice(self) -> str:
        """The notice about intended use."""
        return self.message("notice")

    def sections(self, figures: Sequence[str]) -> list[ReportSection]:
        """Return the sections that have content; `figures` names the figures that were drawn."""
        parts = [
            self._session_section(),
            self._differential_section(figures),
            field_section(self._report, self.message, self._class_name),
            trust_section(self._report, self.message),
            self._review_section(),
            *second_reading_sections(self._report.second_readings, self.message, self._class_name),
            *decision_sections(self._report, self.message, self._class_name),
        ]
        if evaluation := self._report.evaluation:
            parts += [
                self._evaluation_section(evaluation, figures),
                self._mistakes_section(evaluation),
            ]
        return [part for part in [*parts, self._provenance_section()] if part.blocks]

    def document(self, figures: Sequence[str]) -> PrintedDocument:
        """Return the report as it is printed; `figures` names the figures that were drawn."""
        return PrintedDocument(
            self.title,
            self.notice,
            tuple(self.sections(figures)),
            self._report.created,
            CREATOR,
            lambda count: self.message("boxes", count=count),
        )

    def _session_section(self) -> ReportSection:
        order = [*SESSION_FIELDS, *sorted(set(self._report.session) - set(SESSION_FIELDS))]
        pairs = [
            (self.message(f"session_{name}") if name in SESSION_FIELDS else name, value)
            for name in order
            if (value := self._report.session.get(name))
        ]
        return ReportSection(self.message("session"), (_fact_list(pairs),) if pairs else ())

    def _differential_section(self, figures: Sequence[str]) -> ReportSection:
        count = self._report.differential
        blocks: list[Block] = []
        if not count.complete:
            numbers = {"found": count.leukocytes, "target": count.target or 0}
            blocks.append(Paragraph(self.message("target_missed", **numbers), warning=True))
        if count.unreviewed:
            share = {"n": count.unreviewed, "of": len(count.cells)}
            blocks.append(Paragraph(self.message("suggestions", **share), warning=True))
        columns = ("class", "n", "percent", "interval", "per_100", "model_counted")
        blocks.append(
            TableBlock(
                tuple(self.message(f"column_{name}") for name in columns),
                tuple(
                    self._differential_cells(row)
                    for row in count.rows
                    if row.n or row.predicted or row.share == 0
                ),
            )
        )
        counters = ("not_classed", "removed", "unread", "unreviewed", "unidentified")
        blocks += self._figure_blocks(("differential",), figures)
        blocks.append(
            _fact_list(
                [
                    (self.message("leukocytes"), f"{count.leukocytes:,}"),
                    (
                        self.message("target"),
                        self.message("all") if count.target is None else str(count.target),
                    ),
                    (self.message("images_seen"), f"{count.seen:,}"),
                    *((self.message(name), f"{getattr(count, name):,}") for name in counters),
                ]
            )
        )
        return ReportSection(self.message("differential"), tuple(blocks))

    def _differential_cells(self, row: DifferentialRow) -> tuple[str, ...]:
        low, high = row.interval or (0.0, 0.0)
        return (
            self._class_name(row.id),
            f"{row.n:,}",
            _format_percent(row.share),
            f"{100 * low:.1f} – {100 * high:.1f}" if row.interval else "",
            "" if row.per_100 is None else f"{row.per_100:.1f}",
            f"{row.predicted:,}",
        )

    def _review_section(self) -> ReportSection:
        report, agreement = self._report, self._report.agreement
        blocks: list[Block] = []
        if agreement.n and agreement.share is not None:
            low, high = agreement.interval
            pairs = [
                (self.message("compared"), f"{agreement.n:,}"),
                (self.message("agreed"), f"{agreement.share:.1%} ({low:.1%} – {high:.1%})"),
            ]
            if agreement.kappa is not None and agreement.kappa_interval:
                low, high = agreement.kappa_interval
                pairs.append(
                    (self.message("kappa"), f"{agreement.kappa:.3f} ({low:.3f} – {high:.3f})")
                )
            blocks.append(_fact_list(pairs))
        if (bulk := report.together).n:
            numbers = {"n": bulk.n, "agreed": bulk.agreed}
            blocks.append(Paragraph(self.message("together", **numbers)))
        if report.reviewers:
            names = ("who", "images", "edits", "first", "last")
            blocks.append(
                TableBlock(
                    tuple(self.message(f"column_{name}") for name in names),
                    tuple(
                        (
                            _clean(reviewer.who),
                            f"{reviewer.images:,}",
                            f"{reviewer.edits:,}",
                            _format_time(reviewer.first),
                            _format_time(reviewer.last),
                        )
                        for reviewer in report.reviewers
                    ),
                    frozenset({0, 3, 4}),
                )
            )
        else:
            blocks.append(Paragraph(self.message("nobody")))
        blocks.append(
            TableBlock(
                (self.message("column_check"), self.message("column_left")),
                tuple(
                    (
                        self.message(check.id),
                        self.message("clean") if check.clean else f"{check.count:,}",
                    )
                    for check in report.checks
                ),
            )
        )
        blocks.append(self._sign_off_paragraph())
        return ReportSection(self.message("review"), tuple(blocks))

    def _sign_off_paragraph(self) -> Paragraph:
        signed = self._report.sign_off
        if signed is None:
            return Paragraph(self.message("unsigned"))
        params = {"who": _clean(signed.who), "at": signed.at[:16].replace("T", " ")}
        note = f" {_clean(signed.note)}" if signed.note else ""
        name = "signed" if signed.valid else "signed_void"
        return Paragraph(self.message(name, **params) + note, warning=not signed.valid)

    def _evaluation_section(self, evaluation: Evaluation, figures: Sequence[str]) -> ReportSection:
        metrics = evaluation.metrics
        low, high = metrics.accuracy_interval
        basis = " ".join(
            render(entry, self._translate)
            for entry in basis_messages(evaluation.basis, evaluation.apart)
        )
        basis_blocks: list[Block] = [Paragraph(basis, warning=evaluation.basis != "unseen")]
        if evaluation.together:
            basis_blocks.append(Paragraph(self.message("no_evidence", n=evaluation.together)))
        fact_list = _fact_list(
            [
                (self.message("images"), f"{metrics.n:,}"),
                (self.message("accuracy"), f"{metrics.accuracy:.2%} ({low:.2%} – {high:.2%})"),
                (self.message("balanced_accuracy"), f"{metrics.balanced_accuracy:.2%}"),
                (self.message("f1_macro"), f"{metrics.f1_macro:.4f}"),
                (self.message("roc_auc"), _format_number(metrics.roc_auc)),
                (self.message("ece"), f"{metrics.ece:.4f}"),
            ]
        )
        columns = ("class", "n", "precision", "recall", "f1", "auc")
        table = TableBlock(
            tuple(self.message(f"column_{name}") for name in columns),
            tuple(
                (
                    self._class_name(name), f"{entry.n:,}",
                    _format_percent(entry.precision), _format_percent(entry.recall),
                    _format_number(entry.f1), _format_number(entry.auc),
                )
                for name, entry in metrics.per_class.items()
            ),
        )  # fmt: skip
        effort_table = TableBlock(
            tuple(
                self.message(f"column_{name}")
                for name in ("wanted", "look_at", "share", "threshold")
            ),
            tuple(
                (
                    f"{entry.accuracy:.1%}",
                    f"{entry.look_at:,}",
                    f"{entry.share:.1%}",
                    _format_number(entry.confidence),
                )
                for entry in evaluation.needs
            ),
        )
        names = ("confusion", "roc", "precision_recall", "reliability", "acceptance")
        blocks = (
            fact_list,
            *basis_blocks,
            table,
            Paragraph(self.message("needs")),
            effort_table,
            *self._figure_blocks(names, figures),
        )
        return ReportSection(
            self.message("evaluation"), (*blocks, *self._robustness_blocks(evaluation.robustness))
        )

    def _robustness_blocks(self, scorecard: RobustnessScorecard | None) -> list[Block]:
        if scorecard is None:
            return []
        rows = [
            (
                self.message(f"corruption_{name}"),
                *map(_format_percent, values),
                _format_percent(mean(values)),
            )
            for name, values in scorecard.corrupted.items()
        ]
        head = (
            self.message("column_corruption"),
            *map(str, SEVERITIES),
            self.message("column_mean"),
        )
        figures = {"clean": scorecard.clean, "mean": scorecard.mean}
        return [
            Paragraph(self.message("robustness", n=scorecard.n, **figures)),
            TableBlock(head, tuple(rows)),
        ]

    def _mistakes_section(self, evaluation: Evaluation) -> ReportSection:
        if not evaluation.mistakes:
            return ReportSection(
                self.message("mistakes"), (Paragraph(self.message("no_mistakes")),)
            )
        tiles = tuple(
            (
                mistake.image,
                self.message(
                    "mistake",
                    label=self._class_name(mistake.label),
                    predicted=self._class_name(mistake.predicted),
                    confidence=mistake.confidence,
                ),
            )
            for mistake in evaluation.mistakes
        )
        return ReportSection(
            self.message("mistakes"), (Paragraph(self.message("mistakes_say")), MistakeTiles(tiles))
        )

    def _provenance_section(self) -> ReportSection:
        model, data = self._report.model, self._report.data
        pairs = [
            (self.message("made"), self._report.created.replace("T", " ")[:16] + " UTC"),
            (self.message("folder"), data.name),
            (self.message("images"), f"{data.images:,}"),
            (self.message("unreadable"), f"{data.unreadable:,}"),
            (self.message("fingerprint"), data.fingerprint),
            (self.message("model"), f"{model.name} ({model.architecture})"),
            (self.message("model_id"), model.id),
            (
                self.message("model_data"),
                " · ".join(filter(None, (model.licence, model.attribution))),
            ),
            (
                self.message("software"),
                ", ".join(f"{name} {no}" for name, no in self._report.software.items()),
            ),
        ]
        return ReportSection(
            self.message("provenance"), (_fact_list([pair for pair in pairs if pair[1]]),)
        )

    def _figure_blocks(self, names: Sequence[str], figures: Sequence[str]) -> list[Block]:
        return [
            FigureBlock(name, self.message(f"figure_{name}"), self.message(f"figure_{name}_says"))
            for name in names
            if name in figures
        ]

    def _class_name(self, name: str) -> str:
        style = self._report.classes.get(name)
        return _clean(self._translate(style.name) if style else name)


def _fact_list(pairs: Sequence[tuple[str, str]]) -> FactList:
    return FactList(tuple((_clean(name), _clean(value)) for name, value in pairs))


def _clean(text: str) -> str:
    return collapse_whitespace(to_printable(text))


def _format_time(iso: str) -> str:
    # A no-break space keeps date and time on one line.
    return iso[:16].replace("T", "\u00a0")


def _format_percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def _format_number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
