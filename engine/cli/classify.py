"""`classify` command: a CSV with one row per image, in the order of the folder."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.heat_maps import HeatMapWriter
from engine.cli.model_run import (
    InputFiles,
    ModelRun,
    Results,
    add_model_arguments,
    add_views_argument,
)
from engine.cli.output_options import OutputKind
from engine.cli.progress import say
from engine.cli.table_output import add_table_argument, table_output
from engine.csv_files import CsvWriter, message_cell
from engine.messages import Message, render
from engine.output_recognisers import table_prefix_recogniser
from engine.project.tags import join_tags
from engine.text import formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.classify.calibrator import Calibrator
    from engine.classify.card import Card
    from engine.classify.reading import Float32, Reading
    from engine.classify.unknown_score import UnknownScore
    from engine.images.record import BadFile, ImageRecord

    SourceFile = ImageRecord | BadFile

_FIRST_COLUMNS = ("path", "predicted", "confidence")


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "classify",
        help="classify every image of a folder and write a CSV",
        description="Write one row per image: path, predicted, confidence, p_<class> for every "
        "class, problem, note, warning, possible, unknown, tags. Paths are relative to FOLDER, with /; a path "
        "that a spreadsheet would read as a formula starts with ./ instead. An "
        "unreadable file has its reason under problem and no prediction; a damaged but "
        "readable one has both. Notes say what decoding changed or ignored; warnings "
        "mark images unlike the training images. Possible are the classes that together reach "
        "95% probability. Unknown is over 1 where the cell seems to be none of the classes. "
        "Tags are those of the folder's project.",
        allow_abbrev=False,
    )
    add_model_arguments(parser)
    add_views_argument(parser)
    add_table_argument(parser, "--maps")
    parser.add_output(
        "--maps",
        OutputKind.FOLDER,
        metavar="DIR",
        type=Path,
        help="write a heat map of the predicted class for each image into this new or "
        "empty folder: a grey PNG of the image's size, at the image's relative path "
        "plus .png",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Classify a folder; bad files become rows. Raises `Problem` if the folder is empty."""
    from engine.classify.calibrator import Calibrator
    from engine.classify.unknown_score import UnknownScore
    from engine.cli.project_decisions import read_own_laboratory, read_project_decisions
    from engine.evaluate.expected_accuracy import accuracy_message, expected_accuracy
    from engine.evaluate.own_laboratory import measured_message
    from engine.explore.multi_cell import FIELD_WARNINGS
    from engine.explore.ood_monitor import OodMonitor
    from engine.images.record import ImageRecord

    model_run = ModelRun.open(args)
    files = model_run.scan(args.folder)
    out = table_output(
        args.out,
        table_prefix_recogniser(*_FIRST_COLUMNS),
        InputFiles(model_run.source, files, [args.folder]),
    )
    records = [file for file in files if isinstance(file, ImageRecord)]
    maps = HeatMapWriter(args.maps, model_run) if args.maps is not None else None
    decisions = read_project_decisions(model_run, records)
    own = read_own_laboratory(model_run, records, decisions)
    with out.open() as stream:
        if maps:
            maps.create()
        watch = OodMonitor(model_run.bundle)
        calibrator = Calibrator.of_bundle(model_run.bundle)
        rows = RowWriter(
            stream,
            model_run.bundle.card,
            calibrator,
            files,
            watch.add_results,
            UnknownScore.of_bundle(model_run.bundle),
            own.threshold if own and own.is_recalibrated else None,
            decisions.tags,
        )

        def take(results: Results) -> None:
            rows.take(results)
            if maps:
                maps.write_all(results)

        summary = model_run.read(records, take)
        rows.close()
    params = {
        "images": len(files) - rows.bad_count,
        "bad": rows.bad_count,
        "seconds": summary.seconds,
        "speed": summary.images_per_second,
    }
    done = Message("classify.done_bad" if rows.bad_count else "classify.done", params)
    say(render(done))
    if expected := expected_accuracy(rows.confidences):
        say(render(accuracy_message(expected)))
    if own:
        say(render(measured_message(own)))
    if rows.unknown_count:
        say(render(Message("classify.unknown", {"count": rows.unknown_count})))
    for warning in watch.folder_warnings(model_run.source):
        say(render(warning))
        if warning.id in FIELD_WARNINGS:
            say(render(Message("fields.use_option")))
    return 0


class RowWriter:
    """Writer of the CSV's rows in the order of `files`, whatever the order of the results.

    Rows after a missing one are held back: at most as many as the pipeline has in flight.
    """

    def __init__(
        self,
        stream: Any,
        card: "Card",
        calibrator: "Calibrator",
        files: Sequence["SourceFile"],
        warn: "Callable[[Results], dict[str, Message]]" = lambda _: {},
        unknown_score: "UnknownScore | None" = None,
        set_threshold: float | None = None,
        tags: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._tags = tags or {}
        self._set_threshold = set_threshold
        self._unknown_score = unknown_score
        self._warn = warn
        self.bad_count = 0
        self._card = card
        self._calibrator = calibrator
        self._files = files
        self._next = 0
        self._pending: dict[str, list[str]] = {}
        classes = (f"p_{name}" for name in card.classes)
        self.confidences: list[float] = []
        self.unknown_count = 0
        """Cells that seem to be none of the classes."""
        last = ("problem", "note", "warning", "possible", "unknown", "tags")
        self._table = CsvWriter(stream, [*_FIRST_COLUMNS, *classes, *last])

    def take(self, results: Results) -> None:
        """Take results and write the rows that are next."""
        warnings = self._warn(results)
        predictions = iter(self._predict([r for _, r in results if not isinstance(r, Message)]))
        for record, result in results:
            if isinstance(result, Message):
                row = self._bad_row(record.path, result)
            else:
                row = self._row(record.path, result, *next(predictions), warnings.get(record.path))
            self._pending[record.path] = row
        self._write()

    def close(self) -> None:
        """Write the remaining rows."""
        self._write()
        if self._next < len(self._files):
            raise AssertionError(f"no result for {self._files[self._next].path}")

    def _predict(self, readings: "Sequence[Reading]") -> "list[tuple[Float32, list[str], str]]":
        """Return for each reading the probabilities, the possible classes and the unknown score."""
        import numpy as np

        from engine.classify.prediction_sets import prediction_sets

        if not readings:
            return []
        # All at once: one by one they take a twentieth of the time of the inference.
        embeddings = np.stack([reading.embedding for reading in readings])
        probabilities, thresholds = self._calibrator.assess(
            np.stack([reading.logits for reading in readings]), embeddings
        )
        unknown = [""] * len(readings)
        if self._unknown_score is not None:
            ratios = self._unknown_score.measure_ratios(embeddings)
            self.unknown_count += int((ratios > 1).sum())
            unknown = [f"{ratio:.3f}" for ratio in ratios]
        self.confidences += probabilities.max(axis=1).tolist()
        order = (-probabilities).argsort(axis=1, kind="stable")
        is_possible = prediction_sets(
            probabilities,
            thresholds if self._set_threshold is None else self._set_threshold,
        )
        possible = [
            [self._card.classes[index] for index in likeliest if inside[index]]
            for likeliest, inside in zip(order, is_possible, strict=True)
        ]
        return list(zip(probabilities, possible, unknown, strict=True))

    def _write(self) -> None:
        from engine.images.record import BadFile

        while self._next < len(self._files):
            file = self._files[self._next]
            if isinstance(file, BadFile):
                row = self._bad_row(file.path, file.reason)
            elif file.path in self._pending:
                row = self._pending.pop(file.path)
            else:
                return
            self._table.write_row(row)
            self._next += 1

    def _bad_row(self, path: str, reason: Message) -> list[str]:
        self.bad_count += 1
        predicted = [""] * (2 + len(self._card.classes))
        cells = [formula_safe_path(path), *predicted, message_cell(reason), *[""] * 4]
        return [*cells, self._tag_cell(path)]

    def _tag_cell(self, path: str) -> str:
        return formula_safe_text(join_tags(self._tags.get(path, ())))

    def _row(
        self,
        path: str,
        reading: "Reading",
        probabilities: "Float32",
        possible: list[str],
        unknown: str,
        warning: Message | None,
    ) -> list[str]:
        from engine.images.jpeg_damage import DAMAGE_NOTES

        best = int(probabilities.argmax())
        shares = [f"{share:.6f}" for share in probabilities]
        return [
            formula_safe_path(path),
            formula_safe_text(self._card.classes[best]),
            shares[best],
            *shares,
            message_cell(*(note for note in reading.notes if note.id in DAMAGE_NOTES)),
            message_cell(*(note for note in reading.notes if note.id not in DAMAGE_NOTES)),
            message_cell(*([warning] if warning else [])),
            formula_safe_text("|".join(possible)),
            unknown,
            self._tag_cell(path),
        ]
