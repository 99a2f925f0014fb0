"""A report as files in a folder."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from engine.evaluate.figure_style import Words
from engine.exchange.export_row import Row
from engine.exchange.formats.labels_csv import KNOWN, write_labels
from engine.exchange.report.blocks import Pictures
from engine.exchange.report.html import to_html
from engine.exchange.report.pdf import to_pdf
from engine.exchange.report.report_data import CREATOR, Report
from engine.exchange.report.report_figures import figures
from engine.jobs import Job
from engine.messages import Message
from engine.outputs import OutputFolder, json_recogniser, marked_recogniser, table_recogniser
from engine.writing import formula_safe_text

FORMATS = ("pdf", "html", "json", "csv")

_COUNTS = ("class", "group", "n", "share", "low", "high", "per_100_leukocytes", "model_alone")
_FILES = {
    "pdf": {"report.pdf": marked_recogniser(b"%PDF-", f"/Creator ({CREATOR})".encode())},
    "html": {"report.html": marked_recogniser(b"<!doctype html>", f'content="{CREATOR}"'.encode())},
    "json": {"report.json": json_recogniser("title", "created", "software", "session", "model")},
    "csv": {"counts.csv": table_recogniser(*_COUNTS), "images.csv": KNOWN},
}


def report_folder(
    out: Path, formats: Sequence[str] = FORMATS, inputs: Iterable[Path] = ()
) -> OutputFolder:
    """Return the folder of a report, in which an earlier report is replaced; raises `Problem`, `OSError`."""
    files = {name: known for kind in formats for name, known in _FILES[kind].items()}
    return OutputFolder(out, files, inputs)


def write_report(
    job: Job,
    report: Report,
    rows: Sequence[Row],
    classes: Sequence[str],
    pictures: Pictures,
    out: OutputFolder,
    *,
    formats: Sequence[str] = FORMATS,
    translate: Words = str,
    language: str = "en",
) -> list[Path]:
    """Write `report.pdf`, `.html`, `.json`, `counts.csv` and `images.csv`, each whole or not at all.

    `classes` is the order of the rows' probabilities. Raises `Problem`, `OSError` and `Cancelled`.
    """
    says = Message("exchange.writing")
    job.progress(0, len(formats) + 1, says)
    drawn = figures(report, translate) if {"pdf", "html"} & set(formats) else {}
    written = []
    for number, kind in enumerate(formats, 1):
        job.progress(number, len(formats) + 1, says)
        match kind:
            case "pdf":
                data = to_pdf(report, drawn, pictures, translate, language)
            case "html":
                data = to_html(report, drawn, pictures, translate, language)
            case "json":
                data = to_json(report)
            case _:
                written += _tables(report, rows, classes, out)
                continue
        written.append(out.path / f"report.{kind}")
        out[f"report.{kind}"].write(data)
    return written


def to_json(report: Report) -> bytes:
    """Return everything in the report as indented JSON, for a program to read."""
    # Paths may hold bytes that are no text.
    plain = msgspec.to_builtins(report)
    return msgspec.json.format(msgspec.json.encode(_clean(plain)), indent=2)


def _clean(value: object) -> object:
    from engine.writing import to_printable

    if isinstance(value, str):
        return to_printable(value)
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _tables(
    report: Report, rows: Sequence[Row], classes: Sequence[str], out: OutputFolder
) -> list[Path]:
    out["counts.csv"].write_table(
        _COUNTS,
        (
            [
                formula_safe_text(row.id), row.group, str(row.n), _figure(row.share),
                *map(_figure, row.interval or (None, None)), _figure(row.per_100), str(row.predicted),
            ]
            for row in report.differential.rows
        ),
    )  # fmt: skip
    write_labels(out["images.csv"], rows, classes)
    return [out.path / name for name in _FILES["csv"]]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
