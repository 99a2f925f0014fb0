"""`train` command: training of a model on a labelled folder."""

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.image_input import open_labelled_source
from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, Problem, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.exchange.formats.label_tables import TableRow
    from engine.images.record import BadFile
    from engine.images.source import Source
    from engine.train.training import FitTask

_REMOVED_MARKS = (("action", "remove"), ("status", "removed"))
"""Column and value that mark removed images in this program's tables."""

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
    parser.add_argument(
        "--recipe", metavar="NAME|PATH", required=True, help="a shipped recipe, or a .toml file"
    )
    parser.add_argument(
        "--out", metavar="DIR", required=True, type=Path, help="the folder of the new model bundle"
    )
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
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, fit: "FitTask | None" = None) -> int:
    """Train a model; each epoch's figures go to standard error. `fit` replaces the child process in tests."""
    import msgspec

    from engine.classify.models import open_model
    from engine.images.class_set import load_class_set
    from engine.train.dataset_card import load_dataset_card, merge_dataset_cards
    from engine.train.recipe import load_recipe
    from engine.train.starting_weights import find_parent
    from engine.train.training import train

    recipe = load_recipe(args.recipe)
    source = open_labelled_source(args.folder, load_class_set(recipe.class_set))
    parent = None
    if args.start in ("imagenet", "none"):
        recipe = msgspec.structs.replace(recipe, start=args.start)
    else:
        parent = open_model(args.start) if args.start else find_parent(recipe)
    exclude = read_excluded(args.exclude, source) if args.exclude else frozenset[str]()
    about = merge_dataset_cards([load_dataset_card(name) for name in args.about])
    if sum(share for _, share in args.beside) > _MAX_BESIDE_SHARE:
        raise Problem("train.shares", most=_MAX_BESIDE_SHARE)
    classes = load_class_set(recipe.class_set)
    beside = [(open_labelled_source(folder, classes), share) for folder, share in args.beside]
    with progress_job("step", _say_epoch) as job:
        bundle = train(
            job,
            source,
            recipe,
            args.out,
            epochs=args.epochs,
            parent=parent,
            dataset_card=about,
            command=shlex.join(["python3", "main.py", *args.argv]),
            resume=args.resume,
            exclude=exclude,
            extra_sources=beside,
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


def read_excluded(file: Path, source: "Source") -> frozenset[str]:
    """Return the images that a table excludes; raises `Problem` if none of its rows matches."""
    from engine.exchange.formats.label_tables import PATH_COLUMNS, find_column, read_table
    from engine.images.path_matching import PathFinder
    from engine.text import original_path

    columns, rows = read_table(file)
    named = find_column(columns, PATH_COLUMNS)
    if named is None:
        raise Problem("train.exclude", name=str(file), reason="no column “path”")
    # A table of findings also lists images to keep; a table without an action column lists exclusions only.
    rule = next((rule for rule in _REMOVED_MARKS if rule[0] in columns), None)
    with progress_job("file") as job:
        labels = {found.path: getattr(found, "label", None) for found in source.scan(job)}
    finder = PathFinder(labels)
    found_paths = {row.location: finder.find(original_path(row.get(named))).paths for row in rows}
    conflicts = _find_label_conflicts(rows, found_paths, labels)
    if conflicts:
        say(render(Message("train.conflicts", {"count": len(conflicts)})))
    wanted = [
        row
        for row in rows
        if (rule is None or row.get(rule[0]).strip() == rule[1])
        and _cluster_of(row) not in conflicts
    ]
    meant = {row.location: found_paths[row.location] for row in wanted}
    chosen = frozenset(paths[0] for paths in meant.values() if len(paths) == 1)
    if wanted and not chosen:
        raise Problem("train.exclude", name=str(file), reason="none of its paths is in the folder")
    if unsure := [where for where, paths in meant.items() if len(paths) != 1]:
        params: dict[str, Param] = {"count": len(unsure), "first": unsure[0]}
        say(render(Message("train.not_excluded", params)))
    say(render(Message("train.excluded", {"count": len(chosen)})))
    return chosen


def _cluster_of(row: "TableRow") -> tuple[str, str]:
    return row.get("kind").strip(), row.get("cluster").strip()


def _find_label_conflicts(
    rows: "Sequence[TableRow]",
    found_paths: "Mapping[str, Sequence[str]]",
    labels: "Mapping[str, str | None]",
) -> set[tuple[str, str]]:
    """Return the clusters of copies with different labels, of which a person must choose the right one.

    A cluster without a copy to keep shows no cell, so its labels do not matter.
    """
    found_labels: dict[tuple[str, str], set[str | None]] = {}
    with_keeper = set()
    for row in rows:
        if row.get("cluster").strip():
            cluster = _cluster_of(row)
            found_labels.setdefault(cluster, set()).update(
                labels[path] for path in found_paths[row.location]
            )
            if row.get("action").strip() == "keep":
                with_keeper.add(cluster)
    return {
        cluster
        for cluster, names in found_labels.items()
        if cluster in with_keeper and len(names - {None}) > 1
    }


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
