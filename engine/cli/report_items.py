"""Images of a report: read with the model, with decisions."""

from typing import TYPE_CHECKING

from engine.cli.image_input import ImageInput
from engine.cli.model_run import ModelRun, Results
from engine.cli.progress import progress_job
from engine.messages import Message

if TYPE_CHECKING:
    from engine.classify.reading import Reading
    from engine.exchange.report.context import ReportImage


def read_items(
    model_run: ModelRun, image_input: ImageInput
) -> tuple[list["ReportImage"], dict[str, "Reading"]]:
    """Read the images; return them with predictions and decisions, and their readings by path."""
    from engine.classify.calibrator import Calibrator
    from engine.classify.prediction_sets import COVERAGE
    from engine.classify.unknown_score import UnknownScore
    from engine.exchange.report.context import ReportImage
    from engine.exchange.row_builder import hash_contents
    from engine.images.record import ImageRecord
    from engine.project.decisions import Decision

    calibrator = Calibrator.of_bundle(model_run.bundle)
    unknown_score = UnknownScore.of_bundle(model_run.bundle)
    readings: dict[str, Reading] = {}

    def take(results: Results) -> None:
        readings.update(
            (record.path, result) for record, result in results if not isinstance(result, Message)
        )

    model_run.read(image_input.records, take)
    with progress_job("file") as job:
        hashes = hash_contents(job, model_run.source, image_input.records)
    items = []
    for file in image_input.files:
        reading = readings.get(file.path)
        values, threshold = None, COVERAGE
        if reading is not None:
            shares, thresholds = calibrator.assess(reading.logits[None], reading.embedding[None])
            values, threshold = shares[0], float(thresholds[0])
        label, split = (file.label, file.split) if isinstance(file, ImageRecord) else (None, None)
        decision = image_input.decisions.get(file.path) or Decision()
        items.append(
            ReportImage(
                file.path,
                hashes.get(file.path, ""),
                label,
                split,
                values,
                decision,
                unknown_ratio=unknown_score.ratio_of(reading)
                if unknown_score and reading is not None
                else None,
                set_threshold=threshold,
            )
        )
    return items, readings
