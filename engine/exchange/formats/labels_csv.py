"""The CSV of labels: one row an image, for spreadsheets and scripts, and back again."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.exchange.formats.claims import Claim, Claims, split_of
from engine.exchange.formats.reading import is_sha256, read_text, relative, shown
from engine.exchange.rows import Row
from engine.messages import Problem
from engine.outputs import Output, table_beginning
from engine.writing import Table, one_line, plain_path, plain_text, safe_path, safe_text

COLUMNS = (
    "path", "sha256", "label", "original_label", "predicted", "confidence", "status", "reason",
    "group", "split", "reviewer", "time", "model", "note", "learned_from",
)  # fmt: skip

_PATH = ("path", "file_name", "filename", "file", "image", "image_path")
_LABEL = ("label", "class", "category", "cell_type")
_DELIMITERS = ",;\t"


KNOWN = table_beginning(*COLUMNS[:-1])
"""What an earlier table of labels is known by."""


def write_labels(out: Output, rows: Sequence[Row], classes: Sequence[str]) -> None:
    """Write one row an image: `COLUMNS`, then `p_<class>` for each class, in their order.

    Cells that a spreadsheet would take for a formula are guarded (`engine.writing`). Raises `Problem`
    and `OSError`.
    """
    with out.open() as stream:
        table = Table(stream, [*COLUMNS, *(f"p_{name}" for name in classes)])
        for row in rows:
            table.row(_cells(row, len(classes)))


def _cells(row: Row, classes: int) -> list[str]:
    shares = [f"{value:.6f}" for value in row.probabilities[:classes]] or [""] * classes
    return [
        safe_path(row.path),
        row.sha256,
        safe_text(row.label or ""),
        safe_text(row.original or ""),
        safe_text(row.predicted or ""),
        "" if row.confidence is None else f"{row.confidence:.6f}",
        row.status,
        safe_text(row.reason),
        safe_text(row.group),
        row.split or "",
        safe_text(row.reviewer),
        row.time,
        row.model,
        safe_text(one_line(row.note)),
        "" if row.seen is None else "yes" if row.seen else "no",
        *shares,
    ]


def read_labels(path: Path) -> Claims:
    """Read our own CSV, or any with a column of paths (or `sha256`) and one of labels.

    Commas, semicolons and tabs part cells. A row that names no image is passed over. Raises `Problem`
    (`import.*`).
    """
    text = read_text(path)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        columns = [name.strip().casefold() for name in next(rows, [])]
        return Claims(tuple(_claims(path, rows, columns)), _order(columns))
    except csv.Error as error:
        raise Problem("import.damaged", name=shown(path)) from error


def _claims(path: Path, rows: Any, columns: list[str]) -> list[Claim]:
    def column(names: Sequence[str]) -> int | None:
        return next((columns.index(name) for name in names if name in columns), None)

    at = {
        "path": column(_PATH), "sha256": column(("sha256",)), "label": column(_LABEL),
        "status": column(("status",)), "reason": column(("reason",)), "split": column(("split",)),
    }  # fmt: skip
    if at["label"] is None or (at["path"] is None and at["sha256"] is None):
        raise Problem("import.no_columns", name=shown(path))
    claims = []
    for row in rows:
        cells = {
            name: row[place] if place is not None and place < len(row) else ""
            for name, place in at.items()
        }
        named, sha256 = plain_path(cells["path"]), cells["sha256"].strip().lower()
        plain = relative(named) or ""
        sha256 = sha256 if is_sha256(sha256) else ""
        if not (plain or sha256):
            continue
        claims.append(
            Claim(
                path=plain,
                sha256=sha256,
                label=plain_text(cells["label"]) or None,
                where=f"{shown(path)}:{rows.line_num}",
                not_classed=cells["status"] == "not_classed",
                removed=plain_text(cells["reason"]) if cells["status"] == "removed" else None,
                split=split_of(cells["split"]),
            )
        )
    return claims


def _order(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[2:] for name in columns if name.startswith("p_"))
