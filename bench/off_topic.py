"""Off-topic images: drawn here, or cut from the sample photographs of scikit-learn."""

import cv2
import numpy as np

from engine.images.record import Pixels
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.scenery import draw_landscape

IMAGES_PER_KIND = 96
NO_CELL = (
    "photographs",
    "drawn landscapes",
    "writing",
    "charts",
    "blank slides",
    "colour gradients",
    "noise",
)
"""Kinds that show no cell at all; the others are borderline."""


def off_topic_images(size: int, cells: np.ndarray) -> dict[str, np.ndarray]:
    """Return off-topic images by kind, uint8 (n, size, size, 3) each.

    `cells` (m, size, size, 3) are tiled into fields of several cells.
    """
    from sklearn.datasets import load_sample_images

    rng = np.random.default_rng(0)

    def resize(pixels: np.ndarray) -> Pixels:
        return cv2.resize(pixels, (size, size), interpolation=cv2.INTER_AREA)

    def crop(photograph: np.ndarray) -> Pixels:
        edge = int(rng.integers(80, 400))
        y, x = (int(rng.integers(0, whole - edge)) for whole in photograph.shape[:2])
        return resize(photograph[y : y + edge, x : x + edge])

    def gradient() -> Pixels:
        first, second = rng.integers(0, 256, (2, 3))
        ramp = np.linspace(0, 1, size)[:, None, None] * np.ones((1, size, 1))
        return (first * (1 - ramp) + second * ramp).astype(np.uint8)

    def writing() -> Pixels:
        page = np.full((128, 128, 3), 255, np.uint8)
        for line in range(6):
            words = "".join(chr(code) for code in rng.integers(65, 91, 9))
            cv2.putText(page, words, (4, 18 + 20 * line), 0, 0.6, (0, 0, 0), 1, cv2.LINE_AA)
        return resize(page)

    def field() -> Pixels:
        tiles = cells[rng.integers(0, len(cells), 9)].reshape(3, 3, size, size, 3)
        return resize(np.vstack([np.hstack(row) for row in tiles]))

    def chart() -> Pixels:
        page = np.full((128, 128, 3), 255, np.uint8)
        for x in range(10, 114, 18):
            colour = tuple(int(level) for level in rng.integers(0, 255, 3))
            cv2.rectangle(page, (x, int(rng.integers(10, 108))), (x + 12, 118), colour, -1)
        return resize(page)

    def blank() -> Pixels:
        glass = rng.integers(190, 245, 3)
        return rng.normal(glass, 3, (size, size, 3)).clip(0, 255).astype(np.uint8)

    photographs = load_sample_images().images
    numbers = range(IMAGES_PER_KIND)
    return {
        "cells of the drawn sample": np.stack(
            [
                resize(render_cell(cell, np.random.default_rng(k)))
                for cell in CELLS
                for k in range(8)
            ]
        ),
        "fields of 3 × 3 cells": np.stack([field() for _ in numbers]),
        "photographs": np.stack([crop(photographs[k % 2]) for k in numbers]),
        "drawn landscapes": np.stack(
            [resize(draw_landscape(np.random.default_rng(k))) for k in numbers]
        ),
        "writing": np.stack([writing() for _ in numbers]),
        "charts": np.stack([chart() for _ in numbers]),
        "blank slides": np.stack([blank() for _ in numbers]),
        "colour gradients": np.stack([gradient() for _ in numbers]),
        "noise": rng.integers(0, 256, (IMAGES_PER_KIND, size, size, 3), np.uint8),
    }
