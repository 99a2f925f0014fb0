"""What an import would do, line by line, as a table for a person."""

from pathlib import Path

from engine.exchange.formats.plan import Plan
from engine.messages import render
from engine.writing import one_line, safe_path, safe_text, write_table


def write_details(file: Path, found: Plan) -> None:
    """Write every change, doubt and missing image as CSV; `-` is standard output. Raises OSError."""
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
            safe_text(one.where),
        ]
        for one in found.missing
    ]
    head = ["what", "path", "field", "old", "new", "why"]
    write_table(file, head, rows)
