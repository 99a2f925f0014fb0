"""Report files in a folder."""

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from engine.damaged_data import DamagedData, decoding
from engine.evaluate.figure_style import Translate
from engine.exchange.export_row import ExportRow
from engine.exchange.formats.labels_csv import LABELS_TABLE_SIGNATURE, write_labels
from engine.exchange.report.blocks import ImagePreviews
from engine.exchange.report.html import to_html
from engine.exchange.report.pdf import to_pdf
from engine.exchange.report.report_data import CREATOR, Report
from engine.exchange.report.report_figures import draw_figures
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.output_folder import OutputFolder
from engine.output_recognisers import json_recogniser, marked_recogniser, table_recogniser
from engine.outputs import read_earlier_result
from engine.result_source import ResultSource, has_source_note
from engine.text import formula_safe_text, to_printable_values

REPORT_FORMATS = ("pdf", "html", "json", "csv")

_COUNTS_COLUMNS = (
    "class",
    "group",
    "n",
    "share",
    "low",
    "high",
    "per_100_leukocytes",
    "model_alone",
)
_RECOGNISERS = {
    "pdf": {"report.pdf": marked_recogniser(b"%PDF-", f"/Creator ({CREATOR})".encode())},
    "html": {"report.html": marked_recogniser(b"<!doctype html>", f'content="{CREATOR}"'.encode())},
    "json": {"report.json": json_recogniser("title", "created", "software", "session", "model")},
    "csv": {"counts.csv": table_recogniser(*_COUNTS_COLUMNS), "images.csv": LABELS_TABLE_SIGNATURE},
}


class _EarlierData(msgspec.Struct):
    name: str


class _EarlierReport(msgspec.Struct):
    data: _EarlierData


def report_folder(
    out: Path,
    formats: Sequence[str] = REPORT_FORMATS,
    inputs: Iterable[Path] = (),
    source: ResultSource | None = None,
) -> OutputFolder:
    """Return the folder of a report; earlier report files in it are replaced if they are of this `source`.

    Raises `Problem` and `OSError`.
    """
    files = {
        name: recogniser for kind in formats for name, recogniser in _RECOGNISERS[kind].items()
    }
    # A report of an earlier version, or from another computer: only the name tells whose it is.
    if (
        source
        and not has_source_note(out)
        and (name := _earlier_name(out)) not in ("", source.name)
    ):
        raise Problem("write.other_source", path=str(out), name=name)
    related = [name for named in _RECOGNISERS.values() for name in named]
    return OutputFolder(out, files, inputs, source, related)


def _earlier_name(out: Path) -> str:
    """Return the name of the images of an earlier report; an empty one without such a report."""
    with contextlib.suppress(OSError, DamagedData), decoding():
        report = read_earlier_result(out / "report.json")
        return msgspec.json.decode(report, type=_EarlierReport).data.name
    return ""


def write_report(
    job: Job,
    report: Report,
    rows: Sequence[ExportRow],
    classes: Sequence[str],
    pictures: ImagePreviews,
    out: OutputFolder,
    *,
    formats: Sequence[str] = REPORT_FORMATS,
    translate: Translate = str,
    language: str = "en",
) -> list[Path]:
    """Write `report.pdf`, `.html`, `.json`, `counts.csv` and `images.csv`, each completely or not at all.

    `classes` is the order of the rows' probabilities. Raises `Problem`, `OSError` and `Cancelled`.
    """
    message = Message("exchange.writing")
    job.progress(0, len(formats) + 1, message)
    drawn = draw_figures(report, translate) if {"pdf", "html"} & set(formats) else {}
    written = []
    for number, kind in enumerate(formats, 1):
        job.progress(number, len(formats) + 1, message)
        match kind:
            case "pdf":
                data = to_pdf(report, drawn, pictures, translate, language)
            case "html":
                data = to_html(report, drawn, pictures, translate, language)
            case "json":
                data = to_json(report)
            case _:
                written += _write_tables(report, rows, classes, out)
                continue
        written.append(out.path / f"report.{kind}")
        out[f"report.{kind}"].write(data)
    return written


def to_json(report: Report) -> bytes:
    """Return the report as indented JSON."""
    # Paths may contain bytes that are not valid text.
    plain = msgspec.to_builtins(report)
    return msgspec.json.format(msgspec.json.encode(to_printable_values(plain)), indent=2)


def _write_tables(
    report: Report, rows: Sequence[ExportRow], classes: Sequence[str], out: OutputFolder
) -> list[Path]:
    out["counts.csv"].write_table(
        _COUNTS_COLUMNS,
        (
            [
                formula_safe_text(row.id), row.group, str(row.n), _number(row.share),
                *map(_number, row.interval or (None, None)), _number(row.per_100), str(row.predicted),
            ]
            for row in report.differential.rows
        ),
    )  # fmt: skip
    write_labels(out["images.csv"], rows, classes)
    return [out.path / name for name in _RECOGNISERS["csv"]]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
