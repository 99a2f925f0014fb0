"""Synthetic faults added to folders of real images, reproducible for a given seed."""

import shutil
from pathlib import Path

import cv2
import numpy as np
from common import link_or_copy

from engine.images.record import Pixels
from engine.images.sample.scenery import draw_landscape

JPEG_PARAMETERS = [cv2.IMWRITE_JPEG_QUALITY, 92]


def image_files(folder: Path) -> list[Path]:
    """Return the image files of class folders, sorted."""
    return sorted(file for file in folder.glob("*/*") if file.is_file())


def link_into(file: Path, out: Path) -> Path:
    """Link an image into the folder of its class in `out`; return the new path."""
    target = out / file.parent.name / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    link_or_copy(file, target)
    return target


def load_bgr(file: Path) -> Pixels:
    """Return the BGR pixels of an image file."""
    return np.asarray(cv2.imread(str(file)), np.uint8)


def write_resized(file: Path, target: Path, edge: int) -> None:
    """Write a copy of `edge` × `edge` pixels."""
    target.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(target), cv2.resize(load_bgr(file), (edge, edge), interpolation=cv2.INTER_AREA))


def near_copies(pixels: Pixels, rng: np.random.Generator) -> dict[str, tuple[Pixels, list[int]]]:
    """Return altered copies of an image (BGR pixels) with their JPEG parameters, by kind of alteration."""
    height, width = pixels.shape[:2]
    dy, dx = round(0.05 * height), round(0.05 * width)
    sign = rng.choice([-1, 1], 2)
    translation = np.float32([[1, 0, dx * sign[0]], [0, 1, dy * sign[1]]])
    small = cv2.resize(pixels, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    shift = cv2.warpAffine(pixels, translation, (width, height), borderMode=cv2.BORDER_REFLECT)
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
        name: (np.ascontiguousarray(copy), JPEG_PARAMETERS) for name, copy in copies.items()
    }


def photographs() -> list[Pixels]:
    """Return the sample photographs of scikit-learn, BGR."""
    from sklearn.datasets import load_sample_images

    return [np.ascontiguousarray(image[..., ::-1]) for image in load_sample_images().images]


def intruder(number: int, edge: int, seed: int = 0) -> tuple[str, Pixels]:
    """Return the kind and the BGR pixels (edge, edge, 3) of an image that shows no cell."""
    rng = np.random.default_rng([seed, number])
    kinds = ("landscape", "photograph", "text", "blank", "grey_scan", "gradient", "chart")
    kind = kinds[number % len(kinds)]
    match kind:
        case "landscape":
            image = draw_landscape(rng)[..., ::-1]
        case "photograph":
            photo = photographs()[number % 2]
            size = int(rng.integers(150, 400))
            y, x = rng.integers(0, (photo.shape[0] - size, photo.shape[1] - size))
            image = photo[y : y + size, x : x + size]
        case "text":
            image = np.full((edge, edge, 3), 250, np.uint8)
            for y in range(14, edge, 16):
                words = "".join(chr(c) for c in rng.integers(97, 123, 24))
                cv2.putText(image, words, (3, y), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (20, 20, 20), 1)
        case "blank":
            level = rng.integers(190, 245, 3)
            image = np.clip(rng.normal(level, 3, (edge, edge, 3)), 0, 255).astype(np.uint8)
        case "grey_scan":
            yy, xx = np.mgrid[-1 : 1 : edge * 1j, -1 : 1 : edge * 1j]
            body = (np.hypot(xx, yy * rng.uniform(0.7, 1)) < rng.uniform(0.6, 0.9)) * 120.0
            body *= 0.6 + 0.4 * np.sin(xx * rng.uniform(4, 12)) * np.cos(yy * rng.uniform(4, 12))
            body += rng.normal(12, 6, body.shape)
            image = np.repeat(body.clip(0, 255).astype(np.uint8)[..., None], 3, 2)
        case "gradient":
            ends = rng.integers(0, 255, (2, 3))
            ramp = np.linspace(0, 1, edge)[:, None, None]
            image = np.broadcast_to(ends[0] * (1 - ramp) + ends[1] * ramp, (edge, edge, 3))
            image = image.astype(np.uint8)
        case _:
            image = np.full((edge, edge, 3), 255, np.uint8)
            for x in range(10, edge - 14, 18):
                top = int(rng.integers(10, edge - 20))
                colour = tuple(int(c) for c in rng.integers(0, 255, 3))
                cv2.rectangle(image, (x, top), (x + 12, edge - 10), colour, -1)
    return kind, np.ascontiguousarray(cv2.resize(image, (edge, edge)))


def save(path: Path, pixels: Pixels, jpeg_parameters: list[int]) -> None:
    """Write one image as JPEG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), pixels, jpeg_parameters)


def write_copies(image: Pixels, targets: list[Path]) -> None:
    """Write one image to many files, byte for byte the same."""
    save(targets[0], image, JPEG_PARAMETERS)
    for target in targets[1:]:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(targets[0], target)
