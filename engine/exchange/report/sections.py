"""A report in words of one language: its sections, for HTML and PDF alike."""

from collections.abc import Sequence
from statistics import mean

from engine.evaluate.corruptions import SEVERITIES
from engine.evaluate.differential import Counted
from engine.evaluate.evaluation_basis import says
from engine.evaluate.figure_style import Words
from engine.evaluate.robustness import Scorecard
from engine.exchange.report.blocks import Block, Drawing, Facts, Section, Table, Text, Tiles
from engine.exchange.report.report_data import SESSION_FIELDS, Evaluation, Report
from engine.messages import Message, Param, render
from engine.writing import collapse_whitespace, to_printable


class Pages:
    """A report in words of one language."""

    def __init__(self, report: Report, translate: Words = str) -> None:
        self._report = report
        self._translate = translate

    def say(self, name: str, **params: Param) -> str:
        """Return a sentence of the group `report`."""
        return render(Message(f"report.{name}", params), self._translate)

    @property
    def title(self) -> str:
        """What stands above all."""
        return collapse_whitespace(to_printable(self._report.title)) or self.say("title")

    @property
    def notice(self) -> str:
        """What every report says of its use."""
        return self.say("notice")

    def sections(self, figures: Sequence[str]) -> list[Section]:
        """Return the parts that this report has, with those of its figures that were drawn."""
        parts = [self._session(), self._differential(figures), self._review()]
        if found := self._report.evaluation:
            parts += [self._evaluation(found, figures), self._mistakes(found)]
        return [part for part in [*parts, self._provenance()] if part.blocks]

    def _session(self) -> Section:
        order = [*SESSION_FIELDS, *sorted(set(self._report.session) - set(SESSION_FIELDS))]
        pairs = [
            (self.say(f"session_{name}") if name in SESSION_FIELDS else name, value)
            for name in order
            if (value := self._report.session.get(name))
        ]
        return Section(self.say("session"), (_facts(pairs),) if pairs else ())

    def _differential(self, figures: Sequence[str]) -> Section:
        count = self._report.differential
        blocks: list[Block] = []
        if not count.complete:
            numbers = {"found": count.leukocytes, "target": count.target or 0}
            blocks.append(Text(self.say("target_missed", **numbers), warning=True))
        if count.unreviewed:
            share = {"n": count.unreviewed, "of": len(count.cells)}
            blocks.append(Text(self.say("suggestions", **share), warning=True))
        head = ("class", "n", "percent", "interval", "per_100", "model_counted")
        blocks.append(
            Table(
                tuple(self.say(f"column_{name}") for name in head),
                tuple(
                    self._counted(row)
                    for row in count.rows
                    if row.n or row.predicted or row.share == 0
                ),
            )
        )
        aside = ("not_classed", "removed", "unread", "unreviewed", "unidentified")
        blocks += self._drawings(("differential",), figures)
        blocks.append(
            _facts(
                [
                    (self.say("leukocytes"), f"{count.leukocytes:,}"),
                    (
                        self.say("target"),
                        self.say("all") if count.target is None else str(count.target),
                    ),
                    (self.say("images_seen"), f"{count.seen:,}"),
                    *((self.say(name), f"{getattr(count, name):,}") for name in aside),
                ]
            )
        )
        return Section(self.say("differential"), tuple(blocks))

    def _counted(self, row: Counted) -> tuple[str, ...]:
        low, high = row.interval or (0.0, 0.0)
        return (
            self._class(row.id),
            f"{row.n:,}",
            _percent(row.share),
            f"{100 * low:.1f} – {100 * high:.1f}" if row.interval else "",
            "" if row.per_100 is None else f"{row.per_100:.1f}",
            f"{row.predicted:,}",
        )

    def _review(self) -> Section:
        report, found = self._report, self._report.agreement
        blocks: list[Block] = []
        if found.n and found.share is not None:
            low, high = found.interval
            pairs = [
                (self.say("compared"), f"{found.n:,}"),
                (self.say("agreed"), f"{found.share:.1%} ({low:.1%} – {high:.1%})"),
            ]
            if found.kappa is not None and found.kappa_interval:
                low, high = found.kappa_interval
                pairs.append((self.say("kappa"), f"{found.kappa:.3f} ({low:.3f} – {high:.3f})"))
            blocks.append(_facts(pairs))
        if (together := report.together).n:
            numbers = {"n": together.n, "agreed": together.agreed}
            blocks.append(Text(self.say("together", **numbers)))
        if report.reviewers:
            names = ("who", "images", "edits", "first", "last")
            blocks.append(
                Table(
                    tuple(self.say(f"column_{name}") for name in names),
                    tuple(
                        (
                            _text(one.who),
                            f"{one.images:,}",
                            f"{one.edits:,}",
                            _moment(one.first),
                            _moment(one.last),
                        )
                        for one in report.reviewers
                    ),
                    frozenset({0, 3, 4}),
                )
            )
        else:
            blocks.append(Text(self.say("nobody")))
        blocks.append(
            Table(
                (self.say("column_check"), self.say("column_left")),
                tuple(
                    (self.say(one.id), self.say("clean") if one.clean else f"{one.count:,}")
                    for one in report.checks
                ),
            )
        )
        blocks.append(self._signature())
        return Section(self.say("review"), tuple(blocks))

    def _signature(self) -> Text:
        signed = self._report.sign_off
        if signed is None:
            return Text(self.say("unsigned"))
        says = {"who": _text(signed.who), "at": signed.at[:16].replace("T", " ")}
        note = f" {_text(signed.note)}" if signed.note else ""
        name = "signed" if signed.valid else "signed_void"
        return Text(self.say(name, **says) + note, warning=not signed.valid)

    def _evaluation(self, found: Evaluation, figures: Sequence[str]) -> Section:
        metrics = found.metrics
        low, high = metrics.accuracy_interval
        basis = " ".join(render(one, self._translate) for one in says(found.basis, found.apart))
        stands_on: list[Block] = [Text(basis, warning=found.basis != "unseen")]
        if found.together:
            stands_on.append(Text(self.say("no_evidence", n=found.together)))
        facts = _facts(
            [
                (self.say("images"), f"{metrics.n:,}"),
                (self.say("accuracy"), f"{metrics.accuracy:.2%} ({low:.2%} – {high:.2%})"),
                (self.say("balanced_accuracy"), f"{metrics.balanced_accuracy:.2%}"),
                (self.say("f1_macro"), f"{metrics.f1_macro:.4f}"),
                (self.say("roc_auc"), _number(metrics.roc_auc)),
                (self.say("ece"), f"{metrics.ece:.4f}"),
            ]
        )
        head = ("class", "n", "precision", "recall", "f1", "auc")
        table = Table(
            tuple(self.say(f"column_{name}") for name in head),
            tuple(
                (
                    self._class(name), f"{one.n:,}", _percent(one.precision), _percent(one.recall),
                    _number(one.f1), _number(one.auc),
                )
                for name, one in metrics.per_class.items()
            ),
        )  # fmt: skip
        needs = Table(
            tuple(
                self.say(f"column_{name}") for name in ("wanted", "look_at", "share", "threshold")
            ),
            tuple(
                (
                    f"{one.accuracy:.1%}",
                    f"{one.look_at:,}",
                    f"{one.share:.1%}",
                    _number(one.confidence),
                )
                for one in found.needs
            ),
        )
        names = ("confusion", "roc", "precision_recall", "reliability", "acceptance")
        blocks = (
            facts,
            *stands_on,
            table,
            Text(self.say("needs")),
            needs,
            *self._drawings(names, figures),
        )
        return Section(self.say("evaluation"), (*blocks, *self._robustness(found.robustness)))

    def _robustness(self, found: Scorecard | None) -> list[Block]:
        if found is None:
            return []
        rows = [
            (self.say(f"corruption_{name}"), *map(_percent, values), _percent(mean(values)))
            for name, values in found.corrupted.items()
        ]
        head = (self.say("column_corruption"), *map(str, SEVERITIES), self.say("column_mean"))
        figures = {"clean": found.clean, "mean": found.mean}
        return [Text(self.say("robustness", n=found.n, **figures)), Table(head, tuple(rows))]

    def _mistakes(self, found: Evaluation) -> Section:
        if not found.mistakes:
            return Section(self.say("mistakes"), (Text(self.say("no_mistakes")),))
        tiles = tuple(
            (
                one.image,
                self.say(
                    "mistake",
                    label=self._class(one.label),
                    predicted=self._class(one.predicted),
                    confidence=one.confidence,
                ),
            )
            for one in found.mistakes
        )
        return Section(self.say("mistakes"), (Text(self.say("mistakes_say")), Tiles(tiles)))

    def _provenance(self) -> Section:
        model, data = self._report.model, self._report.data
        pairs = [
            (self.say("made"), self._report.created.replace("T", " ")[:16] + " UTC"),
            (self.say("folder"), data.name),
            (self.say("images"), f"{data.images:,}"),
            (self.say("unreadable"), f"{data.unreadable:,}"),
            (self.say("fingerprint"), data.fingerprint),
            (self.say("model"), f"{model.name} ({model.architecture})"),
            (self.say("model_id"), model.id),
            (self.say("model_data"), " · ".join(filter(None, (model.licence, model.attribution)))),
            (
                self.say("software"),
                ", ".join(f"{name} {no}" for name, no in self._report.software.items()),
            ),
        ]
        return Section(self.say("provenance"), (_facts([pair for pair in pairs if pair[1]]),))

    def _drawings(self, names: Sequence[str], figures: Sequence[str]) -> list[Block]:
        return [
            Drawing(name, self.say(f"figure_{name}"), self.say(f"figure_{name}_says"))
            for name in names
            if name in figures
        ]

    def _class(self, name: str) -> str:
        known = self._report.classes.get(name)
        return _text(self._translate(known.name) if known else name)


def _facts(pairs: Sequence[tuple[str, str]]) -> Facts:
    return Facts(tuple((_text(name), _text(value)) for name, value in pairs))


def _text(text: str) -> str:
    return collapse_whitespace(to_printable(text))


def _moment(iso: str) -> str:
    # In one line: a space that breaks none.
    return iso[:16].replace("T", "\u00a0")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
