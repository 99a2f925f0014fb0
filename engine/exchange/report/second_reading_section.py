"""Section of a report on a second reading: agreement, each class, and the confusion between the readers."""

from collections.abc import Sequence

from engine.evaluate.agreement import ClassAgreement
from engine.exchange.report.blocks import Block, FactList, Paragraph, ReportSection, TableBlock
from engine.exchange.report.report_texts import ReportTexts, clean_text, format_share
from engine.exchange.report.second_readings import SecondReading


def second_reading_sections(
    readings: Sequence[SecondReading], texts: ReportTexts
) -> list[ReportSection]:
    """Return one section for each second reading."""
    return [
        ReportSection(texts.message("second_reading"), tuple(_blocks(reading, texts)))
        for reading in readings
    ]


def _blocks(reading: SecondReading, texts: ReportTexts) -> list[Block]:
    overall = reading.agreement.overall
    first = ", ".join(
        clean_text(who) or texts.message("folder_labels") for who in reading.first_readers
    )
    pairs = [
        (texts.message("first_reader"), first),
        (texts.message("second_reader"), clean_text(reading.reader)),
        (
            texts.message("second_reading_drawn"),
            f"{reading.drawn:,} ({texts.message(f'second_reading_draw_{reading.method}')})",
        ),
        (texts.message("second_reading_read"), f"{reading.read:,}"),
    ]
    if overall.share is not None:
        low, high = overall.interval
        pairs.append(
            (
                texts.message("readers_agree"),
                f"{format_share(overall.share)} ({format_share(low)} – {format_share(high)})",
            )
        )
    if overall.kappa is not None:
        pairs.append((texts.message("kappa"), _kappa(overall.kappa, overall.kappa_interval)))
    pairs.append((texts.message("conflicts_settled"), f"{reading.settled:,}"))
    blocks: list[Block] = [FactList(tuple(pairs))]
    if not reading.ended:
        blocks.append(Paragraph(texts.message("second_reading_running"), warning=True))
    if reading.resumed:
        blocks.append(Paragraph(texts.message("second_reading_resumed")))
    if reading.open_conflicts:
        blocks.append(
            Paragraph(texts.message("second_reading_open", n=reading.open_conflicts), warning=True)
        )
    if reading.agreement.classes:
        blocks += [
            _class_table(reading.agreement.classes, first, reading.reader, texts),
            _confusion(reading, texts),
        ]
    blocks.append(Paragraph(texts.message("second_reading_basis")))
    return blocks


def _class_table(
    classes: Sequence[ClassAgreement], first: str, second: str, texts: ReportTexts
) -> TableBlock:
    columns = ("both_readings", "class_agreement", "class_kappa")
    return TableBlock(
        (
            texts.message("column_class"),
            texts.message("column_first_reading", who=first),
            texts.message("column_second_reading", who=clean_text(second)),
            *(texts.message(f"column_{column}") for column in columns),
        ),
        tuple(
            (
                texts.label_name(row.class_id),
                f"{row.first:,}",
                f"{row.second:,}",
                f"{row.both:,}",
                f"{100 * row.share:.1f}",
                "" if row.kappa is None else _kappa(row.kappa, row.kappa_interval),
            )
            for row in classes
        ),
    )


def _confusion(reading: SecondReading, texts: ReportTexts) -> TableBlock:
    names = [texts.label_name(row.class_id) for row in reading.agreement.classes]
    return TableBlock(
        (texts.message("column_first_or_second"), *names),
        tuple(
            (first, *(f"{count:,}" if count else "" for count in counts))
            for first, counts in zip(names, reading.agreement.confusion, strict=True)
        ),
    )


def _kappa(kappa: float, interval: tuple[float, float] | None) -> str:
    return f"{kappa:.3f}" + (f" ({interval[0]:.3f} – {interval[1]:.3f})" if interval else "")
