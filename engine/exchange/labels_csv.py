"""The CSV of labels: one row an image, for spreadsheets and scripts, and back again."""

from collections.abc import Sequence
from pathlib import Path

from engine.exchange.rows import Row
from engine.writing import Table, open_whole, safe_path, safe_text

COLUMNS = (
    "path", "sha256", "label", "original_label", "predicted", "confidence", "status", "reason",
    "group", "split", "reviewer", "time", "model",
)  # fmt: skip


def write_labels(path: Path | str, rows: Sequence[Row], classes: Sequence[str]) -> None:
    """Write one row an image: `COLUMNS`, then `p_<class>` for each class, in their order.

    Cells that a spreadsheet would take for a formula are guarded (`engine.writing`). Raises `Problem`
    and `OSError`.
    """
    with open_whole(path) as stream:
        table = Table(stream, [*COLUMNS, *(f"p_{name}" for name in classes)])
        for row in rows:
            table.row(_cells(row, len(classes)))


def _cells(row: Row, classes: int) -> list[str]:
    shares = [f"{value:.6f}" for value in row.probabilities] or [""] * classes
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
        *shares,
    ]
