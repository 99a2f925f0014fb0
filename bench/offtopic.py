"""Pictures that show no cell, or not one: drawn here, or the photographs that scikit-learn brings along."""

import cv2
import numpy as np

from engine.images.record import Pixels
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.scenery import draw_landscape

COUNT = 96
NO_CELL = (
    "photographs",
    "drawn landscapes",
    "writing",
    "charts",
    "blank slides",
    "colour gradients",
    "noise",
)
"""The kinds that are off topic beyond dispute; the others are near to a cell."""


def others(size: int, cells: np.ndarray) -> dict[str, np.ndarray]:
    """Return kinds of pictures, uint8 (n, size, size, 3) each; `cells` (m, size, size, 3) for the fields."""
    from sklearn.datasets import load_sample_images

    rng = np.random.default_rng(0)

    def small(pixels: np.ndarray) -> Pixels:
        return cv2.resize(pixels, (size, size), interpolation=cv2.INTER_AREA)

    def piece(photograph: np.ndarray) -> Pixels:
        edge = int(rng.integers(80, 400))
        y, x = (int(rng.integers(0, whole - edge)) for whole in photograph.shape[:2])
        return small(photograph[y : y + edge, x : x + edge])

    def gradient() -> Pixels:
        one, other = rng.integers(0, 256, (2, 3))
        along = np.linspace(0, 1, size)[:, None, None] * np.ones((1, size, 1))
        return (one * (1 - along) + other * along).astype(np.uint8)

    def writing() -> Pixels:
        page = np.full((128, 128, 3), 255, np.uint8)
        for line in range(6):
            words = "".join(chr(code) for code in rng.integers(65, 91, 9))
            cv2.putText(page, words, (4, 18 + 20 * line), 0, 0.6, (0, 0, 0), 1, cv2.LINE_AA)
        return small(page)

    def field() -> Pixels:
        some = cells[rng.integers(0, len(cells), 9)].reshape(3, 3, size, size, 3)
        return small(np.vstack([np.hstack(row) for row in some]))

    def chart() -> Pixels:
        page = np.full((128, 128, 3), 255, np.uint8)
        for x in range(10, 114, 18):
            colour = tuple(int(one) for one in rng.integers(0, 255, 3))
            cv2.rectangle(page, (x, int(rng.integers(10, 108))), (x + 12, 118), colour, -1)
        return small(page)

    def blank() -> Pixels:
        glass = rng.integers(190, 245, 3)
        return rng.normal(glass, 3, (size, size, 3)).clip(0, 255).astype(np.uint8)

    photographs = load_sample_images().images
    each = range(COUNT)
    return {
        "cells of the drawn sample": np.stack(
            [small(render_cell(cell, np.random.default_rng(k))) for cell in CELLS for k in range(8)]
        ),
        "fields of 3 × 3 cells": np.stack([field() for _ in each]),
        "photographs": np.stack([piece(photographs[k % 2]) for k in each]),
        "drawn landscapes": np.stack(
            [small(draw_landscape(np.random.default_rng(k))) for k in each]
        ),
        "writing": np.stack([writing() for _ in each]),
        "charts": np.stack([chart() for _ in each]),
        "blank slides": np.stack([blank() for _ in each]),
        "colour gradients": np.stack([gradient() for _ in each]),
        "noise": rng.integers(0, 256, (COUNT, size, size, 3), np.uint8),
    }
