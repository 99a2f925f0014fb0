"""`report`: what is in a folder, or in a project, as PDF, HTML, JSON and CSV."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.model_run import Engine, Results, add_arguments
from engine.cli.image_input import Opened, opened
from engine.cli.progress import progress_job, say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.classify.reading import Reading
    from engine.exchange.report.context import Context, Item, Paths
    from engine.exchange.report.report_data import Report

_FORMATS = ("pdf", "html", "json", "csv")


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "report",
        help="report on a folder or a project: differential count, evaluation, who reviewed what",
        description="Write report.pdf, report.html, report.json, counts.csv and images.csv. On a "
        "labelled folder, the model is also evaluated. FOLDER may be a project file "
        "(.bloodbench); its decisions then count.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    parser.add_argument(
        "--out", metavar="DIR", required=True, type=Path, help="the folder for the report"
    )
    parser.add_argument(
        "--count",
        metavar="N",
        type=_count_target,
        help="stop at N leukocytes, such as 100 (default: all)",
    )
    parser.add_argument(
        "--paths",
        choices=("relative", "ids"),
        default="relative",
        help="how images are named; with ids, no file or folder name appears",
    )
    parser.add_argument("--title", default="", help="title of the report")
    parser.add_argument(
        "--session",
        metavar="FIELD=TEXT",
        type=_session_field,
        action="append",
        default=[],
        help="specimen, operator, instrument, stain or a field of your own; repeatable",
    )
    parser.add_argument(
        "--robustness",
        metavar="N",
        type=int,
        default=0,
        help="also read N of the labelled images degraded in eleven ways (default: none)",
    )
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        action="append",
        help="write only this format; repeatable (default: all)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Report; a folder without images is a `Problem`."""
    from engine.classify.devices import choose
    from engine.classify.models import find
    from engine.exchange.report.builder import build, rows
    from engine.exchange.report.evaluation import output_classes
    from engine.exchange.report.training_overlap import mark_seen
    from engine.exchange.report.writer import report_folder, write_report
    from engine.images.class_set import load_class_set

    bundle = find(args.model)
    with opened(args.folder, load_class_set(bundle.card.class_set)) as given:
        if not given.found:
            raise Problem("report.nothing", folder=str(args.folder))
        formats = tuple(dict.fromkeys(args.format or _FORMATS))
        out = report_folder(args.out, formats)
        engine = Engine(given.source, bundle, choose(args.device), not args.no_cache)
        items, readings = _read(engine, given)
        records = {one.path: one for one in given.records}
        with progress_job("image") as job:
            items = mark_seen(job, engine.source, records, items, bundle, {})
        context = _make_context(args, engine, given)
        context = _add_robustness(engine, given, items, context, args.robustness)
        report = build(items, context)
        shown = _render_mistakes(engine, items, given, readings, report, args.paths)
        with progress_job("part") as job:
            write_report(
                job, report, rows(items, context), output_classes(context), shown, out, formats=formats,
            )  # fmt: skip
    say(render(Message("report.done", {"images": len(items), "folder": str(args.out)})))
    return 0


def _make_context(args: argparse.Namespace, engine: Engine, given: Opened) -> "Context":
    from dataclasses import replace

    from engine.exchange.report.project_context import context_of
    from engine.images.class_set import load_class_set

    card = engine.bundle.card
    context = context_of(card, load_class_set(card.class_set), given.project)
    return replace(
        context,
        title=args.title,
        folder=given.source.root.resolve().name,
        session={**context.session, **dict(args.session)},
        paths=args.paths,
        target=args.count,
    )


def _read(engine: Engine, given: Opened) -> tuple[list["Item"], dict[str, "Reading"]]:
    from engine.exchange.row_builder import digests
    from engine.exchange.report.context import Item
    from engine.images.record import ImageRecord
    from engine.project.decisions import Decision

    temperature = engine.bundle.card.calibration.temperature
    readings: dict[str, Reading] = {}

    def take(results: Results) -> None:
        readings.update(
            (record.path, result) for record, result in results if not isinstance(result, Message)
        )

    engine.read(given.records, take)
    with progress_job("file") as job:
        hashes = digests(job, engine.source, given.records)
    items = []
    for one in given.found:
        reading = readings.get(one.path)
        values = None if reading is None else reading.probabilities(temperature)
        label, split = (one.label, one.split) if isinstance(one, ImageRecord) else (None, None)
        decision = given.decisions.get(one.path) or Decision()
        items.append(Item(one.path, hashes.get(one.path, ""), label, split, values, decision))
    return items, readings


def _add_robustness(
    engine: Engine, given: Opened, items: Sequence["Item"], context: "Context", n: int
) -> "Context":
    from dataclasses import replace

    from engine.evaluate.robustness import scorecard
    from engine.exchange.report.evaluation import sample

    some = sample(items, context, n)
    if not some:
        return context
    records = {one.path: one for one in given.records}
    chosen = [(records[path], label) for path, label in some]
    with progress_job("part") as job:
        found = scorecard(job, engine.bundle, engine.source, chosen, context.merged)
    return replace(context, robustness=found)


def _render_mistakes(
    engine: Engine,
    items: Sequence["Item"],
    given: Opened,
    readings: dict[str, "Reading"],
    report: "Report",
    paths: "Paths",
) -> dict[str, tuple[bytes, bytes | None]]:
    from engine.exchange.report.context import shown
    from engine.exchange.report.previews import picture

    wanted = {one.image for one in report.evaluation.mistakes} if report.evaluation else set()
    records = {one.path: one for one in given.records}
    pictures = {}
    for item in items:
        name = shown(item, paths)
        if name in wanted and item.path in records:
            reading = readings.get(item.path)
            made = picture(engine.source, records[item.path], reading, engine.bundle.card)
            if made:
                pictures[name] = made
    return pictures


def _count_target(text: str) -> int | None:
    if text == "all":
        return None
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _session_field(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError("FIELD=TEXT is needed")
    return name.strip(), value.strip()
