"""Certificate of a competency test: one printed page with the person, the basis and the scores."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

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


class _Extent(NamedTuple):
    """What a certificate lists at most: pairs of confused classes, classes, characters of a class's name."""

    confused: int = 8
    classes: int = 1_000
    name: int = 1_000


_EXTENTS = (
    _Extent(),
    _Extent(8, 1_000, 60),
    _Extent(3, 1_000, 40),
    _Extent(0, 1_000, 40),
    _Extent(0, 16, 40),
    _Extent(0, 8, 30),
)
"""Tried in this order until the certificate fits on one page."""

CREATOR = "Bloodbench certificate"
"""Creator entry of certificates, by which an earlier one is recognised."""


def certificate_pdf(
    test: CompetencyTest,
    cells: Sequence[DrawnCell],
    translate: Translate = str,
    language: str = "en",
) -> bytes:
    """Return the certificate of an ended test as a PDF of one page."""
    score = score_cells(cells)
    for extent in _EXTENTS:
        document = certificate_document(test, score, translate, extent)
        certificate = render_pdf(document, {}, {}, language)
        if certificate.pages == 1:
            break
    return certificate.data


def certificate_document(
    test: CompetencyTest, score: Score, translate: Translate = str, extent: _Extent = _EXTENTS[0]
) -> PrintedDocument:
    """Return the certificate in one language; it names no image."""
    writer = _Writer(test, score, translate, extent)
    return PrintedDocument(
        writer.say("certificate"),
        writer.say("notice"),
        tuple(writer.sections()),
        datetime.now(UTC).isoformat(timespec="seconds"),
        CREATOR,
        lambda count: render(Message("report.boxes", {"count": count}), translate),
    )


class _Writer:
    def __init__(
        self, test: CompetencyTest, score: Score, translate: Translate, extent: _Extent
    ) -> None:
        self._test, self._score, self._translate = test, score, translate
        self._extent = extent

    def say(self, name: str, **params: Param) -> str:
        return render(Message(f"competency.{name}", params), self._translate)

    def sections(self) -> list[ReportSection]:
        return [
            ReportSection(self.say("section_test"), self._facts()),
            ReportSection(self.say("section_result"), self._result()),
            ReportSection(self.say("section_classes"), (*self._classes(), *self._confused())),
        ]

    def _facts(self) -> tuple[Block, ...]:
        test = self._test
        limit = self.say("no_limit")
        if test.limit_s is not None:
            limit = self.say("limit", minutes=duration(test.limit_s))
        pairs = [
            (self.say("person"), _shorten(test.person)),
            (self.say("date"), _moment(test.ended or test.started)),
            (self.say("folder"), _shorten(test.folder)),
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
        author = _shorten(self._test.author)
        if self._test.basis == "signed":
            return self.say("truth_signed", who=author, at=_moment(self._test.signed))
        return self.say("truth_confirmed", who=author or "?")

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

    def _classes(self) -> tuple[Block, ...]:
        # Where not all have room: those with the most missed cells, in the usual order.
        by_missed = sorted(self._score.classes, key=lambda row: row.correct - row.drawn)
        listed = {row.class_id for row in by_missed[: self._extent.classes]}
        classes = [row for row in self._score.classes if row.class_id in listed]
        head = ("column_class", "column_drawn", "column_correct", "column_given", "column_share")
        table = TableBlock(
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
                for row in sorted(classes, key=lambda row: row.class_id == NOT_CLASSED)
            ),
        )
        if more := len(self._score.classes) - len(classes):
            return table, Paragraph(self.say("more_classes", n=more))
        return (table,)

    def _confused(self) -> tuple[Block, ...]:
        if not self._score.confused:
            return ()
        head = (self.say("column_truth"), self.say("column_answer"), self.say("column_cells"))
        rows = tuple(
            (self._name(truth), self._name(answer), f"{count:,}")
            for truth, answer, count in self._score.confused[: self._extent.confused]
        )
        blocks: list[Block] = []
        if rows:
            blocks += [Paragraph(self.say("confused")), TableBlock(head, rows, frozenset({0, 1}))]
        if more := len(self._score.confused) - len(rows):
            name = "more_confused" if rows else "confused_elsewhere"
            blocks.append(Paragraph(self.say(name, n=more)))
        return tuple(blocks)

    def _name(self, class_id: str) -> str:
        if class_id == NOT_ANSWERED:
            return self.say("no_answer")
        if class_id == NOT_CLASSED:
            return render(Message("report.not_classed_label"), self._translate)
        name = self._test.class_names.get(class_id, class_id)
        return _shorten(self._translate(name), self._extent.name)


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


def _shorten(text: str, limit: int = 100) -> str:
    text = _clean(text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
