"""Faults planted in folders of real images, the same for the same seed."""

import shutil
from pathlib import Path

import cv2
import numpy as np
from common import _link

from engine.images.record import Pixels
from engine.images.sample.scenery import draw_landscape

JPEG = [cv2.IMWRITE_JPEG_QUALITY, 92]


def cells(folder: Path) -> list[Path]:
    """Return the image files of class folders, sorted."""
    return sorted(file for file in folder.glob("*/*") if file.is_file())


def link(file: Path, out: Path) -> Path:
    """Put an image beside others of its class in `out`."""
    target = out / file.parent.name / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    _link(file, target)
    return target


def load(file: Path) -> Pixels:
    """Return BGR pixels."""
    return np.asarray(cv2.imread(str(file)), np.uint8)


def shrunk(file: Path, target: Path, edge: int) -> None:
    """Write a smaller copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(target), cv2.resize(load(file), (edge, edge), interpolation=cv2.INTER_AREA))


def near_copies(pixels: Pixels, rng: np.random.Generator) -> dict[str, tuple[Pixels, list[int]]]:
    """Return every altered copy of a picture, and how it is written."""
    height, width = pixels.shape[:2]
    dy, dx = round(0.05 * height), round(0.05 * width)
    sign = rng.choice([-1, 1], 2)
    moved = np.float32([[1, 0, dx * sign[0]], [0, 1, dy * sign[1]]])
    small = cv2.resize(pixels, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    shift = cv2.warpAffine(pixels, moved, (width, height), borderMode=cv2.BORDER_REFLECT)
    y, x = (int(v) for v in rng.integers(0, (dy + 1, dx + 1)))
    crop = pixels[y : y + height - dy, x : x + width - dx]
    turned = {f"turn{90 * k}": np.ascontiguousarray(np.rot90(pixels, k)) for k in (1, 2, 3)}
    copies = {
        "resize": small,
        "flip_h": pixels[:, ::-1],
        "flip_v": pixels[::-1],
        **turned,
        "shift": shift,
        "crop": crop,
        "brighter": np.clip(pixels.astype(float) * 1.1, 0, 255).astype(np.uint8),
        "darker": (pixels * 0.9).astype(np.uint8),
    }
    return {"jpeg60": (pixels, [cv2.IMWRITE_JPEG_QUALITY, 60])} | {
        name: (np.ascontiguousarray(copy), JPEG) for name, copy in copies.items()
    }


def photographs() -> list[Pixels]:
    """Return the photographs that scikit-learn brings along, BGR."""
    from sklearn.datasets import load_sample_images

    return [np.ascontiguousarray(image[..., ::-1]) for image in load_sample_images().images]


def intruder(number: int, edge: int, seed: int = 0) -> tuple[str, Pixels]:
    """Return the kind and the BGR pixels of a picture that shows no cell."""
    rng = np.random.default_rng([seed, number])
    kinds = ("landscape", "photograph", "text", "blank", "grey_scan", "gradient", "chart")
    kind = kinds[number % len(kinds)]
    match kind:
        case "landscape":
            picture = draw_landscape(rng)[..., ::-1]
        case "photograph":
            photo = photographs()[number % 2]
            size = int(rng.integers(150, 400))
            y, x = rng.integers(0, (photo.shape[0] - size, photo.shape[1] - size))
            picture = photo[y : y + size, x : x + size]
        case "text":
            picture = np.full((edge, edge, 3), 250, np.uint8)
            for y in range(14, edge, 16):
                words = "".join(chr(c) for c in rng.integers(97, 123, 24))
                cv2.putText(picture, words, (3, y), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (20, 20, 20), 1)
        case "blank":
            level = rng.integers(190, 245, 3)
            picture = np.clip(rng.normal(level, 3, (edge, edge, 3)), 0, 255).astype(np.uint8)
        case "grey_scan":
            yy, xx = np.mgrid[-1 : 1 : edge * 1j, -1 : 1 : edge * 1j]
            body = (np.hypot(xx, yy * rng.uniform(0.7, 1)) < rng.uniform(0.6, 0.9)) * 120.0
            body *= 0.6 + 0.4 * np.sin(xx * rng.uniform(4, 12)) * np.cos(yy * rng.uniform(4, 12))
            body += rng.normal(12, 6, body.shape)
            picture = np.repeat(body.clip(0, 255).astype(np.uint8)[..., None], 3, 2)
        case "gradient":
            ends = rng.integers(0, 255, (2, 3))
            ramp = np.linspace(0, 1, edge)[:, None, None]
            picture = np.broadcast_to(ends[0] * (1 - ramp) + ends[1] * ramp, (edge, edge, 3))
            picture = picture.astype(np.uint8)
        case _:
            picture = np.full((edge, edge, 3), 255, np.uint8)
            for x in range(10, edge - 14, 18):
                top = int(rng.integers(10, edge - 20))
                colour = tuple(int(c) for c in rng.integers(0, 255, 3))
                cv2.rectangle(picture, (x, top), (x + 12, edge - 10), colour, -1)
    return kind, np.ascontiguousarray(cv2.resize(picture, (edge, edge)))


def save(path: Path, pixels: Pixels, how: list[int]) -> None:
    """Write one planted picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), pixels, how)


def copies(picture: Pixels, targets: list[Path]) -> None:
    """Write the same file many times."""
    save(targets[0], picture, JPEG)
    for target in targets[1:]:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(targets[0], target)
