"""Drawing primitives: soft shapes by distance fields, noise, paint, and camera effects."""

import itertools

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

Rng = np.random.Generator
Field = npt.NDArray[np.float32]
"""One value per pixel, float32 (EDGE, EDGE): a distance in pixels, or a mask of 0..1."""

EDGE = 256
"""Edge of the canvas in pixels: the part of an image in which one cell is drawn."""
CENTRE = (EDGE - 1) / 2
YY, XX = np.mgrid[:EDGE, :EDGE].astype(np.float32)

Colour = tuple[float, float, float]
Grid = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def noise(rng: Rng, grain: float, octaves: int = 3, edge: int = EDGE) -> Field:
    """Return smooth noise of about -1..1; `grain` is the size of its largest features in pixels."""
    total = np.zeros((edge, edge), np.float32)
    for octave in range(octaves):
        cells = max(2, round(edge / grain * 2**octave)) + 3
        coarse = rng.standard_normal((cells, cells)).astype(np.float32)
        total += cv2.resize(coarse, (edge, edge), interpolation=cv2.INTER_CUBIC) / 2**octave
    spread: Field = total / 1.6
    return spread


def blob(
    rng: Rng,
    x: float,
    y: float,
    radius: float,
    *,
    ragged: float = 0.05,
    oval: float = 0.1,
    grid: Grid = (YY, XX),
) -> Field:
    """Return the distance (negative inside) to a roundish outline that is uneven by `ragged`."""
    angle = rng.uniform(0, np.pi)
    squeeze = 1 + rng.uniform(0, oval)
    dx, dy = grid[1] - np.float32(x), grid[0] - np.float32(y)
    cosine, sine = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    u = (dx * cosine + dy * sine) / np.float32(squeeze)
    v = (dy * cosine - dx * sine) * np.float32(squeeze)
    theta = np.arctan2(v, u)
    outline = np.ones_like(theta)
    for waves in range(2, 7):
        amount = ragged * rng.normal() / (waves - 0.5)
        outline += np.float32(amount) * np.cos(
            waves * theta + np.float32(rng.uniform(0, 2 * np.pi))
        )
    distance: Field = (np.hypot(u, v) - radius * outline).astype(np.float32)
    return distance


def thread(points: list[tuple[float, float]], width: float) -> Field:
    """Return the distance to a thread of half width `width` through points (x, y)."""
    nearest = np.full((EDGE, EDGE), np.inf, np.float32)
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        length = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-6)
        along = np.clip(((XX - ax) * (bx - ax) + (YY - ay) * (by - ay)) / length, 0, 1)
        nearest = np.minimum(
            nearest, np.hypot(XX - ax - along * (bx - ax), YY - ay - along * (by - ay))
        )
    distance: Field = nearest - np.float32(width)
    return distance


def union(shapes: list[Field], softness: float = 5.0) -> Field:
    """Return the distance to the smooth union of shapes (polynomial smooth minimum)."""
    joined = shapes[0]
    for shape in shapes[1:]:
        share = np.clip(0.5 + 0.5 * (shape - joined) / softness, 0, 1)
        joined = shape + (joined - shape) * share - softness * share * (1 - share)
    return joined.astype(np.float32)


def mask(distance: Field, edge: float = 1.6) -> Field:
    """Return 1 inside, 0 outside, with a ramp of `edge` pixels on each side of the outline."""
    inside: Field = np.clip(0.5 - distance / (2 * edge), 0, 1)
    return inside * inside * (3 - 2 * inside)


def paint(image: Field, where: Field, colour: Colour | Field, opacity: float = 1.0) -> None:
    """Paint a colour (or an image of colours) over `image`, float32 (h, w, 3), in place."""
    image += (where * opacity)[..., None] * (np.asarray(colour, np.float32) - image)


def stain(image: Field, where: Field, colour: Colour, background: Colour) -> None:
    """Darken `image` by a layer that looks like `colour` on `background`, in place.

    Two overlapping layers are darker than one, like two red cells (Beer-Lambert law).
    """
    transmission = np.asarray(colour, np.float32) / np.asarray(background, np.float32)
    image *= (1 + where[..., None] * (transmission - 1)).astype(np.float32)


def dots(
    rng: Rng, where: Field, count: int, size: tuple[float, float], softness: float = 0.7
) -> Field:
    """Return a mask of `count` round granules of radii `size` whose centres lie within `where`."""
    layer = np.zeros(where.shape, np.uint8)
    spots = np.argwhere(where > 0.6)
    if len(spots):
        for row, column in spots[rng.integers(len(spots), size=count)] + rng.random((count, 2)):
            radius = rng.uniform(*size)
            place = (round(column * 16), round(row * 16))
            cv2.circle(layer, place, round(radius * 16), 255, -1, cv2.LINE_AA, shift=4)
    soft: Field = cv2.GaussianBlur(layer, (0, 0), softness).astype(np.float32) / 255
    soft *= where
    return soft


def photograph(image: Field, rng: Rng, *, blur: float = 0.7, grain: float = 1.6) -> Pixels:
    """Return the image as a camera records it: lens blur, slight vignetting, sensor noise."""
    blurred = cv2.GaussianBlur(image, (0, 0), blur)
    across = np.linspace(-1, 1, len(blurred), dtype=np.float32) ** 2
    blurred *= (1 - 0.025 * (across + across[:, None]))[..., None]
    blurred += cv2.GaussianBlur(rng.standard_normal(blurred.shape, np.float32), (0, 0), 0.6) * grain
    pixels: Pixels = np.clip(blurred + 0.5, 0, 255).astype(np.uint8)
    return pixels
