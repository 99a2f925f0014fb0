"""Import details: every change of an import as a CSV table."""

from collections.abc import Iterable
from pathlib import Path

from engine.exchange.formats.import_plan import ImportPlan
from engine.messages import Message, render
from engine.output_recognisers import table_recogniser
from engine.outputs import Output
from engine.text import collapse_whitespace, formula_safe_path, formula_safe_text

_HEADER = ("what", "path", "field", "old", "new", "why")


def open_details(file: Path | str, inputs: Iterable[Path] = ()) -> Output:
    """Return the output for the table; `-` is standard output. Raises `Problem` and `OSError`."""
    return Output(file, table_recogniser(*_HEADER), inputs)


def write_details(out: Output, plan: ImportPlan) -> None:
    """Write every change, doubtful claim and unmatched claim as CSV; raises `Problem` and `OSError`."""
    rows = [
        [
            "change",
            formula_safe_path(change.path),
            change.field,
            formula_safe_text(change.old or ""),
            formula_safe_text(change.new or ""),
            "",
        ]
        for change in plan.changes
    ]
    rows += [
        ["doubt", formula_safe_path(path), "label", "", formula_safe_text(doubt.claim.label or ""),
         formula_safe_text(collapse_whitespace(f"{doubt.claim.location}: {render(doubt.reason)}"))]
        for doubt in plan.doubts
        for path in doubt.candidates or (doubt.claim.path,)
    ]  # fmt: skip
    rows += [
        [
            "missing",
            formula_safe_path(claim.path),
            "label",
            "",
            formula_safe_text(claim.label or ""),
            formula_safe_text(
                collapse_whitespace(f"{claim.location}: {render(Message('import.no_image'))}")
            ),
        ]
        for claim in plan.unmatched
    ]
    out.write_table(_HEADER, rows)
