"""`export` and `import` commands: labelled images in formats of other programs."""

import argparse
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.folder_classes import add_folder_class_argument, say_unknown_folders
from engine.cli.image_input import ImageInput, open_input
from engine.cli.model_run import InputFiles, ModelRun, Results, prepare_bundle
from engine.cli.output_options import OutputKind
from engine.cli.progress import progress_job, say
from engine.cli.project_input import (
    add_decisions_argument,
    login_name,
    say_unused_decisions,
)
from engine.cli.registry_choices import RegistryChoices
from engine.messages import Message, Problem, render
from engine.outputs import STDOUT

if TYPE_CHECKING:
    from engine.exchange.formats.dataset_format import DatasetFormat, ExportImage

_DEFAULT_EDGE = 96


def _format_ids() -> Collection[str]:
    from engine.exchange.formats.registry import FORMATS

    return FORMATS


def _format(format_id: str) -> "DatasetFormat":
    from engine.exchange.formats.registry import FORMATS

    return FORMATS[format_id]


def add_command(commands: Any) -> None:
    """Add both commands and their arguments."""
    parser = commands.add_parser(
        "export",
        help="export labelled images for other programs",
        description="Export the images that have a label: folder (split/class/file), hf-csv and "
        "hf-jsonl (Hugging Face imagefolder), fiftyone, labelme (flags, also "
        "X-AnyLabeling), npz (data and labels), medmnist (npz with splits). csv has no images but "
        "a row for every image, with or without a label: labels, predictions, who decided and when.",
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="FOLDER|PROJECT", help="images, or a .bloodbench file")
    add_decisions_argument(parser)
    add_folder_class_argument(parser)
    parser.add_argument(
        "--as",
        dest="kind",
        metavar="FORMAT",
        choices=RegistryChoices(_format_ids),
        required=True,
        help="the format: %(choices)s",
    )
    parser.add_output(
        "--out",
        OutputKind.FILE,
        metavar="PATH",
        type=Path,
        required=True,
        help="a new file for npz, medmnist and csv, else a new or empty folder outside FOLDER; - is standard "
        "output, for csv only",
    )
    parser.add_argument(
        "--size",
        metavar="N",
        type=_image_edge,
        help=f"edge of the images in npz and medmnist in pixels (default: {_DEFAULT_EDGE})",
    )
    parser.add_argument(
        "--paths",
        choices=("relative", "ids"),
        default="relative",
        help="how images are named; ids are derived from content",
    )
    parser.add_check(
        lambda args: (
            f"--out - is for csv; {args.kind} needs the name of a new file or folder"
            if str(args.out) == STDOUT and args.kind != "csv"
            else None
        )
    )
    parser.add_check(
        lambda args: (
            f"--size is for npz and medmnist; {args.kind} keeps images as they are"
            if args.size and not _format(args.kind).resizes_images
            else None
        )
    )
    parser.set_defaults(run=run_export)

    parser = commands.add_parser(
        "import",
        help="import labels into a project",
        description="Match labels with the project's images by content or exact relative path, and "
        "show what would change; with --apply, make the changes as one edit.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "project",
        metavar="FOLDER|PROJECT",
        help="a .bloodbench file, or the folder of images whose project is used",
    )
    parser.add_argument(
        "labels", metavar="LABELS", type=Path, help="a CSV, npz, folder or zipped folder"
    )
    parser.add_argument("--apply", action="store_true", help="change the project")
    parser.add_argument(
        "--who",
        metavar="NAME",
        default="",
        help="name of the reviewer, with --apply (default: your login)",
    )
    parser.add_output(
        "--details",
        OutputKind.FILE,
        metavar="FILE",
        help="write a CSV of every change and every doubtful entry; - is standard output",
    )
    parser.set_defaults(run=run_import)


def _image_edge(text: str) -> int:
    if not text.isdecimal() or not 8 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError("from 8 to 1024 pixels")
    return int(text)


def run_export(args: argparse.Namespace) -> int:
    """Export labelled images; raises `Problem` if no image has a label."""
    from dataclasses import replace

    from engine.exchange.formats.dataset_writer import check_export_place, write_dataset
    from engine.exchange.row_builder import count_label_conflicts, hash_contents, labelled_rows
    from engine.images.class_set import load_class_set

    classes = load_class_set()
    with open_input(
        args.folder, classes, folder_classes=args.folder_classes, decisions=args.decisions
    ) as image_input:
        check_export_place(image_input.source, args.kind, args.out)
        say_unknown_folders(image_input.source.root, image_input.files, classes)
        order = [entry.id for entry in image_input.class_entries()] or list(classes.ids)
        with progress_job("file") as job:
            hashes = hash_contents(job, image_input.source, image_input.records)
        images = labelled_rows(
            image_input.records, hashes, image_input.decisions, image_input.class_entries()
        )
        if args.kind == "csv":
            images = _add_predictions(image_input, images)
        if args.paths == "ids" and args.kind == "csv":
            images = [(record, replace(row, path="")) for record, row in images]
        with progress_job("image") as job:
            done = write_dataset(
                job, image_input.source, images, order, args.kind, args.out,
                size=args.size or _DEFAULT_EDGE, names=args.paths == "relative",
            )  # fmt: skip
        if image_input.project is None:
            say_unused_decisions(image_input.source.root)
    conflicts = count_label_conflicts(row for _, row in images)
    if conflicts:
        say(render(Message("export.conflicts", {"count": conflicts})))
    if done.left_out:
        say(render(Message("export.left_out", {"count": len(done.left_out)})))
    say(render(Message("export.done", {"images": done.images, "folder": str(args.out)})))
    return 0


def _add_predictions(image_input: "ImageInput", images: "list[ExportImage]") -> "list[ExportImage]":
    """Add the predictions of the project's model to the labels, if it is installed."""
    from engine.classify.calibrator import Calibrator
    from engine.classify.devices import choose_device
    from engine.classify.unknown_score import UnknownScore
    from engine.exchange.row_builder import add_predictions
    from engine.project.classes import find_class
    from engine.train.current_model import AdoptedModel, find_adopted_model

    reviews = image_input.project.last_reviews() if image_input.project else {}
    try:
        adopted = find_adopted_model(image_input.project) if image_input.project else AdoptedModel()
        if adopted.problem:
            say(render(adopted.problem))
        device = choose_device("auto")
        bundle = prepare_bundle(adopted.bundle.folder if adopted.bundle else None, device)
    except Problem as problem:
        say(render(problem.message))
        return add_predictions(images, {}, reviews, "")
    predictions: dict[str, tuple[str, float, float | None]] = {}
    entries, card = image_input.class_entries(), bundle.card
    calibrator = Calibrator.of_bundle(bundle)
    unknown_score = UnknownScore.of_bundle(bundle)

    def take(results: Results) -> None:
        for record, result in results:
            if not isinstance(result, Message):
                shares = calibrator.probabilities_of(result)
                name = card.classes[int(shares.argmax())]
                entry = find_class(entries, name)
                unknown_ratio = unknown_score.ratio_of(result) if unknown_score else None
                class_id = entry.id if entry else name
                predictions[record.path] = (class_id, float(shares.max()), unknown_ratio)

    model_run = ModelRun(image_input.source, bundle, device)
    model_run.read([record for record, _ in images], take)
    return add_predictions(images, predictions, reviews, card.model_id)


def run_import(args: argparse.Namespace) -> int:
    """Import labels, or only say what would change."""
    from engine.exchange.formats.dataset_reader import read_dataset
    from engine.exchange.formats.import_details import open_details, write_details
    from engine.exchange.formats.import_plan import match_claims
    from engine.exchange.formats.untrusted_files import display_name
    from engine.exchange.row_builder import (
        hash_contents,
        importable_images,
        label_finder,
    )
    from engine.images.class_set import load_class_set

    classes = load_class_set()
    with open_input(args.project, classes, decisions=True, to_change=args.apply) as image_input:
        if image_input.project is None:
            raise Problem("import.needs_project", path=str(args.project))
        details = None
        if args.details:
            inputs = InputFiles(image_input.source, image_input.files, [args.project, args.labels])
            details = open_details(args.details, inputs)
        find = label_finder(image_input.class_entries(), classes)
        with progress_job("file") as job:
            claims = read_dataset(job, args.labels, classes)
        if not claims.claims:
            raise Problem("import.nothing", name=display_name(args.labels))
        with progress_job("file") as job:
            hashes = hash_contents(job, image_input.source, image_input.records)
        images = importable_images(
            image_input.records, hashes, image_input.decisions, image_input.class_entries()
        )
        plan = match_claims(claims.claims, images, find)
        if details:
            write_details(details, plan)
        counts = {
            "changes": len(plan.changes),
            "same": plan.unchanged,
            "doubts": len(plan.doubts),
            "missing": len(plan.unmatched),
            "unknown": sum(plan.unknown_labels.values()),
            "silent": plan.unclaimed,
        }
        say(render(Message("import.plan", counts)))
        if nothing := plan.no_match_message(display_name(args.labels)):
            say(render(nothing))
            return 1
        if not args.apply:
            say(render(Message("import.not_applied")))
            return 0
        image_input.project.apply(
            "import", plan.edits(), who=args.who or login_name(), reason=args.labels.name
        )
        say(render(Message("import.done", {"changes": len(plan.changes)})))
    return 0
