"""`export` and `import`: labelled images to and from the formats of others."""

import argparse
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.model_run import Engine, Inputs, Results
from engine.cli.image_input import Opened, opened
from engine.cli.progress import progress_job, say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.exchange.formats.dataset_writer import Labelled

_FORMATS = ("folder", "hf-csv", "hf-jsonl", "fiftyone", "labelme", "npz", "medmnist", "csv")


def add(commands: Any) -> None:
    """Add the arguments of both commands."""
    parser = commands.add_parser(
        "export",
        help="export labelled images for other programs",
        description="Export the images that have a label: folder (split/class/file), hf-csv and "
        "hf-jsonl (Hugging Face imagefolder), fiftyone, labelme (flags, also "
        "X-AnyLabeling), npz (data and labels), medmnist (npz with splits), csv (no "
        "images: labels, predictions, who decided and when).",
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="FOLDER|PROJECT", help="images, or a .bloodbench file")
    parser.add_argument("--as", dest="kind", choices=_FORMATS, required=True, help="the format")
    parser.add_argument(
        "--out", metavar="PATH", type=Path, required=True, help="a new folder or file"
    )
    parser.add_argument(
        "--size", type=int, default=96, help="edge of npz images in pixels (default: 96)"
    )
    parser.add_argument(
        "--paths",
        choices=("relative", "ids"),
        default="relative",
        help="how images are named; ids are derived from content",
    )
    parser.set_defaults(run=run_export)

    parser = commands.add_parser(
        "import",
        help="import labels into a project",
        description="Match labels with the project's images by content or exact relative path, and "
        "show what would change; with --apply, make the changes as one edit.",
        allow_abbrev=False,
    )
    parser.add_argument("project", metavar="PROJECT", help="a .bloodbench file")
    parser.add_argument(
        "labels", metavar="LABELS", type=Path, help="a CSV, npz, folder or zipped folder"
    )
    parser.add_argument("--apply", action="store_true", help="change the project")
    parser.add_argument("--who", default="", help="name of the reviewer (default: your login)")
    parser.add_argument(
        "--details",
        metavar="FILE",
        help="write a CSV of every change and every doubtful entry; - is standard output",
    )
    parser.set_defaults(run=run_import)


def run_export(args: argparse.Namespace) -> int:
    """Export; nothing with a label is a `Problem`."""
    from dataclasses import replace

    from engine.exchange.formats.dataset_writer import write_dataset
    from engine.exchange.row_builder import digests, labelled
    from engine.images.class_set import load_class_set

    if not 8 <= args.size <= 1024:
        say("--size is from 8 to 1024 pixels.")
        return 2
    classes = load_class_set()
    with opened(args.folder, classes) as given:
        order = [one.id for one in given.entries()] or list(classes.ids)
        with progress_job("file") as job:
            hashes = digests(job, given.source, given.records)
        images = labelled(given.records, hashes, given.decisions, given.entries())
        if args.kind == "csv":
            images = _add_predictions(given, images)
        if args.paths == "ids" and args.kind == "csv":
            images = [(record, replace(row, path="", note="")) for record, row in images]
        with progress_job("image") as job:
            done = write_dataset(
                job, given.source, images, order, args.kind, args.out,
                size=args.size, names=args.paths == "relative",
            )  # fmt: skip
    if done.left_out:
        say(render(Message("export.left_out", {"count": len(done.left_out)})))
    say(render(Message("export.done", {"images": done.images, "folder": str(args.out)})))
    return 0


def _add_predictions(given: "Opened", images: "list[Labelled]") -> "list[Labelled]":
    """Fill in what the model that the project reads with says, as far as one is installed."""
    from engine.classify.devices import choose
    from engine.classify.models import find
    from engine.exchange.row_builder import with_said
    from engine.project.classes import find_class
    from engine.train.current_model import open_current_model

    decided = given.project.last_reviews() if given.project else {}
    try:
        bundle = open_current_model(given.project) if given.project else find()
    except Problem as problem:
        say(render(problem.message))
        return with_said(images, {}, decided, "")
    said: dict[str, tuple[str, float]] = {}
    entries, card = given.entries(), bundle.card

    def take(results: Results) -> None:
        for record, result in results:
            if not isinstance(result, Message):
                shares = result.probabilities(card.calibration.temperature)
                name = card.classes[int(shares.argmax())]
                own = find_class(entries, name)
                said[record.path] = (own.id if own else name, float(shares.max()))

    Engine(given.source, bundle, choose("auto")).read([record for record, _ in images], take)
    return with_said(images, said, decided, card.model_id)


def run_import(args: argparse.Namespace) -> int:
    """Import, or only say what it would do."""
    from engine.exchange.formats.import_details import details_output, write_details
    from engine.exchange.formats.import_plan import plan
    from engine.exchange.formats.dataset_reader import read
    from engine.exchange.formats.untrusted_files import shown
    from engine.exchange.row_builder import digests, finder, known
    from engine.images.class_set import load_class_set

    classes = load_class_set()
    with opened(args.project, classes) as given:
        if given.project is None:
            raise Problem("import.needs_project", path=str(args.project))
        details = None
        if args.details:
            inputs = Inputs(given.source, given.found, [args.project, args.labels])
            details = details_output(args.details, inputs)
        find = finder(given.entries(), classes)
        with progress_job("file") as job:
            claims = read(job, args.labels, classes)
        if not claims.claims:
            raise Problem("import.nothing", name=shown(args.labels))
        with progress_job("file") as job:
            hashes = digests(job, given.source, given.records)
        there = known(given.records, hashes, given.decisions, given.entries())
        found = plan(claims.claims, there, find)
        if details:
            write_details(details, found)
        counts = {
            "changes": len(found.changes), "same": found.same, "doubts": len(found.doubts),
            "missing": len(found.missing), "unknown": sum(found.unknown.values()), "silent": found.silent,
        }  # fmt: skip
        say(render(Message("import.plan", counts)))
        if nothing := found.nothing_fits(shown(args.labels)):
            say(render(nothing))
            return 1
        if not args.apply:
            say(render(Message("import.not_applied")))
            return 0
        if given.project.read_only:
            raise Problem("import.read_only")
        given.project.apply(
            "import", found.edits(), who=args.who or _login_name(), reason=args.labels.name
        )
        say(render(Message("import.done", {"changes": len(found.changes)})))
    return 0


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
