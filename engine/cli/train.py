"""`train` command: training of a model on a labelled folder."""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.folder_classes import add_folder_class_argument, say_unknown_folders
from engine.cli.image_input import open_labelled_source
from engine.cli.output_options import OutputKind
from engine.cli.parser import CommandParser
from engine.cli.progress import progress_job, say
from engine.cli.source_files import scan_images
from engine.cli.training_tables import read_excluded, read_groups, say_groups
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.images.record import BadFile
    from engine.train.network_fit import FitTask

_MAX_BESIDE_SHARE = 0.9
"""Largest share of the training images that may come from additional folders."""


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "train",
        help="train a model on a labelled folder",
        description="Train a model on a folder with one subfolder per class, and write a model "
        "bundle. Ctrl-C stops the training and keeps the weights of the last complete "
        "epoch in DIR-unfinished.",
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="FOLDER", help="labelled images, or an .npz archive")
    add_folder_class_argument(parser)
    parser.add_argument(
        "--recipe", metavar="NAME|PATH", required=True, help="a shipped recipe, or a .toml file"
    )
    parser.add_result_folder("the folder of the new model bundle", OutputKind.WHOLE_FOLDER)
    parser.add_argument(
        "--epochs", metavar="N", type=_parse_epochs, help="number of epochs instead of the recipe's"
    )
    parser.add_argument(
        "--from",
        metavar="imagenet|none|MODEL",
        dest="start",
        help="initial weights instead of the recipe's: ImageNet, none (random), or those of "
        "this model",
    )
    parser.add_argument(
        "--teacher",
        metavar="MODEL",
        help="a model whose probabilities for the same images are mixed into the labels "
        "(distillation; half of each, or as the recipe says)",
    )
    parser.add_argument(
        "--exclude",
        metavar="CSV",
        type=Path,
        help="leave out the images listed in the column “path” of this table; in a findings "
        "table of `scan`, only those with action remove, except copies with conflicting labels",
    )
    parser.add_argument(
        "--resume", action="store_true", help="resume the training in DIR-unfinished"
    )
    parser.add_argument(
        "--about",
        metavar="NAME|PATH",
        action="append",
        default=[],
        help="note on the images (description, licence, attribution) for the model card; "
        "once per folder",
    )
    parser.add_argument(
        "--beside",
        metavar="FOLDER=SHARE",
        action="append",
        default=[],
        type=_parse_beside,
        help="also train on this folder of another laboratory, which makes up SHARE of the "
        "training (0.1: a tenth); none of its images are held out",
    )
    parser.add_argument(
        "--group-by",
        metavar="folder|TABLE=COLUMN",
        help="keep images together in the split into training and held-out images: those of one "
        "subfolder (slide_3/…), or of one value in this column of a table with a column “path”",
    )
    parser.set_defaults(run=run)


def parse_options(options: Sequence[str]) -> argparse.Namespace:
    """Return the arguments for `run`, for programs that replace its fit; exits if an option is wrong."""
    parser = CommandParser()
    add_command(parser.add_subparsers())
    return parser.parse_args(["train", *options], argparse.Namespace(argv=list(options)))


def run(args: argparse.Namespace, fit: "FitTask | None" = None) -> int:
    """Train a model; each epoch's figures go to standard error. `fit` replaces the fit in the child process."""
    import msgspec

    from engine.classify.models import open_model
    from engine.images.class_set import load_class_set
    from engine.images.listed_source import ListedSource
    from engine.train.dataset_card import load_dataset_card, merge_dataset_cards
    from engine.train.recipe import load_recipe
    from engine.train.starting_weights import find_parent
    from engine.train.training import UNFINISHED_SUFFIX, train

    recipe = load_recipe(args.recipe)
    if args.resume and not args.out.with_name(args.out.name + UNFINISHED_SUFFIX).exists():
        say(render(Message("train.nothing_to_resume", {"folder": str(args.out)})))
    classes = load_class_set(recipe.class_set)
    # The tables and the training need the list of files, which takes long on a network disk.
    source = ListedSource(
        open_labelled_source(args.folder, classes, folder_classes=args.folder_classes)
    )
    files = scan_images(source, args.folder)
    say_unknown_folders(source.root, files, classes)
    parent = None
    if args.start in ("imagenet", "none"):
        recipe = msgspec.structs.replace(recipe, start=args.start)
    else:
        parent = open_model(args.start) if args.start else find_parent(recipe)
    teacher = open_model(args.teacher) if args.teacher else None
    exclude = read_excluded(args.exclude, files) if args.exclude else frozenset[str]()
    split_groups = None
    if args.group_by:
        split_groups = read_groups(args.group_by, source.root, files, classes)
        say_groups("train.grouped", split_groups, len(files))
    about = merge_dataset_cards([load_dataset_card(name) for name in args.about])
    if sum(share for _, share in args.beside) > _MAX_BESIDE_SHARE:
        raise Problem("train.shares", most=_MAX_BESIDE_SHARE)
    beside = [(open_labelled_source(folder, classes), share) for folder, share in args.beside]
    with progress_job("step", _say_epoch) as job:
        bundle = train(
            job,
            source,
            recipe,
            args.out,
            epochs=args.epochs,
            parent=parent,
            teacher=teacher,
            dataset_card=about,
            command=shlex.join(["python3", "main.py", *args.argv]),
            resume=args.resume,
            exclude=exclude,
            extra_sources=beside,
            split_groups=split_groups,
            on_left_out=_say_left_out,
            fit=fit,
        )
    accuracy = bundle.card.metrics["test"]["accuracy"]
    done = Message("train.done", {"folder": str(args.out), "accuracy": accuracy})
    # True if the starting model had been trained on all held-out images.
    seen = "learned_from" in bundle.card.metrics["test"]
    messages = (done, Message("train.tested_on_seen")) if seen else (done,)
    say(" ".join(render(message) for message in messages))
    return 0


def _parse_beside(text: str) -> tuple[str, float]:
    folder, equals, share = text.rpartition("=")
    try:
        number = float(share)
    except ValueError:
        number = 0.0
    if not equals or not folder or not 0 < number < 1:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not FOLDER=SHARE with a share between 0 and 1"
        )
    return folder, number


def _parse_epochs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of epochs (1 or more)")
    return int(text)


def _say_left_out(files: "tuple[BadFile, ...]") -> None:
    first = {"path": files[0].path, "reason": render(files[0].reason)}
    say(render(Message("train.left_out", {"count": len(files), **first})))


def _say_epoch(figures: Any) -> None:
    if "batch" in figures:
        say(render(Message("train.smaller_batch", figures)))
    elif "epoch" in figures:  # not the sample images that the window shows
        say(render(Message("train.epoch", figures)))
