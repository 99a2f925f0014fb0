"""Slices and spurious correlations of `evaluate`, as tables and sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.cli.model_run import ModelRun
from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, render
from engine.output_folder import OutputFolder
from engine.text import formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from engine.classify.reading import Float32
    from engine.evaluate.slices import Slice, SpuriousCorrelation
    from engine.images.record import ImageRecord

SLICE_COLUMNS = (
    "property", "values", "n", "accuracy", "low", "high", "calibration_error", "unknown",
)  # fmt: skip
SPURIOUS_COLUMNS = ("property", "class", "auroc", "direction", "example")
PROPERTY_COLUMNS = ("path", "label", "predicted", "folder", "problem")


def write_slices(
    out: OutputFolder,
    model_run: ModelRun,
    records: Sequence["ImageRecord"],
    labels: "npt.NDArray[np.intp]",
    probabilities: "Float32",
    is_unknown: "npt.NDArray[np.bool_] | None",
    slides: Sequence[str | None],
) -> None:
    """Write `slices.csv`, `spurious.csv` and `properties.csv` on evaluated images, and name the worst.

    `slides` are those of the records, None where a slide is not known. Raises `Problem` and `Cancelled`.
    """
    import numpy as np

    from engine.curate.image_properties import measure_images
    from engine.evaluate.slices import find_spurious, measure_slices

    with progress_job("image") as job:
        properties = measure_images(job, model_run.source, records)
    numbers, groups = properties.numbers, properties.groups
    rows = np.flatnonzero(properties.is_measured)
    paths = [records[row].path for row in rows.tolist()]
    unknown = None if is_unknown is None else is_unknown[rows]
    slide_groups = {"slide": [slides[row] for row in rows.tolist()]} if any(slides) else {}
    slices = measure_slices(
        labels[rows], probabilities[rows], {**groups, **slide_groups, **numbers}, unknown
    )
    classes = model_run.bundle.card.classes
    spurious = find_spurious(labels[rows], classes, numbers)
    out["slices.csv"].write_table(SLICE_COLUMNS, map(_slice_row, slices))
    out["spurious.csv"].write_table(
        SPURIOUS_COLUMNS, (_spurious_row(found, paths) for found in spurious)
    )
    predicted = probabilities[rows].argmax(axis=1)
    out["properties.csv"].write_table(
        [*PROPERTY_COLUMNS, *numbers],
        (
            [
                formula_safe_path(path),
                formula_safe_text(classes[labels[row]]),
                formula_safe_text(classes[predicted[index]]),
                formula_safe_text(groups["folder"][index]),
                groups["problem"][index],
                *(f"{values[index]:.6g}" for values in numbers.values()),
            ]
            for index, (row, path) in enumerate(zip(rows, paths, strict=True))
        ),
    )
    _say_worst(slices, spurious, float((predicted == labels[rows]).mean()) if len(rows) else 1.0)


def _say_worst(
    slices: Sequence["Slice"], spurious: Sequence["SpuriousCorrelation"], accuracy: float
) -> None:
    if slices and slices[0].is_weak(accuracy):
        worst = slices[0]
        params: dict[str, Param] = {
            "n": worst.count,
            "property": worst.name,
            "values": worst.values,
            "accuracy": worst.accuracy,
        }
        say(render(Message("evaluate.worst_slice", params)))
    if spurious:
        found = spurious[0]
        shown: dict[str, Param] = {
            "property": found.name,
            "label": found.class_id,
            "auroc": found.auroc,
        }
        say(render(Message("evaluate.spurious", shown)))


def _slice_row(part: "Slice") -> list[str]:
    low, high = part.interval
    unknown = "" if part.unknown is None else f"{part.unknown:.6f}"
    figures = (part.accuracy, low, high, part.calibration_error)
    return [
        part.name,
        formula_safe_text(part.values),
        str(part.count),
        *(f"{figure:.6f}" for figure in figures),
        unknown,
    ]


def _spurious_row(found: "SpuriousCorrelation", paths: Sequence[str]) -> list[str]:
    return [
        found.name,
        formula_safe_text(found.class_id),
        f"{found.auroc:.6f}",
        "higher" if found.higher else "lower",
        formula_safe_path(paths[found.rows[0]]),
    ]
