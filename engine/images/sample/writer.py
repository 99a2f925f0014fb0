"""Sample folder: labelled drawn cells with planted faults, for trying the program."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from engine.images.record import Pixels
from engine.images.sample.canvas import Rng, photograph
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.field import draw_plasma, make_slide
from engine.images.sample.scenery import draw_landscape
from engine.jobs import Job
from engine.outputs import move_into_place
from engine.temporaries import temporary_folder

IMAGES_PER_CLASS = 13
"""Images per class: enough for a scan to judge images and labels."""
_LAST_NUMBER = 99 + IMAGES_PER_CLASS  # the number of the last file of a class
_BLUISH_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A planted fault: the file's relative path, the kind of fault, and the class that it really shows.

    `kind` is `copy`, `copy_elsewhere` (filed under another class too), `near_copy`, `blur`, `blank`,
    `off_topic`, `wrong_label` or `truncated`; `true_class` is None if there is no cell.
    """

    path: str
    kind: str
    true_class: str | None


def write_sample(folder: Path, job: Job | None = None, *, seed: int = 7) -> list[PlantedFault]:
    """Write `folder/<class>/<file>`, all or nothing, and return the planted faults.

    104 files of 360 x 360 pixels, JPEG and PNG, the same for the same seed. `folder` must be new or
    empty. Raises `OSError` if it cannot be written, and `Cancelled`.
    """
    job = job or Job()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with temporary_folder(folder.name, folder.parent) as temporary:
        root = temporary / "sample"
        faults = _plan_faults(root)
        total = IMAGES_PER_CLASS * len(CELLS)
        for number, cell_class in enumerate(CELLS):
            (root / cell_class).mkdir(parents=True)
            cells = IMAGES_PER_CLASS - sum(
                fault.path.startswith(f"{cell_class}/") for fault, _ in faults
            )
            for index in range(cells):
                job.progress(number * IMAGES_PER_CLASS + index, total)
                rng = np.random.default_rng((seed, number, index))
                slide = make_slide(rng, bluish=rng.random() < _BLUISH_SHARE)
                _save(root / _file_name(cell_class, index), render_cell(cell_class, rng, slide))
        for index, (_, write) in enumerate(faults):
            job.progress(total - len(faults) + index, total)
            write(np.random.default_rng((seed, len(CELLS), index)))
        move_into_place(root, folder)
    job.progress(total, total)
    return [fault for fault, _ in faults]


def _plan_faults(root: Path) -> list[tuple[PlantedFault, Callable[[Rng], None]]]:
    """Return each fault with its writing function; the cells that some of them copy must exist."""

    def fault(
        path: str, kind: str, true_class: str | None, write: Callable[..., None], *args: object
    ) -> tuple[PlantedFault, Callable[[Rng], None]]:
        return PlantedFault(path, kind, true_class), partial(write, root / path, *args)

    def original(cell_class: str, index: int) -> Path:
        return root / _file_name(cell_class, index)

    return [
        fault("neutrophil/NE_copy.jpg", "copy", "neutrophil", _copy, original("neutrophil", 0)),
        fault(
            f"erythroblast/ERB_{_LAST_NUMBER}.png",
            "copy_elsewhere",
            "lymphocyte",
            _copy,
            original("lymphocyte", 1),
        ),
        fault(
            f"eosinophil/EO_{_LAST_NUMBER - 1}.jpg",
            "near_copy",
            "eosinophil",
            _near_copy,
            original("eosinophil", 2),
        ),
        fault(
            f"eosinophil/EO_{_LAST_NUMBER}.jpg",
            "wrong_label",
            "neutrophil",
            _draw_cell,
            "neutrophil",
        ),
        fault(f"monocyte/MO_{_LAST_NUMBER}.jpg", "blur", "monocyte", _draw_blurred, "monocyte"),
        fault(f"platelet/PLATELET_{_LAST_NUMBER}.jpg", "blank", None, _draw_blank),
        fault(f"basophil/BA_{_LAST_NUMBER}.jpg", "off_topic", None, _draw_off_topic),
        fault(
            f"immature_granulocyte/IG_{_LAST_NUMBER}.jpg",
            "truncated",
            "immature_granulocyte",
            _draw_truncated,
            "immature_granulocyte",
        ),
    ]


_PREFIXES = {
    "basophil": "BA",
    "eosinophil": "EO",
    "erythroblast": "ERB",
    "immature_granulocyte": "IG",
    "lymphocyte": "LY",
    "monocyte": "MO",
    "neutrophil": "NE",
    "platelet": "PLATELET",
}


def _file_name(cell_class: str, index: int) -> str:
    # Every fourth image is a PNG, so that both formats are shown.
    suffix = "png" if index % 4 == 1 else "jpg"
    return f"{cell_class}/{_PREFIXES[cell_class]}_{100 + index}.{suffix}"


def _save(path: Path, pixels: Pixels, quality: int = 92) -> None:
    Image.fromarray(pixels).save(path, quality=quality)


def _copy(path: Path, original: Path, _rng: Rng) -> None:
    shutil.copyfile(original, path)


def _near_copy(path: Path, original: Path, _rng: Rng) -> None:
    pixels = np.asarray(Image.open(original))
    edge = len(pixels)
    cut = pixels[4 : edge - 4, 4 : edge - 4]
    _save(path, np.asarray(cv2.resize(cut, (edge, edge)), np.uint8), quality=60)


def _draw_cell(path: Path, cell_class: str, rng: Rng) -> None:
    _save(path, render_cell(cell_class, rng))


def _draw_blurred(path: Path, cell_class: str, rng: Rng) -> None:
    _save(path, np.asarray(cv2.GaussianBlur(render_cell(cell_class, rng), (0, 0), 9), np.uint8))


def _draw_blank(path: Path, rng: Rng) -> None:
    _save(path, photograph(draw_plasma(rng, make_slide(rng)), rng))


def _draw_off_topic(path: Path, rng: Rng) -> None:
    _save(path, draw_landscape(rng))


def _draw_truncated(path: Path, cell_class: str, rng: Rng) -> None:
    _draw_cell(path, cell_class, rng)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 5])
