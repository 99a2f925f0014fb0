"""`classify`: one row an image, in the order of the folder."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.model_run import Engine, Inputs, Results, add_arguments, add_views
from engine.cli.heat_maps import HeatMaps
from engine.cli.progress import say
from engine.messages import Message, Problem, render
from engine.outputs import Output, table_prefix_recogniser
from engine.writing import CsvWriter, collapse_whitespace, formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.classify.card import Card
    from engine.classify.reading import Reading
    from engine.images.record import BadFile, ImageRecord

    Found = ImageRecord | BadFile

_FIRST_COLUMNS = ("path", "predicted", "confidence")


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "classify",
        help="classify every image of a folder and write a CSV",
        description="Write one row per image: path, predicted, confidence, p_<class> for every "
        "class, problem, note, warning. Paths are relative to FOLDER, with /; a path "
        "that a spreadsheet would read as a formula starts with ./ instead. An "
        "unreadable file has its reason under problem and no prediction; a damaged but "
        "readable one has both. Notes say what decoding changed or ignored; warnings "
        "mark images unlike the training images.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    add_views(parser)
    parser.add_argument(
        "--out", metavar="FILE", required=True, help="the CSV (UTF-8); - is standard output"
    )
    parser.add_argument(
        "--maps",
        metavar="DIR",
        type=Path,
        help="also write a heat map of the predicted class for each image into this new or "
        "empty folder: a grey PNG of the image's size, at the image's relative path "
        "plus .png",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Classify; an empty folder is a `Problem`, bad files are rows."""
    from engine.explore.ood_monitor import Watch
    from engine.images.record import ImageRecord

    engine = Engine.open(args)
    found = engine.scan()
    if not found:
        raise Problem("classify.empty", folder=args.folder)
    out = Output(
        args.out,
        table_prefix_recogniser(*_FIRST_COLUMNS),
        Inputs(engine.source, found, [args.folder]),
    )
    records = [one for one in found if isinstance(one, ImageRecord)]
    maps = HeatMaps(args.maps, engine) if args.maps else None
    with out.open() as stream:
        watch = Watch(engine.bundle)
        rows = Rows(stream, engine.bundle.card, found, watch.take)

        def take(results: Results) -> None:
            rows.take(results)
            if maps:
                maps.take(results)

        summary = engine.read(records, take)
        rows.close()
    says = {
        "images": len(found) - rows.bad,
        "bad": rows.bad,
        "seconds": summary.seconds,
        "speed": summary.images_per_second,
    }
    done = Message("classify.done_bad", says) if rows.bad else Message("classify.done", says)
    say(render(done))
    for warning in watch.verdict(engine.source):
        say(render(warning))
    return 0


class Rows:
    """The CSV's rows in the order of `found`, whatever order their readings come in.

    Only rows ahead of one that is still missing are held back: as many as the pipeline has in
    flight.
    """

    def __init__(
        self,
        stream: Any,
        card: "Card",
        found: Sequence["Found"],
        warn: "Callable[[Results], dict[str, Message]]" = lambda _: {},
    ) -> None:
        self._warn = warn
        self.bad = 0
        self._card = card
        self._found = found
        self._next = 0
        self._early: dict[str, list[str]] = {}
        classes = (f"p_{name}" for name in card.classes)
        self._table = CsvWriter(stream, [*_FIRST_COLUMNS, *classes, "problem", "note", "warning"])

    def take(self, results: Results) -> None:
        """Take results and write the rows whose turn it is."""
        said = self._warn(results)
        for record, result in results:
            warning = said.get(record.path)
            words = formula_safe_text(collapse_whitespace(render(warning))) if warning else ""
            self._early[record.path] = [*self._row(record.path, result), words]
        self._write()

    def close(self) -> None:
        """Write what is left; every file has its row then."""
        self._write()
        if self._next < len(self._found):
            raise AssertionError(f"no result for {self._found[self._next].path}")

    def _write(self) -> None:
        from engine.images.record import BadFile

        while self._next < len(self._found):
            one = self._found[self._next]
            if isinstance(one, BadFile):
                row = [*self._row(one.path, one.reason), ""]
            elif one.path in self._early:
                row = self._early.pop(one.path)
            else:
                return
            self._table.write_row(row)
            self._next += 1

    def _row(self, path: str, result: "Reading | Message") -> list[str]:
        if isinstance(result, Message):
            self.bad += 1
            empty = [""] * (2 + len(self._card.classes))
            return [
                formula_safe_path(path),
                *empty,
                formula_safe_text(collapse_whitespace(render(result))),
                "",
            ]
        from engine.images.jpeg_damage import DAMAGE

        probabilities = result.probabilities(self._card.calibration.temperature)
        best = int(probabilities.argmax())
        shares = [f"{share:.6f}" for share in probabilities]
        problems = [note for note in result.notes if note.id in DAMAGE]
        notes = [note for note in result.notes if note.id not in DAMAGE]
        return [
            formula_safe_path(path),
            formula_safe_text(self._card.classes[best]),
            shares[best],
            *shares,
            _join_sentences(problems),
            _join_sentences(notes),
        ]


def _join_sentences(messages: "Sequence[Message]") -> str:
    return formula_safe_text(collapse_whitespace(" ".join(map(render, messages))))
