"""`report`: what is in a folder, or in a project, as PDF, HTML, JSON and CSV."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.engine import Engine, Results, add_arguments
from engine.cli.progress import progress_job, say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.classify.reading import Reading
    from engine.exchange.report.build import Item
    from engine.images.record import BadFile, ImageRecord

_FORMATS = ("pdf", "html", "json", "csv")


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "report",
        help="report on a folder or a project: differential count, evaluation, who reviewed what",
        description="Write report.pdf, report.html, report.json, counts.csv and images.csv. In a "
        "labelled folder the model is evaluated on the labels as well.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    parser.add_argument(
        "--out", metavar="DIR", required=True, type=Path, help="the folder of the report"
    )
    parser.add_argument(
        "--count",
        metavar="N",
        type=_target,
        help="stop at N leukocytes, such as 100 (default: all)",
    )
    parser.add_argument(
        "--paths",
        choices=("relative", "ids"),
        default="relative",
        help="how images are named; with ids no name of a file or folder is said",
    )
    parser.add_argument("--title", default="", help="what stands above the report")
    parser.add_argument(
        "--session",
        metavar="FIELD=TEXT",
        type=_field,
        action="append",
        default=[],
        help="specimen, operator, instrument, stain or a field of your own; may be given again",
    )
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        action="append",
        help="only this; may be given again (default: all)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Report; a folder without images is a `Problem`."""
    from engine.exchange.report.build import Context, build, output_classes, rows
    from engine.exchange.report.write import write_report

    if args.out.exists() and not args.out.is_dir():
        raise Problem("write.not_a_folder", path=str(args.out))
    engine = Engine.open(args)
    found = engine.scan()
    if not found:
        raise Problem("report.nothing", folder=str(args.folder))
    args.out.mkdir(parents=True, exist_ok=True)
    items, readings = _read(engine, found)
    context = Context(
        card=engine.bundle.card,
        classes=_class_set(engine),
        title=args.title,
        folder=Path(args.folder).resolve().name,
        session=dict(args.session),
        paths=args.paths,
        target=args.count,
    )
    report = build(items, context)
    shown = _pictures(engine, items, found, readings, report, args.paths)
    with progress_job("part") as job:
        write_report(
            job, report, rows(items, context), output_classes(context), shown, args.out,
            formats=tuple(dict.fromkeys(args.format or _FORMATS)),
        )  # fmt: skip
    say(render(Message("report.done", {"images": len(items), "folder": str(args.out)})))
    return 0


def _read(
    engine: Engine, found: Sequence["ImageRecord | BadFile"]
) -> tuple[list["Item"], dict[str, "Reading"]]:
    from engine.exchange.report.build import Item
    from engine.images.record import ImageRecord

    records = [one for one in found if isinstance(one, ImageRecord)]
    temperature = engine.bundle.card.calibration.temperature
    readings: dict[str, Reading] = {}

    def take(results: Results) -> None:
        readings.update(
            (record.path, result) for record, result in results if not isinstance(result, Message)
        )

    engine.read(records, take)
    hashes = _hashes(engine, [record for record in records if record.path in readings])
    items = []
    for one in found:
        reading = readings.get(one.path)
        values = None if reading is None else reading.probabilities(temperature)
        label, split = (one.label, one.split) if isinstance(one, ImageRecord) else (None, None)
        items.append(Item(one.path, hashes.get(one.path, ""), label, split, values))
    return items, readings


def _hashes(engine: Engine, records: Sequence["ImageRecord"]) -> dict[str, str]:
    found = {}
    with progress_job("file") as job:
        for number, record in enumerate(records):
            job.progress(number, len(records), Message("exchange.hashing"))
            try:
                found[record.path] = engine.source.digest(record)
            except Problem:
                continue  # It changed since it was read; its reading stands, its identity does not.
    return found


def _pictures(
    engine: Engine,
    items: Sequence["Item"],
    found: Sequence["ImageRecord | BadFile"],
    readings: dict[str, "Reading"],
    report: Any,
    paths: Any,
) -> dict[str, tuple[bytes, bytes | None]]:
    from engine.exchange.report.build import shown
    from engine.exchange.report.pictures import picture
    from engine.images.record import ImageRecord

    wanted = {one.image for one in report.evaluation.mistakes} if report.evaluation else set()
    records = {one.path: one for one in found if isinstance(one, ImageRecord)}
    pictures = {}
    for item in items:
        name = shown(item, paths)
        if name in wanted and item.path in records:
            made = picture(engine.source, records[item.path], readings.get(item.path))
            if made:
                pictures[name] = made
    return pictures


def _class_set(engine: Engine) -> Any:
    from engine.images.classes import load_class_set

    return load_class_set(engine.bundle.card.class_set)


def _target(text: str) -> int | None:
    if text == "all":
        return None
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _field(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError("FIELD=TEXT is needed")
    return name.strip(), value.strip()
