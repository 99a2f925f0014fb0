"""The CSV of labels: one row an image, for spreadsheets and scripts, and back again."""

from collections.abc import Sequence
from pathlib import Path

from engine.exchange.export_row import Row
from engine.exchange.formats.claims import Claim, Claims, split_of
from engine.exchange.formats.label_tables import LABELS, PATHS, column, no_columns, read_table
from engine.exchange.formats.untrusted_files import as_written, is_sha256
from engine.outputs import Output, table_prefix_recogniser
from engine.writing import (
    CsvWriter,
    collapse_whitespace,
    formula_safe_path,
    formula_safe_text,
    original_path,
    original_text,
)

COLUMNS = (
    "path", "sha256", "label", "original_label", "predicted", "confidence", "status", "reason",
    "group", "split", "reviewer", "time", "model", "note", "learned_from",
)  # fmt: skip


KNOWN = table_prefix_recogniser(*COLUMNS[:-1])
"""What an earlier table of labels is known by."""


def write_labels(out: Output, rows: Sequence[Row], classes: Sequence[str]) -> None:
    """Write one row an image: `COLUMNS`, then `p_<class>` for each class, in their order.

    Cells that a spreadsheet would take for a formula are guarded (`engine.writing`). Raises `Problem`
    and `OSError`.
    """
    with out.open() as stream:
        table = CsvWriter(stream, [*COLUMNS, *(f"p_{name}" for name in classes)])
        for row in rows:
            table.write_row(_cells(row, len(classes)))


def _cells(row: Row, classes: int) -> list[str]:
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
        *shares,
    ]


def read_labels(path: Path) -> Claims:
    """Read our own CSV, or any with a column of paths (or `sha256`) and one of labels.

    A row that names no image is passed over. Raises `Problem` (`import.*`).
    """
    columns, rows = read_table(path)
    named, label = column(columns, PATHS), column(columns, LABELS)
    if label is None or (named is None and "sha256" not in columns):
        raise no_columns(path, columns)
    claims = []
    for row in rows:
        sha256 = row.get("sha256").strip().lower()
        sha256 = sha256 if is_sha256(sha256) else ""
        place = as_written(original_path(row.get(named)))
        if not (place or sha256):
            continue
        status = row.get("status")
        claims.append(
            Claim(
                path=place,
                sha256=sha256,
                label=original_text(row.get(label)) or None,
                where=row.where,
                not_classed=status == "not_classed",
                removed=original_text(row.get("reason")) if status == "removed" else None,
                split=split_of(row.get("split")),
            )
        )
    return Claims(tuple(claims), _order(columns))


def _order(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[2:] for name in columns if name.startswith("p_"))
