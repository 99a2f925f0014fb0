"""Drawn images with several cells each."""

from pathlib import Path

import numpy as np
from PIL import Image

from engine.images.sample.cells import render_cell

CLASSES = ("neutrophil", "lymphocyte", "monocyte", "eosinophil", "basophil", "erythroblast")


def write_fields(folder: Path, count: int) -> list[Path]:
    """Write images of three by three cells each."""
    folder.mkdir(parents=True)
    files = []
    for number in range(count):
        rng = np.random.default_rng(number)
        cells = [render_cell(CLASSES[(number + index) % len(CLASSES)], rng) for index in range(9)]
        rows = [np.concatenate(cells[start : start + 3], axis=1) for start in (0, 3, 6)]
        files.append(folder / f"field{number}.png")
        Image.fromarray(np.concatenate(rows)).resize((480, 480)).save(files[-1])
    return files
