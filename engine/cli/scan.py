"""`scan`: what does not belong in a folder, one row a finding, most important first."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.model_run import Engine, Inputs, add_arguments
from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, Problem, render
from engine.outputs import Output, table_recogniser
from engine.writing import CsvWriter, collapse_whitespace, formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.curate.finding import Finding

_KINDS = (
    "unreadable",
    "exact_duplicate",
    "near_duplicate",
    "off_topic",
    "unusual",
    "quality",
    "suspect_label",
    "split_leak",
)
_QUARANTINE_KINDS = ("unreadable", "off_topic", "exact_duplicate")
_COLUMNS = ["path", "kind", "score", "cluster", "action", "reason", "suggested_label"]


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "scan",
        help="find copies, faulty images and wrong labels in a folder",
        description="Write one row per finding, most important first. The action is remove, keep "
        "(one of a cluster of copies) or review. No file is moved without --quarantine.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    parser.add_argument(
        "--out", metavar="FILE", required=True, help="the CSV (UTF-8); - is standard output"
    )
    parser.add_argument(
        "--kinds",
        metavar="KIND,…",
        type=_parse_kinds,
        help=f"only these kinds, also for --quarantine ({', '.join(_KINDS)})",
    )
    parser.add_argument(
        "--quarantine",
        metavar="DIR",
        help="move files with action remove into a folder in DIR, with a manifest for `restore` "
        f"(default kinds: {', '.join(_QUARANTINE_KINDS)})",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Scan, write the table, and move what was asked for; an empty folder is a `Problem`."""
    engine = Engine.open(args)
    found = engine.scan()
    if not found:
        raise Problem("classify.empty", folder=args.folder)
    out = Output(args.out, table_recogniser(*_COLUMNS), Inputs(engine.source, found, [args.folder]))
    if args.quarantine is not None and not Path(args.folder).is_dir():
        raise Problem("quarantine.no_folder", path=args.folder)
    with out.open() as stream:  # first, so that no scan is for nothing
        findings = _find_findings(args, engine, found)
        listed = [one for one in findings if not args.kinds or one.kind in args.kinds]
        rows = CsvWriter(stream, _COLUMNS)
        for one in listed:
            rows.write_row(_format_row(one))
    says = {"findings": len(listed), "images": len({one.path for one in listed}), "of": len(found)}
    say(render(Message("scan.done", says)))
    return _move_to_quarantine(args, engine, findings, listed) if args.quarantine is not None else 0


def _find_findings(args: argparse.Namespace, engine: Engine, found: list[Any]) -> list["Finding"]:
    from engine.curate.scan_process import scan_in_process

    say(render(engine.device.note))
    # Apart, so that Ctrl-C ends a comparison of very many images at once, as it does in the window.
    with progress_job("image") as job:
        path = Path(args.folder)
        return scan_in_process(
            job, path, found, engine.bundle, engine.device, cached=engine.cache_entries
        )


def _move_to_quarantine(
    args: argparse.Namespace, engine: Engine, findings: list["Finding"], listed: list["Finding"]
) -> int:
    from engine.curate.quarantine import move_files, reason_text
    from engine.curate.move_checks import collect_evidence

    kinds = args.kinds or _QUARANTINE_KINDS
    # Of a picture that is off-topic all copies go, so that is the reason, and not that it is a copy.
    order = sorted(listed, key=lambda one: one.kind != "exact_duplicate")
    chosen = {
        one.path: str(one.kind)
        for one in order
        if one.kind in kinds and one.action == "remove" and not one.is_label_conflict
    }
    conflicts = {one.cluster for one in listed if one.kind in kinds and one.is_label_conflict}
    if conflicts:
        say(render(Message("quarantine.conflicts", {"count": len(conflicts)})))
    with progress_job("file") as job:
        moved = move_files(
            job,
            engine.source.root,
            chosen.items(),
            Path(args.quarantine),
            collect_evidence(findings),
        )
    says: dict[str, Param] = {"count": moved.moved_count, "manifest": str(moved.manifest)}
    say(render(Message("quarantine.moved", says)))
    for path, why in moved.stayed:
        say(render(Message("quarantine.stayed", {"path": path, "reason": reason_text(why)})))
    return 1 if moved.stayed else 0


def _format_row(one: "Finding") -> list[str]:
    return [
        formula_safe_path(one.path),
        one.kind,
        f"{one.score:.4f}",
        "" if one.cluster is None else str(one.cluster),
        one.action,
        formula_safe_text(collapse_whitespace(render(one.reason))),
        formula_safe_text(one.suggested_label or ""),
    ]


def _parse_kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for one in kinds:
        if one not in _KINDS:
            raise argparse.ArgumentTypeError(f"there is no kind “{one}”")
    return kinds
