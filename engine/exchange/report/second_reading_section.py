"""Section of a report on a second reading: agreement, each class, and the confusion between the readers."""

from collections.abc import Sequence
from typing import Protocol

from engine.evaluate.agreement import ClassAgreement
from engine.exchange.report.blocks import Block, FactList, Paragraph, ReportSection, TableBlock
from engine.exchange.report.second_readings import SecondReading
from engine.messages import Param
from engine.project.decisions import NOT_CLASSED
from engine.text import collapse_whitespace, to_printable


class SayMessage(Protocol):
    """Function that returns the message `report.<name>` in the language of the report."""

    def __call__(self, name: str, **params: Param) -> str: ...


class NameClass(Protocol):
    """Function that returns the name of a class in the language of the report."""

    def __call__(self, name: str, /) -> str: ...


def second_reading_sections(
    readings: Sequence[SecondReading], say: SayMessage, name_class: NameClass
) -> list[ReportSection]:
    """Return one section for each second reading."""

    def name(class_id: str) -> str:
        return say("not_classed_label") if class_id == NOT_CLASSED else name_class(class_id)

    return [
        ReportSection(say("second_reading"), tuple(_blocks(reading, say, name)))
        for reading in readings
    ]


def _blocks(reading: SecondReading, say: SayMessage, name: NameClass) -> list[Block]:
    overall = reading.agreement.overall
    pairs = [
        (say("second_reader"), collapse_whitespace(to_printable(reading.reader))),
        (
            say("second_reading_drawn"),
            f"{reading.drawn:,} ({say(f'second_reading_draw_{reading.method}')})",
        ),
        (say("second_reading_read"), f"{reading.read:,}"),
    ]
    if overall.share is not None:
        low, high = overall.interval
        pairs.append((say("readers_agree"), f"{overall.share:.1%} ({low:.1%} – {high:.1%})"))
    if overall.kappa is not None:
        pairs.append((say("kappa"), _kappa(overall.kappa, overall.kappa_interval)))
    pairs.append((say("conflicts_settled"), f"{reading.settled:,}"))
    blocks: list[Block] = [FactList(tuple(pairs))]
    if not reading.ended:
        blocks.append(Paragraph(say("second_reading_running"), warning=True))
    if reading.resumed:
        blocks.append(Paragraph(say("second_reading_resumed")))
    if reading.open_conflicts:
        blocks.append(Paragraph(say("second_reading_open", n=reading.open_conflicts), warning=True))
    if reading.agreement.classes:
        blocks += [
            _class_table(reading.agreement.classes, say, name),
            _confusion(reading, say, name),
        ]
    blocks.append(Paragraph(say("second_reading_basis")))
    return blocks


def _class_table(classes: Sequence[ClassAgreement], say: SayMessage, name: NameClass) -> TableBlock:
    columns = ("class", "first_reading", "second_reading", "both_readings", "class_agreement")
    return TableBlock(
        (*(say(f"column_{column}") for column in columns), say("column_class_kappa")),
        tuple(
            (
                name(row.class_id),
                f"{row.first:,}",
                f"{row.second:,}",
                f"{row.both:,}",
                f"{100 * row.share:.1f}",
                "" if row.kappa is None else _kappa(row.kappa, row.kappa_interval),
            )
            for row in classes
        ),
    )


def _confusion(reading: SecondReading, say: SayMessage, name: NameClass) -> TableBlock:
    names = [name(row.class_id) for row in reading.agreement.classes]
    return TableBlock(
        (say("column_first_or_second"), *names),
        tuple(
            (first, *(f"{count:,}" if count else "" for count in counts))
            for first, counts in zip(names, reading.agreement.confusion, strict=True)
        ),
    )


def _kappa(kappa: float, interval: tuple[float, float] | None) -> str:
    return f"{kappa:.3f}" + (f" ({interval[0]:.3f} – {interval[1]:.3f})" if interval else "")
