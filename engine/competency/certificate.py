"""Certificate of a competency test: one printed page with the person, the basis and the scores."""

from collections.abc import Sequence
from datetime import UTC, datetime

from engine.competency.record import CompetencyTest, DrawnCell
from engine.competency.score import NOT_ANSWERED, Score, score_cells
from engine.evaluate.figure_style import Translate
from engine.exchange.report.blocks import (
    Block,
    FactList,
    Paragraph,
    PrintedDocument,
    ReportSection,
    TableBlock,
)
from engine.exchange.report.pdf import render_pdf
from engine.messages import Message, Param, render
from engine.project.decisions import NOT_CLASSED
from engine.text import collapse_whitespace, to_printable

_MAX_CONFUSED = 8
"""Most pairs of confused classes on a certificate, so that it stays on one page."""

CREATOR = "Bloodbench certificate"
"""Creator entry of certificates, by which an earlier one is recognised."""


def certificate_pdf(
    test: CompetencyTest,
    cells: Sequence[DrawnCell],
    translate: Translate = str,
    language: str = "en",
) -> bytes:
    """Return the certificate of an ended test as a PDF."""
    document = certificate_document(test, score_cells(cells), translate)
    return render_pdf(document, {}, {}, language)


def certificate_document(
    test: CompetencyTest, score: Score, translate: Translate = str
) -> PrintedDocument:
    """Return the certificate in one language; it names no image."""
    writer = _Writer(test, score, translate)
    return PrintedDocument(
        writer.say("certificate"),
        writer.say("notice"),
        tuple(writer.sections()),
        datetime.now(UTC).isoformat(timespec="seconds"),
        CREATOR,
        lambda count: render(Message("report.boxes", {"count": count}), translate),
    )


class _Writer:
    def __init__(self, test: CompetencyTest, score: Score, translate: Translate) -> None:
        self._test, self._score, self._translate = test, score, translate

    def say(self, name: str, **params: Param) -> str:
        return render(Message(f"competency.{name}", params), self._translate)

    def sections(self) -> list[ReportSection]:
        return [
            ReportSection(self.say("section_test"), self._facts()),
            ReportSection(self.say("section_result"), self._result()),
            ReportSection(self.say("section_classes"), (self._classes(), *self._confused())),
        ]

    def _facts(self) -> tuple[Block, ...]:
        test = self._test
        limit = self.say("no_limit")
        if test.limit_s is not None:
            limit = self.say("limit", minutes=duration(test.limit_s))
        pairs = [
            (self.say("person"), test.person),
            (self.say("date"), _moment(test.ended or test.started)),
            (self.say("folder"), test.folder),
            (self.say("truth"), self._truth()),
            (self.say("drawn"), self.say("drawn_cells", n=self._score.overall.n, seed=test.seed)),
            (self.say("time"), f"{duration(test.used_s)} ({limit})"),
        ]
        blocks: list[Block] = [FactList(tuple((name, _clean(text)) for name, text in pairs))]
        if test.is_of_own_labels:
            blocks.append(Paragraph(self.say("own_labels"), warning=True))
        if not test.ended:
            blocks.append(Paragraph(self.say("running"), warning=True))
        return tuple(blocks)

    def _truth(self) -> str:
        if self._test.basis == "signed":
            return self.say("truth_signed", who=self._test.author, at=_moment(self._test.signed))
        return self.say("truth_confirmed", who=self._test.author or "?")

    def _result(self) -> tuple[Block, ...]:
        overall = self._score.overall
        pairs = [(self.say("correct"), _share(overall.agreed, overall.n, overall.interval))]
        if overall.kappa is not None:
            low, high = overall.kappa_interval or (overall.kappa, overall.kappa)
            pairs.append((self.say("kappa"), f"{overall.kappa:.3f} ({low:.3f} – {high:.3f})"))
        if self._score.unanswered:
            pairs.append((self.say("unanswered"), f"{self._score.unanswered:,}"))
        if self._score.absent:
            pairs.append((self.say("absent"), f"{self._score.absent:,}"))
        signature = FactList(((self.say("signature"), "_" * 40),))
        return FactList(tuple(pairs)), Paragraph(self.say("basis")), signature

    def _classes(self) -> TableBlock:
        head = ("column_class", "column_drawn", "column_correct", "column_given", "column_share")
        return TableBlock(
            (*(self.say(name) for name in head), self.say("column_interval")),
            tuple(
                (
                    self._name(row.class_id),
                    f"{row.drawn:,}",
                    f"{row.correct:,}",
                    f"{row.given:,}",
                    "" if row.share is None else f"{100 * row.share:.1f}",
                    ""
                    if row.share is None
                    else f"{100 * row.interval[0]:.1f} – {100 * row.interval[1]:.1f}",
                )
                for row in sorted(self._score.classes, key=lambda row: row.class_id == NOT_CLASSED)
            ),
        )

    def _confused(self) -> tuple[Block, ...]:
        if not self._score.confused:
            return ()
        head = (self.say("column_truth"), self.say("column_answer"), self.say("column_cells"))
        rows = tuple(
            (self._name(truth), self._name(answer), f"{count:,}")
            for truth, answer, count in self._score.confused[:_MAX_CONFUSED]
        )
        blocks: list[Block] = [
            Paragraph(self.say("confused")),
            TableBlock(head, rows, frozenset({0, 1})),
        ]
        if more := len(self._score.confused) - len(rows):
            blocks.append(Paragraph(self.say("more_confused", n=more)))
        return tuple(blocks)

    def _name(self, class_id: str) -> str:
        if class_id == NOT_ANSWERED:
            return self.say("no_answer")
        if class_id == NOT_CLASSED:
            return render(Message("report.not_classed_label"), self._translate)
        return _clean(self._translate(self._test.class_names.get(class_id, class_id)))


def duration(seconds: float) -> str:
    """Return a duration as minutes and seconds: 12:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _share(hits: int, n: int, interval: tuple[float, float]) -> str:
    if not n:
        return "0 / 0"
    low, high = interval
    return f"{hits:,} / {n:,} = {hits / n:.1%} ({low:.1%} – {high:.1%})"


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M}"


def _clean(text: str) -> str:
    return collapse_whitespace(to_printable(text))
