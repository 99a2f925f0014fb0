"""What a training image may look like instead: drawn for each image, symmetric, in named units.

NumPy and OpenCV only, so that every Keras backend trains on the same pictures and the window can show
them. The cost for a 128 px image is about 0.3 ms.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.train.dirt import soil
from engine.train.policies import OPERATIONS, augmix, randaugment
from engine.train.recipe import Augmentation, Colour, Degrade, Geometry, SubPolicy
from engine.train.stain import erase, redye, restain

Rng = np.random.Generator

_FINEST = 0.6
"""Scale below which an image is blurred before it is sampled."""


def augment(
    image: Pixels, policy: Augmentation, rng: Rng, strength: float = 1.0, size: int | None = None
) -> Pixels:
    """Return another look of a square RGB image; `strength` 0..1 scales all but geometry.

    It has the edge `size`, or the image's own. From a larger image, what is zoomed in on stays sharp.
    """
    image = move(image, policy.geometry, rng, size)
    if rng.random() < policy.colour.share * min(1.0, 2 * strength):
        image = recolour(image, policy.colour, rng, strength)
    if policy.laboratory.share and rng.random() < policy.laboratory.share * strength:
        image = redye(image, policy.laboratory, rng, strength)
    if policy.dirt.share and rng.random() < policy.dirt.share * strength:
        image = soil(image, policy.dirt, rng)
    if rng.random() < policy.degrade.share * strength:
        image = degrade(image, policy.degrade, rng, strength)
    if policy.stain.share and rng.random() < policy.stain.share:
        image = restain(image, policy.stain, rng, strength)
    image = _chosen(image, policy, rng)
    if policy.searched:
        image = follow(image, policy.searched[rng.integers(len(policy.searched))], rng, strength)
    if policy.erasing.share and rng.random() < policy.erasing.share * strength:
        image = erase(image, policy.erasing, rng)
    return image


def _chosen(image: Pixels, policy: Augmentation, rng: Rng) -> Pixels:
    both = policy.randaugment.ops and policy.augmix.severity
    if both and rng.random() < 0.5:
        return randaugment(image, policy.randaugment, rng)
    if policy.augmix.severity:
        return augmix(image, policy.augmix, rng)
    return randaugment(image, policy.randaugment, rng)


def follow(image: Pixels, steps: SubPolicy, rng: Rng, strength: float = 1.0) -> Pixels:
    """Apply a sub-policy: each step to its share of the images, as strong as drawn, either way."""
    for step in steps:
        if rng.random() < step.share:
            amount = strength * step.strength * rng.choice((-1.0, 1.0))
            image = OPERATIONS[step.operation](image, float(amount))
    return image


def move(image: Pixels, geometry: Geometry, rng: Rng, size: int | None = None) -> Pixels:
    """Flip, turn, shift, zoom and resize in one resampling; what comes in at the edges is mirrored."""
    edge = image.shape[0]
    size = size or edge
    angle = rng.uniform(-geometry.rotation, geometry.rotation)
    if geometry.far and rng.random() < geometry.far:
        zoom = float(np.exp(rng.uniform(*np.log(geometry.far_zoom))))
    else:
        zoom = geometry.zoom ** rng.uniform(-1, 1)
    centre, scale = (edge - 1) / 2, zoom * size / edge
    matrix = cv2.getRotationMatrix2D((centre, centre), angle, scale)
    matrix[:, 2] += (size - edge) / 2 + rng.uniform(-geometry.shift, geometry.shift, 2) * size
    if geometry.flip and rng.random() < 0.5:
        # Mirror the source; with a free rotation this also gives every vertical flip.
        matrix = matrix @ np.array([[-1, 0, edge - 1], [0, 1, 0], [0, 0, 1]], np.float64)
    if scale < _FINEST:
        # Bilinear sampling looks at two pixels; between them finer detail would turn into noise.
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.4 / scale), np.uint8)
    moved: Pixels = cv2.warpAffine(
        image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return moved


def recolour(image: Pixels, colour: Colour, rng: Rng, strength: float = 1.0) -> Pixels:
    """Change stain, lamp and camera: optical density, contrast and brightness, saturation and hue.

    Scaling a channel's optical density (Beer-Lambert: density = -log10(I / I0)) is a power of its
    intensity, so one 256-entry table a channel does density, contrast and brightness at once.
    """
    levels = np.arange(256, dtype=np.float32)[:, None] / 255
    density = colour.density ** (strength * rng.uniform(-1, 1, 3))
    contrast = 1 + strength * rng.uniform(-colour.contrast, colour.contrast)
    brightness = strength * rng.uniform(-colour.brightness, colour.brightness)
    table = (levels**density - 0.5) * contrast + 0.5 + brightness
    if colour.gain > 1:
        table *= colour.gain ** (strength * rng.uniform(-1, 0.5))
    image = cv2.LUT(image, np.clip(table * 255 + 0.5, 0, 255).astype(np.uint8)[None])
    saturation = 1 + strength * rng.uniform(-colour.saturation, colour.saturation)
    hue = np.deg2rad(strength * rng.uniform(-colour.hue, colour.hue))
    recoloured: Pixels = cv2.transform(image, _chroma(saturation, hue))
    return recoloured


def _chroma(saturation: float, hue: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    # In YIQ (NTSC 1953), hue is a turn of the I-Q plane and saturation its scale; grey stays grey.
    to_yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    turn = np.eye(3)
    turn[1:, 1:] = saturation * np.array([[np.cos(hue), -np.sin(hue)], [np.sin(hue), np.cos(hue)]])
    matrix: np.ndarray[tuple[int, int], np.dtype[np.float64]] = (
        np.linalg.inv(to_yiq) @ turn @ to_yiq
    )
    return matrix


def degrade(image: Pixels, limits: Degrade, rng: Rng, strength: float = 1.0) -> Pixels:
    """Spoil the picture in one way: blur, JPEG, noise or coarse pixels, defocus or motion."""
    ways: list[Callable[[Pixels, float], Pixels]] = []
    if limits.blur:
        ways.append(lambda picture, amount: blur(picture, amount * limits.blur))
    if limits.jpeg < 100:
        ways.append(lambda picture, amount: jpeg(picture, 100 - amount * (100 - limits.jpeg)))
    if limits.noise:
        ways.append(lambda picture, amount: noise(picture, amount * limits.noise, rng))
    if limits.pixels > 1:
        ways.append(lambda picture, amount: coarse(picture, limits.pixels**amount))
    if limits.defocus:
        ways.append(lambda picture, amount: defocus(picture, amount * limits.defocus))
    if limits.motion:
        ways.append(lambda picture, amount: motion(picture, amount * limits.motion, rng))
    if not ways:
        return image
    return ways[rng.integers(len(ways))](image, strength * rng.random())


def blur(image: Pixels, sigma: float) -> Pixels:
    """Gaussian blur; `sigma` as a share of the edge."""
    blurred: Pixels = cv2.GaussianBlur(image, (0, 0), max(sigma * image.shape[0], 0.1))
    return blurred


def defocus(image: Pixels, radius: float) -> Pixels:
    """Average over a disc; `radius` as a share of the edge."""
    pixels = radius * image.shape[0]
    half = max(1, int(np.ceil(pixels)))
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    # Soft at the rim: a small picture is blurred by fractions of a pixel.
    return _filtered(image, np.clip(pixels + 0.5 - np.hypot(x, y), 0, 1))


def motion(image: Pixels, length: float, rng: Rng) -> Pixels:
    """Smear in a random direction, fading out; `length` as a share of the edge."""
    pixels = max(length * image.shape[0], 0.5)
    half = max(1, int(np.ceil(pixels)))
    angle = rng.uniform(-np.pi, np.pi)
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    fading = np.exp(-((along / pixels) ** 2) / (2 * rng.uniform(0.3, 0.8) ** 2))
    inside = (along > -0.5) & (along <= pixels)
    return _filtered(image, np.clip(1 - np.abs(across), 0, 1) * fading * inside)


def _filtered(image: Pixels, kernel: npt.NDArray[np.float64]) -> Pixels:
    whole = kernel / kernel.sum()
    return np.asarray(cv2.filter2D(image, -1, whole, borderType=cv2.BORDER_REFLECT_101), np.uint8)


def jpeg(image: Pixels, quality: float) -> Pixels:
    """Write and read as JPEG; quality 1-100."""
    bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, int(max(quality, 1))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)


def noise(image: Pixels, deviation: float, rng: Rng) -> Pixels:
    """Gaussian sensor noise; `deviation` in grey levels."""
    grain = rng.standard_normal(image.shape, np.float32) * deviation
    return np.clip(image + grain + 0.5, 0, 255).astype(np.uint8)


def coarse(image: Pixels, factor: float) -> Pixels:
    """Shrink by `factor` and grow again, as an image from a lower magnification."""
    edge = image.shape[0]
    small = max(8, round(edge / factor))
    shrunk = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    grown: Pixels = cv2.resize(shrunk, (edge, edge), interpolation=cv2.INTER_CUBIC)
    return grown
