"""Export of competency tests: one row per cell as CSV, or tests with scores and cells as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from engine.competency.certificate import CREATOR
from engine.competency.record import CompetencyTest, DrawnCell
from engine.competency.score import score_cells
from engine.output_recognisers import (
    Recogniser,
    json_recogniser,
    marked_recogniser,
    table_recogniser,
)
from engine.outputs import Output
from engine.text import formula_safe_path, formula_safe_text, to_printable_values

COLUMNS = (
    "person", "test", "started", "ended", "folder", "basis", "author", "limit_s", "used_s",
    "place", "file", "content", "truth", "answer", "correct", "answered", "absent",
)  # fmt: skip
_RECOGNISERS: dict[str, Recogniser] = {
    ".csv": table_recogniser(*COLUMNS),
    ".json": json_recogniser("format", "software", "tests"),
    ".pdf": marked_recogniser(b"%PDF-", f"/Creator ({CREATOR})".encode()),
}

TakenTest = tuple[CompetencyTest, Sequence[DrawnCell]]
"""A test and its cells."""


def export_file(path: Path) -> Output:
    """Return the output of an export; an earlier export of the same kind is replaced.

    Raises `Problem` and `OSError`, also for a name that does not end in .csv, .json or .pdf.
    """
    return Output(path, _RECOGNISERS.get(path.suffix.lower()))


def export_csv(tests: Sequence[TakenTest], out: Output) -> None:
    """Write one row per cell; raises `Problem` and `OSError`."""
    out.write_table(COLUMNS, (_row(test, cell) for test, cells in tests for cell in cells))


def export_json(tests: Sequence[TakenTest], out: Output) -> None:
    """Write tests with their scores and cells; raises `Problem` and `OSError`."""
    content = {
        "format": 1,
        "software": "Bloodbench",
        "tests": [_plain(test, cells) for test, cells in tests],
    }
    out.write(msgspec.json.format(msgspec.json.encode(content), indent=2))


def _row(test: CompetencyTest, cell: DrawnCell) -> list[str]:
    return [
        formula_safe_text(test.person), test.id, test.started, test.ended,
        formula_safe_text(test.folder), test.basis, formula_safe_text(test.author),
        "" if test.limit_s is None else str(test.limit_s), f"{test.used_s:.0f}",
        str(cell.place + 1), formula_safe_path(cell.path), cell.content,
        formula_safe_text(cell.truth), formula_safe_text(cell.answer or ""),
        "yes" if cell.answer == cell.truth else "no", cell.answered,
        "yes" if cell.is_absent else "no",
    ]  # fmt: skip


def _plain(test: CompetencyTest, cells: Sequence[DrawnCell]) -> Any:
    score = score_cells(cells)
    plain = msgspec.to_builtins(test)
    plain["score"] = {
        "cells": score.overall.n,
        "correct": score.overall.agreed,
        "share": score.overall.share,
        "interval": score.overall.interval,
        "kappa": score.overall.kappa,
        "kappa_interval": score.overall.kappa_interval,
        "unanswered": score.unanswered,
        "absent": score.absent,
        "classes": msgspec.to_builtins(score.classes),
    }
    plain["cells"] = msgspec.to_builtins(list(cells))
    return to_printable_values(plain)
