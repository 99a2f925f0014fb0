"""Labels CSV: one row an image, for spreadsheets and scripts, written and read."""

from collections.abc import Sequence
from pathlib import Path

from engine.csv_files import CsvWriter
from engine.exchange.export_row import ExportRow
from engine.exchange.formats.claims import LabelClaim, LabelClaims, parse_split, parse_tags
from engine.exchange.formats.dataset_format import DatasetFormat, ExportRequest, LeftOut
from engine.exchange.formats.label_tables import (
    LABEL_COLUMNS,
    PATH_COLUMNS,
    find_column,
    missing_columns_problem,
    read_table,
)
from engine.exchange.formats.untrusted_files import claimed_path, is_sha256
from engine.jobs import Job
from engine.output_recognisers import table_prefix_recogniser
from engine.outputs import Output
from engine.project.tags import join_tags
from engine.text import (
    collapse_whitespace,
    formula_safe_path,
    formula_safe_text,
    original_path,
    original_text,
)

COLUMNS = (
    "path", "sha256", "label", "original_label", "predicted", "confidence", "status", "reason",
    "group", "split", "reviewer", "time", "model", "note", "learned_from",
    "unknown", "tags",
)  # fmt: skip


_SUFFIXES = (".csv", ".tsv", ".txt")

LABELS_TABLE_SIGNATURE = table_prefix_recogniser(*COLUMNS[: COLUMNS.index("note") + 1])
"""Recogniser of a labels CSV written by any version of this program."""


class LabelsCsv(DatasetFormat):
    """One CSV with a row for every image, labelled or not."""

    id = "csv"
    suffix = ".csv"
    takes_unlabelled = True

    def write(self, job: Job, request: ExportRequest) -> list[LeftOut]:
        """Write the table without probabilities."""
        write_labels(Output(request.out), [row for _, row in request.images], ())
        return []

    def read_file(self, job: Job, path: Path, order: Sequence[str]) -> LabelClaims | None:
        """Return the claims of a `.csv`, `.tsv` or `.txt` file."""
        return read_labels(path) if path.suffix.lower() in _SUFFIXES else None


def write_labels(out: Output, rows: Sequence[ExportRow], classes: Sequence[str]) -> None:
    """Write one row an image: `COLUMNS`, then `p_<class>` for each class in order.

    Cells that a spreadsheet would take for a formula are escaped (`engine.text`). Raises `Problem`
    and `OSError`.
    """
    with out.open() as stream:
        table = CsvWriter(stream, [*COLUMNS, *(f"p_{name}" for name in classes)])
        for row in rows:
            table.write_row(_cells(row, len(classes)))


def _cells(row: ExportRow, classes: int) -> list[str]:
    shares = [f"{value:.6f}" for value in row.probabilities[:classes]] or [""] * classes
    return [
        formula_safe_path(row.path),
        row.sha256,
        formula_safe_text(row.label or ""),
        formula_safe_text(row.original or ""),
        formula_safe_text(row.predicted or ""),
        "" if row.confidence is None else f"{row.confidence:.6f}",
        row.status,
        formula_safe_text(row.reason),
        formula_safe_text(row.group),
        row.split or "",
        formula_safe_text(row.reviewer),
        row.time,
        row.model,
        formula_safe_text(collapse_whitespace(row.note)),
        "" if row.seen is None else "yes" if row.seen else "no",
        "" if row.unknown_ratio is None else f"{row.unknown_ratio:.3f}",
        formula_safe_text(join_tags(row.tags)),
        *shares,
    ]


def read_labels(path: Path) -> LabelClaims:
    """Read our own CSV, or any with a column of paths (or `sha256`) and a column of labels.

    Rows that name no image are skipped. Raises `Problem` (`import.*`).
    """
    columns, rows = read_table(path)
    path_column = find_column(columns, PATH_COLUMNS)
    label_column = find_column(columns, LABEL_COLUMNS)
    if label_column is None or (path_column is None and "sha256" not in columns):
        raise missing_columns_problem(path, columns)
    claims = []
    for row in rows:
        sha256 = row.get("sha256").strip().lower()
        sha256 = sha256 if is_sha256(sha256) else ""
        image_path = claimed_path(original_path(row.get(path_column)))
        if not (image_path or sha256):
            continue
        status = row.get("status")
        tags, tag_problem = parse_tags(original_text(row.get("tags")))
        claims.append(
            LabelClaim(
                path=image_path,
                sha256=sha256,
                label=original_text(row.get(label_column)) or None,
                location=row.location,
                not_classed=status == "not_classed",
                removed=original_text(row.get("reason")) if status == "removed" else None,
                split=parse_split(row.get("split")),
                tags=tags,
                tag_problem=tag_problem,
            )
        )
    return LabelClaims(tuple(claims), _class_order(columns))


def _class_order(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[2:] for name in columns if name.startswith("p_"))
