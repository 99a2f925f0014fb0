"""Images of a report: read with the model, with decisions; and previews of the mistakes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.cli.image_input import ImageInput
from engine.cli.model_run import ModelRun, Results
from engine.cli.progress import progress_job
from engine.messages import Message

if TYPE_CHECKING:
    from engine.classify.reading import Reading
    from engine.exchange.report.context import PathStyle, ReportImage
    from engine.exchange.report.report_data import Report


def read_items(
    model_run: ModelRun, image_input: ImageInput
) -> tuple[list["ReportImage"], dict[str, "Reading"]]:
    """Read the images; return them with predictions and decisions, and their readings by path."""
    from engine.classify.calibrator import Calibrator
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
        values = None if reading is None else calibrator.probabilities_of(reading)
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
                unknown=unknown_score.relative_of(reading)
                if unknown_score and reading is not None
                else None,
            )
        )
    return items, readings


def render_mistakes(
    model_run: ModelRun,
    items: Sequence["ReportImage"],
    image_input: ImageInput,
    readings: dict[str, "Reading"],
    report: "Report",
    paths: "PathStyle",
) -> dict[str, tuple[bytes, bytes | None]]:
    """Return the images of the mistakes that the report shows, with their heat maps, by name."""
    from engine.exchange.report.context import display_name
    from engine.exchange.report.previews import render_preview

    wanted = (
        {mistake.image for mistake in report.evaluation.mistakes} if report.evaluation else set()
    )
    records = {record.path: record for record in image_input.records}
    previews = {}
    for item in items:
        name = display_name(item, paths)
        if name in wanted and item.path in records:
            reading = readings.get(item.path)
            preview = render_preview(
                model_run.source, records[item.path], reading, model_run.bundle.card
            )
            if preview:
                previews[name] = preview
    return previews
