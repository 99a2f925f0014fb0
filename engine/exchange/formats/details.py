"""What an import would do, line by line, as a table for a person."""

from collections.abc import Iterable
from pathlib import Path

from engine.exchange.formats.plan import Plan
from engine.messages import Message, render
from engine.outputs import Output, table
from engine.writing import one_line, safe_path, safe_text

_HEADER = ("what", "path", "field", "old", "new", "why")


def details_output(file: Path | str, inputs: Iterable[Path] = ()) -> Output:
    """Return the table to write; `-` is standard output. Raises `Problem` and `OSError`."""
    return Output(file, table(*_HEADER), inputs)


def write_details(out: Output, found: Plan) -> None:
    """Write every change, doubt and missing image as CSV; raises `Problem` and `OSError`."""
    rows = [
        [
            "change",
            safe_path(one.path),
            one.field,
            safe_text(one.old or ""),
            safe_text(one.new or ""),
            "",
        ]
        for one in found.changes
    ]
    rows += [
        ["doubt", safe_path(path), "label", "", safe_text(doubt.claim.label or ""),
         safe_text(one_line(f"{doubt.claim.where}: {render(doubt.reason)}"))]
        for doubt in found.doubts
        for path in doubt.candidates or (doubt.claim.path,)
    ]  # fmt: skip
    rows += [
        [
            "missing",
            safe_path(one.path),
            "label",
            "",
            safe_text(one.label or ""),
            safe_text(one_line(f"{one.where}: {render(Message('import.no_image'))}")),
        ]
        for one in found.missing
    ]
    out.table(_HEADER, rows)
