"""Small pictures of single images for a report: the image, and the heat of what was predicted."""

from engine.classify.card import Card
from engine.classify.reading import Reading
from engine.images.record import ImageRecord, Pixels
from engine.images.source import Source
from engine.messages import Problem

EDGE = 160
_QUALITY = 85


def picture(
    source: Source, record: ImageRecord, reading: Reading | None, card: Card
) -> tuple[bytes, bytes | None] | None:
    """Return a small JPEG of an image and one with its Grad-CAM; None if it cannot be read now."""
    from engine.classify.activation_maps import heat, overlay
    from engine.classify.map_placement import placement_of
    from engine.images.thumbnails import thumbnail

    try:
        pixels = thumbnail(source, record, EDGE)
    except Problem:
        return None
    if reading is None:
        return _jpeg(pixels), None
    best = int(reading.logits.argmax())
    warm = overlay(pixels, heat(reading.maps[..., best]), placement_of(card))
    return _jpeg(pixels), _jpeg(warm)


def _jpeg(pixels: Pixels) -> bytes:
    import cv2

    done, data = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    assert done
    return bytes(data)
