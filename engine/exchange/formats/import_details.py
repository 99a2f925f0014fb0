"""What an import would do, line by line, as a table for a person."""

from collections.abc import Iterable
from pathlib import Path

from engine.exchange.formats.import_plan import Plan
from engine.messages import Message, render
from engine.outputs import Output, table_recogniser
from engine.writing import collapse_whitespace, formula_safe_path, formula_safe_text

_HEADER = ("what", "path", "field", "old", "new", "why")


def details_output(file: Path | str, inputs: Iterable[Path] = ()) -> Output:
    """Return the table to write; `-` is standard output. Raises `Problem` and `OSError`."""
    return Output(file, table_recogniser(*_HEADER), inputs)


def write_details(out: Output, found: Plan) -> None:
    """Write every change, doubt and missing image as CSV; raises `Problem` and `OSError`."""
    rows = [
        [
            "change",
            formula_safe_path(one.path),
            one.field,
            formula_safe_text(one.old or ""),
            formula_safe_text(one.new or ""),
            "",
        ]
        for one in found.changes
    ]
    rows += [
        ["doubt", formula_safe_path(path), "label", "", formula_safe_text(doubt.claim.label or ""),
         formula_safe_text(collapse_whitespace(f"{doubt.claim.where}: {render(doubt.reason)}"))]
        for doubt in found.doubts
        for path in doubt.candidates or (doubt.claim.path,)
    ]  # fmt: skip
    rows += [
        [
            "missing",
            formula_safe_path(one.path),
            "label",
            "",
            formula_safe_text(one.label or ""),
            formula_safe_text(
                collapse_whitespace(f"{one.where}: {render(Message('import.no_image'))}")
            ),
        ]
        for one in found.missing
    ]
    out.write_table(_HEADER, rows)
