from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hostile import encode, smooth_image
from PIL import Image

from engine.images.source import open_source
from engine.images.thumbnails import make_thumbnail
from engine.jobs import Job
from engine.messages import Problem


def thumbnail_of(path, edge):
    source = open_source(path)
    (record,) = source.scan(Job())
    return make_thumbnail(source, record, edge)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize(
    ("shape", "wanted"),
    [((363, 360), (96, 95)), ((1200, 1600), (72, 96)), ((96, 40), (96, 40)), ((5, 4000), (1, 96))],
)
def test_thumbnail_fits_and_keeps_the_aspect_ratio(tmp_path, kind, shape, wanted):
    path = tmp_path / f"1.{kind.lower()}"
    path.write_bytes(encode(smooth_image(0, *shape), kind))
    assert thumbnail_of(path, 96).shape == (*wanted, 3)


def test_thumbnail_resembles_the_image(tmp_path):
    pixels = smooth_image(0, 1200, 1600)
    (tmp_path / "1.jpg").write_bytes(encode(pixels, "JPEG", quality=95))
    wanted = np.asarray(Image.fromarray(pixels).resize((160, 120), Image.Resampling.BOX))
    assert np.abs(thumbnail_of(tmp_path / "1.jpg", 160).astype(int) - wanted).mean() < 3


def test_rotation_is_applied(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encode(smooth_image(0, 600, 800), "JPEG", exif=exif.tobytes())
    (tmp_path / "1.jpg").write_bytes(data)
    assert thumbnail_of(tmp_path / "1.jpg", 80).shape == (80, 60, 3)


def test_thumbnail_of_a_bad_file_raises(tmp_path):
    (tmp_path / "1.jpg").write_bytes(encode(smooth_image(0), "JPEG")[:300])
    with pytest.raises(Problem, match="ends too early"):
        thumbnail_of(tmp_path / "1.jpg", 80)


def test_thumbnails_are_thread_safe(tmp_path):
    for seed in range(20):
        (tmp_path / f"{seed}.jpg").write_bytes(encode(smooth_image(seed, 500, 600), "JPEG"))
    source = open_source(tmp_path)
    records = list(source.scan(Job()))
    alone = [make_thumbnail(source, record, 64) for record in records]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            together = pool.map(lambda record: make_thumbnail(source, record, 64), records)
            assert all(map(np.array_equal, alone, together))
