"""Hostile folder: odd, damaged and irrelevant files beside good images."""

import contextlib
import io
import os
import stat
import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image


def smooth_image(seed: int, height: int = 48, width: int = 64) -> np.ndarray:
    """Return a smooth RGB image, uint8 (height, width, 3), different for each seed."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 250, (6, 8, 3), dtype=np.uint8)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


def encode(pixels: np.ndarray | Image.Image, kind: str, **options: object) -> bytes:
    """Return the content of an image file, written by Pillow."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def encode_16_bit(pixels: np.ndarray, suffix: str) -> bytes:
    """Return the content of a file with uint16 pixels, RGB(A) or grey, written by OpenCV."""
    if pixels.ndim == 3:
        order = [2, 1, 0, 3][: pixels.shape[2]]
        pixels = np.ascontiguousarray(pixels[..., order])
    return cv2.imencode(suffix, pixels)[1].tobytes()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_bomb(edge: int = 30_000) -> bytes:
    """Return a small PNG that unpacks to `edge` x `edge` pixels."""
    rows = zlib.compress(bytes(edge // 8 + 1) * edge, 9)
    header = struct.pack(">IIBBBBB", edge, edge, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def good_files() -> dict[str, bytes]:
    """Return unusual but valid images, by path."""
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = smooth_image(1)
    alpha = np.dstack([smooth_image(2), np.tile(np.arange(64, dtype=np.uint8) * 4, (48, 1))])
    frames = [Image.fromarray(smooth_image(seed)) for seed in (3, 4, 5)]
    more = {"save_all": True, "append_images": frames[1:]}
    twelve = smooth_image(6).astype(np.uint16) * 16
    palette = Image.fromarray(smooth_image(7)).quantize(16)
    files = {
        "good.jpg": encode(seen, "JPEG"),
        "UPPER.JPEG": encode(smooth_image(10), "JPEG"),
        "grey.jpg": encode(smooth_image(11)[..., 0], "JPEG"),
        "cmyk.jpg": encode(Image.fromarray(smooth_image(12)).convert("CMYK"), "JPEG"),
        "progressive.jpg": encode(smooth_image(13), "JPEG", progressive=True),
        "rotated.jpg": encode(smooth_image(14), "JPEG", exif=exif.tobytes()),
        "corrupt_exif.jpg": encode(
            smooth_image(15), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7fgarbage"
        ),
        "trailing_garbage.jpg": encode(smooth_image(16), "JPEG") + b"and more" * 99,
        "palette.png": encode(palette, "PNG"),
        "palette_transparent.png": encode(palette, "PNG", transparency=0),
        "one_bit.png": encode(Image.fromarray(smooth_image(17)).convert("1"), "PNG"),
        "alpha.png": encode(alpha, "PNG"),
        "grey_alpha.png": encode(Image.fromarray(alpha).convert("LA"), "PNG"),
        "deep_grey.png": encode_16_bit(twelve[..., 0], ".png"),
        "deep.png": encode_16_bit(twelve, ".png"),
        "deep_alpha.png": encode_16_bit(np.dstack([twelve, twelve[..., :1] * 16]), ".png"),
        "deep.tif": encode_16_bit(twelve, ".tiff"),
        "deep_alpha.tif": encode_16_bit(np.dstack([twelve, twelve[..., :1] * 16]), ".tiff"),
        "deep_grey.tif": encode_16_bit(twelve[..., 0], ".tiff"),
        "real.tif": encode((smooth_image(18)[..., 0] / 255).astype(np.float32), "TIFF"),
        "pages.tiff": encode(frames[0], "TIFF", **more),
        "lzw.tif": encode(smooth_image(19), "TIFF", compression="tiff_lzw"),
        "cmyk.tif": encode(Image.fromarray(smooth_image(20)).convert("CMYK"), "TIFF"),
        "plain.bmp": encode(smooth_image(21), "BMP"),
        "lossless.webp": encode(smooth_image(22), "WEBP", lossless=True),
        "animated.webp": encode(frames[1], "WEBP", save_all=True, append_images=frames[2:]),
        "animated.gif": encode(frames[0], "GIF", **more),
        "one_pixel.png": encode(smooth_image(23, 1, 1), "PNG"),
        "one_row.png": encode(smooth_image(24, 1, 5000), "PNG"),
        "one_column.png": encode(smooth_image(25, 5000, 1), "PNG"),
        "really_a_png.jpg": encode(smooth_image(26), "PNG"),
        "no_suffix": encode(smooth_image(27), "JPEG"),
        "cell.dat": encode(smooth_image(28), "PNG"),
        "cell.jpg.bak": encode(smooth_image(29), "JPEG"),
        "really_a_jpeg.heic": encode(smooth_image(30), "JPEG"),
        "клетка крови.jpg": encode(smooth_image(31), "JPEG"),
        "血液細胞.png": encode(smooth_image(32), "PNG"),
        "خلية.jpg": encode(smooth_image(33), "JPEG"),
        "🩸.jpg": encode(smooth_image(34), "JPEG"),
        unicodedata.normalize("NFC", "cellula è più.jpg"): encode(smooth_image(35), "JPEG"),
        "n" * 200 + ".jpg": encode(smooth_image(37), "JPEG"),
        "-rf.jpg": encode(smooth_image(38), "JPEG"),
        "=1+2, 'a'; b.jpg": encode(smooth_image(39), "JPEG"),
        "folder.jpg/inside.jpg": encode(smooth_image(40), "JPEG"),
        "/".join(["deep"] * 60) + "/cell.jpg": encode(smooth_image(41), "JPEG"),
    }
    if os.name == "posix":
        files['quote" tab\t line\n.jpg'] = encode(smooth_image(42), "JPEG")
        files["back\\slash.jpg"] = encode(smooth_image(43), "JPEG")
    return files


def bad_files() -> dict[str, tuple[str, bytes]]:
    """Return unreadable images, by path: the reason's id and the content."""
    jpeg, png, bmp = (encode(smooth_image(50), kind) for kind in ("JPEG", "PNG", "BMP"))
    gif, webp, tiff = (encode(smooth_image(51), kind) for kind in ("GIF", "WEBP", "TIFF"))
    flipped = bytearray(png)
    flipped[len(png) // 2] ^= 0xFF
    gif_bomb = bytearray(gif)
    gif_bomb[6:10] = struct.pack("<HH", 60_000, 60_000)
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500)
    negative = np.linspace(-3, 3, 48 * 64, dtype=np.float32).reshape(48, 64)
    huge = (np.arange(48 * 64, dtype=np.int32) * 1000).reshape(48, 64)
    return {
        "empty.jpg": ("image.empty", b""),
        "empty.tif": ("image.empty", b""),
        "one_byte.jpg": ("image.not_an_image", b"\xff"),
        "text.jpg": ("image.not_an_image", b"This is a shopping list: eggs, milk.\n" * 30),
        "page.png": ("image.not_an_image", b"<!DOCTYPE html><title>404 Not Found</title>"),
        "paper.jpeg": ("image.not_an_image", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        "begins_with_bm.bmp": ("image.not_an_image", b"BMW is a car. " * 20),
        "zeros.jpg": ("image.not_an_image", bytes(4096)),
        "noise.png": ("image.not_an_image", np.random.default_rng(0).bytes(4096)),
        "only_magic.jpg": ("image.truncated", jpeg[:10]),
        "only_magic.png": ("image.damaged", png[:10]),
        "truncated.jpg": ("image.truncated", jpeg[: len(jpeg) // 2]),
        "truncated.png": ("image.truncated", png[: len(png) // 2]),
        "truncated.bmp": ("image.truncated", bmp[: len(bmp) // 2]),
        "truncated.gif": ("image.truncated", gif[: len(gif) // 2]),
        "truncated.webp": ("image.truncated", webp[: len(webp) // 2]),
        "truncated.tif": ("image.truncated", tiff[: len(tiff) // 2]),
        "truncated_deep.png": (
            "image.truncated",
            _half(encode_16_bit(smooth_image(52).astype(np.uint16), ".png")),
        ),
        "truncated_header.tif": ("image.unusual", tiff[:8] + b"\xff" * 8),
        "flipped_bits.png": ("image.damaged", bytes(flipped)),
        "bomb.png": ("image.too_many_pixels", png_bomb()),
        "large.png": ("image.too_many_pixels", png_bomb(9000)),
        "bomb.gif": ("image.too_many_pixels", bytes(gif_bomb)),
        "negative.tif": ("image.depth", encode(negative, "TIFF")),
        "32_bits.tif": ("image.depth", encode(huge, "TIFF")),
        "phone.heic": ("image.unsupported", heic),
        "phone.jpg": ("image.unsupported", heic),
        "scan.jp2": (
            "image.unsupported",
            b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 " + bytes(99),
        ),
        "design.psd": ("image.unsupported", b"8BPS\0\1" + bytes(99)),
    }


def ignored_files() -> dict[str, bytes]:
    """Return files that are ignored silently, by path."""
    image = encode(smooth_image(60), "JPEG")
    return {
        "notes.txt": b"slide 12, stained on Monday",
        "labels.csv": b"file,label\n",
        "labels.xml": b"<annotation/>",
        "paper.pdf": b"%PDF-1.7",
        "README": b"words",
        "strange.suffix": b"words",
        "empty": b"",
        "model.npz": b"PK\3\4",
        ".hidden.jpg": image,
        "._good.jpg": b"\0\5\x16\7\0\2\0\0Mac OS X",
        ".git/objects/cell.jpg": image,
        "__MACOSX/good.jpg": image,
        "Thumbs.db": image,
        "desktop.ini": b"[.ShellClassInfo]",
        "@eaDir/good.jpg": image,
    }


def make_hostile_folder(path: Path) -> dict[str, str | None]:
    """Create the folder at `path`; return each path that a scan must report, with its reason's id.

    None stands for a good image. Other paths must not be reported. Files that this system does not
    support (a pipe on Windows, an undecodable name on a Mac) are left out.
    """
    path.mkdir(parents=True, exist_ok=True)
    expected: dict[str, str | None] = {}
    for name, data in good_files().items():
        if _write(path, name, data):
            expected[name] = None
    for name, (reason, data) in bad_files().items():
        if _write(path, name, data):
            expected[name] = reason
    for name, data in ignored_files().items():
        _write(path, name, data)
    for name, (reason, make) in _special(path).items():
        with contextlib.suppress(OSError, AttributeError, NotImplementedError):
            make()
            if reason != "ignored":
                expected[name] = reason
    return expected


def _special(path: Path) -> dict[str, tuple[str | None, Callable[[], object]]]:
    def undecodable() -> None:
        (path / os.fsdecode(b"bytes\xff\xfe.jpg")).write_bytes(encode(smooth_image(70), "JPEG"))

    def decomposed() -> None:
        # The decomposed form of a name beside the composed one: two files, if the system allows it.
        name = unicodedata.normalize("NFD", "cellula è più.jpg")
        with (path / name).open("xb") as file:
            file.write(encode(smooth_image(71), "JPEG"))

    def sparse() -> None:
        with (path / "sparse.jpg").open("wb") as file:
            file.write(encode(smooth_image(72), "JPEG"))
            file.truncate(1 << 30)

    def link(name: str, target: str, *, folder: bool = False) -> Callable[[], object]:
        return lambda: (path / name).symlink_to(target, target_is_directory=folder)

    return {
        os.fsdecode(b"bytes\xff\xfe.jpg"): (None, undecodable),
        unicodedata.normalize("NFD", "cellula è più.jpg"): (None, decomposed),
        "sparse.jpg": ("image.too_large", sparse),
        "pipe.jpg": ("image.special", lambda: os.mkfifo(path / "pipe.jpg")),
        "pipe": ("ignored", lambda: os.mkfifo(path / "pipe")),
        "socket.jpg": (
            "image.special",
            lambda: os.mknod(path / "socket.jpg", stat.S_IFSOCK | 0o600),
        ),
        "endless.jpg": ("image.special", _if_there("/dev/zero", link("endless.jpg", "/dev/zero"))),
        "link.jpg": (None, link("link.jpg", "good.jpg")),
        "link_broken.jpg": ("image.link_broken", link("link_broken.jpg", "nowhere.jpg")),
        "link_to_itself.jpg": ("image.link_loop", link("link_to_itself.jpg", "link_to_itself.jpg")),
        "link_to_root": ("image.link_loop", link("link_to_root", ".", folder=True)),
        "deep/link_up": ("image.link_loop", link("deep/link_up", "../..", folder=True)),
        "link_beside": ("ignored", link("link_beside", "folder.jpg", folder=True)),
    }


def _if_there(target: str, make: Callable[[], object]) -> Callable[[], object]:
    def check() -> None:
        Path(target).stat()
        make()

    return check


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _write(path: Path, name: str, data: bytes) -> bool:
    try:
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError:
        return False
    return True


def mutate(data: bytes, rng: np.random.Generator) -> bytes:
    """Return the content after one to four random changes."""
    changed = bytearray(data)
    for _ in range(int(rng.integers(1, 5))):
        size = len(changed)
        if not size:
            changed += rng.bytes(8)
            continue
        start = int(rng.integers(size))
        length = int(rng.integers(1, 65))
        match int(rng.integers(7)):
            case 0:
                changed[start] ^= 1 << int(rng.integers(8))
            case 1:
                changed[start : start + length] = rng.bytes(length)
            case 2:
                del changed[start:]
            case 3:
                del changed[start : start + length]
            case 4:
                changed[start:start] = changed[: int(rng.integers(size))][-length:]
            case 5:
                changed[start : start + length] = bytes(length)
            case _:
                word = HOSTILE_BYTES[int(rng.integers(len(HOSTILE_BYTES)))]
                changed[start : start + (length if length % 2 else len(word))] = word
    return bytes(changed)


HOSTILE_BYTES = (
    b"[" * 5000,
    b'{"a":' * 3000,
    b"1e999",
    b"-1",
    b"99999999999999999999999",
    b"null",
    b'"\\ud800"',
    b'"\\u0000"',
    b"NaN",
    b"../../../etc/passwd",
    b"\xff\xfe",
    b"\x00" * 16,
    b"{}",
    b"[]",
    b'""',
)
"""Byte strings that upset decoders, to insert anywhere in a file."""
