"""Whole fields: several drawn cells in one picture."""

from pathlib import Path

import numpy as np
from PIL import Image

from engine.images.sample.cells import render_cell

KINDS = ("neutrophil", "lymphocyte", "monocyte", "eosinophil", "basophil", "erythroblast")


def write_fields(folder: Path, count: int) -> list[Path]:
    """Write pictures of three times three cells each."""
    folder.mkdir(parents=True)
    files = []
    for number in range(count):
        rng = np.random.default_rng(number)
        cells = [render_cell(KINDS[(number + at) % len(KINDS)], rng) for at in range(9)]
        rows = [np.concatenate(cells[at : at + 3], axis=1) for at in (0, 3, 6)]
        files.append(folder / f"field{number}.png")
        Image.fromarray(np.concatenate(rows)).resize((480, 480)).save(files[-1])
    return files
