"""`report` command: report on a folder or a project, as PDF, HTML, JSON and CSV."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.cli.folder_classes import add_folder_class_argument, say_unknown_folders
from engine.cli.image_input import ImageInput, open_input
from engine.cli.model_run import ModelRun, add_model_arguments, prepare_bundle
from engine.cli.parser import image_count
from engine.cli.progress import progress_job, say
from engine.cli.project_input import add_decisions_argument, adopted_model, say_unused_decisions
from engine.cli.report_items import read_items
from engine.messages import Message, render
from engine.result_source import ResultSource

if TYPE_CHECKING:
    from engine.exchange.report.context import ReportContext, ReportImage

_FORMATS = ("pdf", "html", "json", "csv")


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "report",
        help="report on a folder or a project: differential count, evaluation, who reviewed what",
        description="Write report.pdf, report.html, report.json, counts.csv and images.csv. On a "
        "labelled folder, the model is also evaluated. The decisions of a project "
        "count. A report on the same images is replaced, another one is not.",
        allow_abbrev=False,
    )
    add_model_arguments(parser, project=True)
    add_decisions_argument(parser)
    add_folder_class_argument(parser)
    parser.add_result_folder("the folder for the report")
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
    parser.add_argument("--title", metavar="TEXT", default="", help="title of the report")
    parser.add_argument(
        "--session",
        metavar="FIELD=TEXT",
        type=_session_field,
        action="append",
        default=[],
        help="specimen, operator, instrument, stain, platelet_factor (platelets per µL for one per field) "
        "or a field of your own; repeatable",
    )
    parser.add_argument(
        "--robustness",
        metavar="N",
        type=image_count,
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
    """Write a report; raises `Problem` if the folder has no files."""
    from engine.classify.devices import choose_device
    from engine.classify.models import open_model
    from engine.exchange.report.builder import build_report, report_rows
    from engine.exchange.report.evaluation import output_classes
    from engine.exchange.report.previews import render_mistakes
    from engine.exchange.report.training_overlap import mark_seen
    from engine.exchange.report.writer import report_folder, write_report
    from engine.fields.field_source import holds_fields
    from engine.images.class_set import load_class_set

    own = None if args.model else adopted_model(args.folder, decisions=args.decisions)
    bundle = own or open_model(args.model)
    class_set = load_class_set(bundle.card.class_set)
    with open_input(
        args.folder,
        class_set,
        fields=args.fields,
        folder_classes=args.folder_classes,
        decisions=args.decisions,
    ) as image_input:
        say_unknown_folders(image_input.source.root, image_input.files, class_set)
        if dict(args.session).get("platelet_factor") and not holds_fields(image_input.source):
            say(render(Message("report.no_fields")))
        formats = tuple(dict.fromkeys(args.format or _FORMATS))
        source = ResultSource.of(image_input.origin)
        out = report_folder(args.out, formats, source=source)
        device = choose_device(args.device)
        bundle = own or prepare_bundle(args.model, device)
        model_run = ModelRun(image_input.source, bundle, device, not args.no_cache)
        items, readings = read_items(model_run, image_input)
        records = {record.path: record for record in image_input.records}
        with progress_job("image") as job:
            items = mark_seen(job, model_run.source, records, items, bundle, {})
        context = _make_context(args, model_run, image_input)
        context = _add_robustness(model_run, image_input, items, context, args.robustness)
        report = build_report(items, context)
        previews = render_mistakes(
            report, items, args.paths, model_run.source, records, readings.get, bundle.card
        )
        with progress_job("part") as job:
            write_report(
                job,
                report,
                report_rows(items, context),
                output_classes(context),
                previews,
                out,
                formats=formats,
            )
        if image_input.project is None:
            say_unused_decisions(image_input.source.root)
    say(render(Message("report.done", {"images": len(items), "folder": str(args.out)})))
    return 0


def _make_context(
    args: argparse.Namespace, model_run: ModelRun, image_input: ImageInput
) -> "ReportContext":
    from dataclasses import replace

    from engine.exchange.report.project_context import project_report_context
    from engine.fields.field_source import red_cells_of
    from engine.images.class_set import load_class_set

    card = model_run.bundle.card
    context = project_report_context(card, load_class_set(card.class_set), image_input.project)
    return replace(
        context,
        title=args.title,
        folder=image_input.source.root.resolve().name,
        session={**context.session, **dict(args.session)},
        paths=args.paths,
        target=args.count,
        red_cells=red_cells_of(image_input.source),
    )


def _add_robustness(
    model_run: ModelRun,
    image_input: ImageInput,
    items: Sequence["ReportImage"],
    context: "ReportContext",
    n: int,
) -> "ReportContext":
    from dataclasses import replace

    from engine.evaluate.robustness import measure_robustness
    from engine.exchange.report.evaluation import sample_labelled

    sampled = sample_labelled(items, context, n)
    if not sampled:
        if n:
            say(render(Message("report.no_robustness")))
        return context
    records = {record.path: record for record in image_input.records}
    images = [(records[path], label) for path, label in sampled]
    with progress_job("part") as job:
        robustness = measure_robustness(
            job, model_run.bundle, model_run.source, images, context.merged
        )
    return replace(context, robustness=robustness)


def _count_target(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number of at least 1, or all")
    return int(text)


def _session_field(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError("FIELD=TEXT is needed")
    return name.strip(), value.strip()
