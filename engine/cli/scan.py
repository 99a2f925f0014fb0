"""`scan` command: a CSV of findings in a folder, most important first."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from engine.cli.folder_classes import add_folder_class_argument, say_unknown_folders
from engine.cli.model_run import InputFiles, ModelRun, add_model_arguments
from engine.cli.output_options import OutputKind
from engine.cli.progress import progress_job, say
from engine.cli.table_output import add_table_argument, table_output
from engine.csv_files import CsvWriter, message_cell
from engine.curate.finding import Finding, FindingKind
from engine.messages import Message, Param, Problem, render
from engine.output_recognisers import table_recogniser
from engine.text import formula_safe_path, formula_safe_text

_QUARANTINED_KINDS = tuple(kind for kind in FindingKind if kind.is_quarantined_by_default)
_COLUMNS = ["path", "kind", "score", "cluster", "action", "reason", "suggested_label"]


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "scan",
        help="find copies, faulty images and wrong labels in a folder",
        description="Write one row per finding, most important first. The action is remove, keep "
        "(one of a cluster of copies) or review. No file is moved without --quarantine.",
        allow_abbrev=False,
    )
    add_model_arguments(parser)
    add_table_argument(parser, "--quarantine")
    add_folder_class_argument(parser)
    parser.add_argument(
        "--kinds",
        metavar="KIND,…",
        type=_parse_kinds,
        help=f"only these kinds, also for --quarantine ({', '.join(FindingKind)})",
    )
    parser.add_output(
        "--quarantine",
        OutputKind.FOLDER,
        metavar="DIR",
        help="move files with action remove into a folder in DIR, with a manifest for `restore` "
        f"(default kinds: {', '.join(_QUARANTINED_KINDS)})",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Scan a folder, write the findings, and quarantine files if requested; raises `Problem` if it is empty."""
    from engine.curate.quarantine import check_quarantine_outside
    from engine.images.class_set import load_class_set

    model_run = ModelRun.open(args)
    files = model_run.scan(args.folder)
    out = table_output(
        args.out, table_recogniser(*_COLUMNS), InputFiles(model_run.source, files, [args.folder])
    )
    class_set = load_class_set(model_run.bundle.card.class_set)
    say_unknown_folders(model_run.source.root, files, class_set)
    if args.quarantine is not None and args.fields:
        raise Problem("quarantine.fields")
    if args.quarantine is not None and not Path(args.folder).is_dir():
        raise Problem("quarantine.no_folder", path=args.folder)
    if args.quarantine is not None:
        check_quarantine_outside(Path(args.quarantine), model_run.source.folders)
    with out.open() as stream:  # opened first, so that no scan is wasted
        findings = _find_findings(args, model_run, files)
        listed = [finding for finding in findings if not args.kinds or finding.kind in args.kinds]
        rows = CsvWriter(stream, _COLUMNS)
        for finding in listed:
            rows.write_row(_format_row(finding))
    images = {finding.path for finding in listed}
    params = {"findings": len(listed), "images": len(images), "of": len(files)}
    say(render(Message("scan.done", params)))
    if not args.kinds or any(FindingKind(kind).is_about_label for kind in args.kinds):
        _say_unchecked(model_run, files)
    return (
        _move_to_quarantine(args, model_run, findings, listed) if args.quarantine is not None else 0
    )


def _find_findings(
    args: argparse.Namespace, model_run: ModelRun, files: list[Any]
) -> list[Finding]:
    from engine.curate.scan_process import scan_in_process

    say(render(model_run.device.note))
    # In a child process, so that Ctrl-C ends the comparison of very many images at once.
    with progress_job("image") as job:
        path = Path(args.folder)
        return scan_in_process(
            job,
            path,
            files,
            model_run.bundle,
            model_run.device,
            cached=model_run.use_cache,
            fields=args.fields,
        )


def _say_unchecked(model_run: ModelRun, files: list[Any]) -> None:
    from engine.curate.model_contradictions import unchecked_labels
    from engine.images.class_set import load_class_set

    labels = [getattr(file, "label", None) for file in files]
    counts = Counter(label for label in labels if label is not None)
    card = model_run.bundle.card
    names = {cell.id: cell.name for cell in load_class_set(card.class_set).classes}
    if unchecked := unchecked_labels(counts, card.classes, names):
        say(render(unchecked))


def _move_to_quarantine(
    args: argparse.Namespace,
    model_run: ModelRun,
    findings: list[Finding],
    listed: list[Finding],
) -> int:
    from engine.curate.move_checks import collect_evidence
    from engine.curate.quarantine import move_files, reason_text

    kinds = args.kinds or _QUARANTINED_KINDS
    # All copies of an off-topic image are moved, with off-topic as the reason rather than duplicate.
    order = sorted(listed, key=lambda finding: finding.kind is not FindingKind.EXACT_DUPLICATE)
    chosen = {
        finding.path: str(finding.kind)
        for finding in order
        if finding.kind in kinds and finding.action == "remove" and not finding.is_label_conflict
    }
    conflicts = {
        finding.cluster for finding in listed if finding.kind in kinds and finding.is_label_conflict
    }
    if conflicts:
        say(render(Message("quarantine.conflicts", {"count": len(conflicts)})))
    if not chosen:
        say(render(Message("quarantine.nothing")))
        return 0
    with progress_job("file") as job:
        moved = move_files(
            job,
            model_run.source.root,
            chosen.items(),
            Path(args.quarantine),
            collect_evidence(findings),
        )
    if moved.moved_count:
        params: dict[str, Param] = {"count": moved.moved_count, "manifest": str(moved.manifest)}
        say(render(Message("quarantine.moved", params)))
    for path, error in moved.not_moved:
        say(render(Message("quarantine.stayed", {"path": path, "reason": reason_text(error)})))
    return 1 if moved.not_moved else 0


def _format_row(finding: Finding) -> list[str]:
    return [
        formula_safe_path(finding.path),
        finding.kind,
        f"{finding.score:.4f}",
        "" if finding.cluster is None else str(finding.cluster),
        finding.action,
        message_cell(finding.reason),
        formula_safe_text(finding.suggested_label or ""),
    ]


def _parse_kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not kinds:
        raise argparse.ArgumentTypeError(f"{text!r} names no kind")
    for kind in kinds:
        if kind not in set(FindingKind):
            raise argparse.ArgumentTypeError(f"there is no kind “{kind}”")
    return kinds
