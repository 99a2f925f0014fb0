"""Files with very many scans are refused before they are decoded."""

import pytest
from hostile import encode, smooth_image
from PIL import ImageFile

from engine.images.decoder import decode, decode_pixels
from engine.images.jpeg_scans import MAX_SCANS
from engine.messages import Problem


def repeat_last_scan(data, times):
    """Return a progressive JPEG whose last scan occurs `times` more."""
    start = data.rindex(b"\xff\xda")
    return data[:-2] + data[start:-2] * times + data[-2:]


PROGRESSIVE = encode(smooth_image(1), "JPEG", progressive=True)


@pytest.mark.parametrize("read", [decode, lambda data: decode_pixels(data, 16)])
def test_thousands_of_scans_are_refused_without_decoding(read, monkeypatch):
    def load(self):
        raise AssertionError("it was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    with pytest.raises(Problem) as caught:
        read(repeat_last_scan(PROGRESSIVE, 3000))
    assert caught.value.message.id == "image.too_many_scans"
    assert str(MAX_SCANS) in str(caught.value)


def test_ordinary_numbers_of_scans_are_decoded():
    assert decode(PROGRESSIVE).pixels.shape == (48, 64, 3)
    pixels, _ = decode_pixels(repeat_last_scan(PROGRESSIVE, 50), 64)
    assert pixels.shape == (48, 64, 3)


def test_scans_of_metadata_and_of_what_follows_do_not_count():
    noise = b"\xff\xda\x00\x02" * 4000
    comment = b"\xff\xfe" + (len(noise) + 2).to_bytes(2, "big") + noise
    data = PROGRESSIVE[:2] + comment + PROGRESSIVE[2:] + noise
    assert decode(data).pixels.shape == (48, 64, 3)


def test_a_large_image_may_have_fewer_scans():
    large = encode(smooth_image(1, 4000, 5000), "JPEG", progressive=True)
    with pytest.raises(Problem) as caught:
        decode(repeat_last_scan(large, 150))
    assert caught.value.message.params["limit"] == 100
