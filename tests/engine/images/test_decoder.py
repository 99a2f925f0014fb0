import hashlib
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from hostile import encode, encode_16_bit, png_chunk, smooth_image
from PIL import Image, ImageOps

from engine.images.decoder import decode, decode_pixels, fit_size
from engine.messages import Message, Problem

ORIENTATION = 0x0112

# The program ignores Pillow's warnings; pytest turns its filters off.
pytestmark = pytest.mark.filterwarnings("ignore:::PIL.TiffImagePlugin")


def ids(image):
    return [note.id for note in image.notes]


def with_orientation(pixels, kind, orientation, **options):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encode(pixels, kind, exif=exif, **options)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_lossless_formats_decode_exactly(kind):
    pixels = smooth_image(0)
    data = encode(pixels, kind)
    result = decode(data)
    assert np.array_equal(result.pixels, pixels)
    assert result.content_hash == hashlib.sha256(data).hexdigest()
    assert result.notes == ()


def test_jpeg_matches_opencv():
    data = encode(smooth_image(0, 192, 192), "JPEG", quality=90)
    other = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    difference = np.abs(decode(data).pixels.astype(int) - other)
    assert difference.max() <= 4
    assert difference.mean() < 0.2


def test_grey_and_1_bit_images_become_rgb():
    grey = smooth_image(0)[..., 0]
    assert np.array_equal(decode(encode(grey, "PNG")).pixels, np.dstack([grey] * 3))
    black_white = decode(encode(Image.fromarray(grey).convert("1"), "PNG")).pixels
    assert set(np.unique(black_white)) <= {0, 255}


def test_palette_images():
    palette = Image.fromarray(smooth_image(0)).quantize(16)
    assert np.array_equal(decode(encode(palette, "PNG")).pixels, np.asarray(palette.convert("RGB")))


def test_cmyk_is_converted_to_rgb():
    flat = np.full((16, 16, 3), (200, 60, 120), np.uint8)
    result = decode(encode(Image.fromarray(flat).convert("CMYK"), "JPEG", quality=100))
    assert np.abs(result.pixels.astype(int) - flat).max() <= 3


def test_transparency_is_white_and_noted():
    rgba = np.zeros((2, 2, 4), np.uint8)
    rgba[0, 0] = (10, 20, 30, 255)
    rgba[0, 1] = (10, 20, 30, 0)
    rgba[1, 0] = (0, 0, 0, 128)
    result = decode(encode(rgba, "PNG"))
    assert result.pixels.tolist() == [
        [[10, 20, 30], [255, 255, 255]],
        [[127, 127, 127], [255, 255, 255]],
    ]
    assert ids(result) == ["image.on_white"]


def test_opaque_alpha_is_ignored():
    pixels = smooth_image(0)
    rgba = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    result = decode(encode(rgba, "PNG"))
    assert np.array_equal(result.pixels, pixels)
    assert result.notes == ()


def test_transparent_png_colour_is_white():
    pixels = np.full((4, 4, 3), 90, np.uint8)
    pixels[0, 0] = (1, 2, 3)
    result = decode(encode(pixels, "PNG", transparency=(1, 2, 3)))
    assert result.pixels[0, 0].tolist() == [255, 255, 255]
    assert result.pixels[1, 1].tolist() == [90, 90, 90]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_exif_rotation_is_applied(kind, orientation):
    options = {"lossless": True} if kind == "WEBP" else {}
    data = with_orientation(smooth_image(0), kind, orientation, **options)
    plain = Image.fromarray(smooth_image(0))
    plain.getexif()[ORIENTATION] = orientation
    assert np.array_equal(decode(data).pixels, np.asarray(ImageOps.exif_transpose(plain)))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation_is_applied_to_16_bit_tiff(orientation):
    wide = smooth_image(0).astype(np.uint16) * 257
    data = encode_16_bit(wide, ".tiff")
    data = with_tag(data, ORIENTATION, orientation)
    plain = Image.fromarray(smooth_image(0))
    plain.getexif()[ORIENTATION] = orientation
    assert np.array_equal(decode(data).pixels, np.asarray(ImageOps.exif_transpose(plain)))


def test_exif_rotation_is_applied_to_16_bit_png():
    wide = smooth_image(0).astype(np.uint16) * 257
    data = encode_16_bit(wide, ".png")
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    head = 8 + 25  # after the signature and IHDR
    data = data[:head] + png_chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0")) + data[head:]
    assert np.array_equal(decode(data).pixels, np.rot90(smooth_image(0), -1))


def with_tag(data, number, value):
    """Return a little-endian TIFF with a short tag added or changed."""
    data = bytearray(data)
    start = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[start : start + 2], "little")
    entries = [bytes(data[start + 2 + 12 * i : start + 14 + 12 * i]) for i in range(count)]
    entries = [entry for entry in entries if entry[:2] != number.to_bytes(2, "little")]
    tag = struct.pack("<HHII", number, 3, 1, value)
    entries = sorted([*entries, tag], key=lambda entry: int.from_bytes(entry[:2], "little"))
    directory = len(entries).to_bytes(2, "little") + b"".join(entries) + bytes(4)
    data[4:8] = len(data).to_bytes(4, "little")
    return bytes(data) + directory


def test_tiff_with_white_zero():
    grey = smooth_image(0)[..., 0]
    for bits, pixels in ((8, grey), (16, grey.astype(np.uint16) * 257)):
        result = decode(with_tag(encode_16_bit(pixels, ".tiff"), 262, 0))
        assert np.array_equal(result.pixels[..., 0], 255 - grey), bits


def test_falsely_planar_tiff_is_refused():
    data = with_tag(encode_16_bit(smooth_image(0).astype(np.uint16) * 257, ".tiff"), 284, 2)
    assert outcome(data) == "image.unusual"


def test_float_rgb_tiff_is_refused():
    data = with_tag(encode(smooth_image(0), "TIFF"), 339, 3)
    assert outcome(data) == "image.unusual"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_invalid_orientation_is_ignored(kind, orientation):
    data = with_orientation(smooth_image(0), kind, orientation)
    assert decode(data).pixels.shape == (48, 64, 3)


@pytest.mark.parametrize("exif", [b"", b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"\0" * 99])
def test_corrupt_exif_is_ignored(exif):
    assert decode(encode(smooth_image(0), "JPEG", exif=exif)).pixels.shape == (48, 64, 3)


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_16_bit_files_are_scaled_by_their_bit_depth(suffix, channels, bits, capfd):
    top = (1 << bits) - 1
    rng = np.random.default_rng(bits)
    pixels = rng.integers(0, top + 1, (20, 30, channels)).astype(np.uint16)
    pixels[0, 0, 0] = top
    if channels == 4:
        pixels[..., 3] = 65535
    result = decode(encode_16_bit(pixels if channels > 1 else pixels[..., 0], suffix))
    wanted = np.floor(pixels[..., :3] * (255 / top) + 0.5).astype(np.uint8)
    difference = np.abs(result.pixels.astype(int) - np.broadcast_to(wanted, (20, 30, 3)))
    assert difference.max() <= 1
    assert result.pixels.max() == 255
    assert result.notes == ((Message("image.scaled", {"bits": bits}),) if bits > 8 else ())
    assert capfd.readouterr() == ("", "")


def test_16_bit_grey_with_alpha():
    grey = np.full((4, 4), 4095, np.uint16)
    alpha = np.full((4, 4), 65535, np.uint16)
    alpha[0, 0] = 0
    grey[1, 1] = 0
    result = decode(deep_grey_alpha(grey, alpha))
    assert result.pixels[0, 0].tolist() == [255, 255, 255]
    assert result.pixels[1, 1].tolist() == [0, 0, 0]
    assert result.pixels[2, 2].tolist() == [255, 255, 255]


def deep_grey_alpha(grey, alpha):
    rows = np.dstack([grey, alpha]).astype(">u2")
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 16, 4, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP"])
def test_first_of_several_frames_is_decoded_and_noted(kind):
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    result = decode(encode(frames[0], kind, save_all=True, append_images=frames[1:], **options))
    assert result.pixels[5, 5].tolist() == [255, 0, 0]
    assert ids(result) == ["image.first_only"]


def test_single_frame_has_no_notes():
    assert decode(encode(smooth_image(0), "TIFF")).notes == ()
    assert decode(encode(smooth_image(0), "GIF")).notes == ()


KINDS = ["JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF"]


def outcome(data):
    """Return the shape of the image or the id of the problem; other errors are raised."""
    try:
        return decode(data).pixels.shape
    except Problem as problem:
        return problem.message.id


@pytest.mark.parametrize("kind", KINDS)
def test_truncated_files_give_a_problem_or_an_image(kind):
    data = encode(smooth_image(0), kind)
    steps = range(0, len(data), max(1, len(data) // 60))
    assert {outcome(data[:cut]) for cut in steps} <= {
        "image.empty",
        "image.not_an_image",
        "image.truncated",
        "image.damaged",
        (48, 64, 3),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_give_a_problem_or_an_image(kind):
    data = encode(smooth_image(0), kind)
    rng = np.random.default_rng(1)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(rng.integers(1, 12)):
            broken[rng.integers(len(broken))] = rng.integers(256)
        result = outcome(bytes(broken))
        assert result[-1] == 3 or result.startswith("image.")


@pytest.mark.parametrize(
    ("size", "edge", "wanted"),
    [
        ((360, 363), 100, (99, 100)),
        ((50, 20), 100, (50, 20)),
        ((5000, 1), 100, (100, 1)),
        ((1, 1), 1, (1, 1)),
    ],
)
def test_fit_size(size, edge, wanted):
    assert fit_size(size, edge) == wanted


def test_large_jpeg_preview_is_smaller():
    data = encode(smooth_image(0, 3000, 4000), "JPEG")
    pixels, _ = decode_pixels(data, 160)
    assert 160 <= pixels.shape[1] < 1000
    assert 120 <= pixels.shape[0] < 750


def test_decoding_is_thread_safe():
    files = [
        encode(smooth_image(seed), kind) for seed in range(10) for kind in ("JPEG", "PNG", "TIFF")
    ]
    alone = [decode(data).pixels for data in files]
    start = threading.Barrier(8)

    def work(_):
        start.wait()
        return [decode(data).pixels for data in files]

    with ThreadPoolExecutor(8) as pool:
        for together in pool.map(work, range(8)):
            assert all(map(np.array_equal, alone, together))
