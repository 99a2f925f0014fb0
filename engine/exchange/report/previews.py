"""Image previews for a report: the image, and the image with the heat map of the prediction."""

from collections.abc import Callable, Iterable, Mapping

from engine.classify.card import Card
from engine.classify.reading import Reading
from engine.exchange.report.context import PathStyle, ReportImage, display_name
from engine.exchange.report.report_data import Report
from engine.images.record import ImageRecord, Pixels
from engine.images.source import Source
from engine.messages import Problem

PREVIEW_EDGE = 160
_JPEG_QUALITY = 85


def render_mistakes(
    report: Report,
    items: Iterable[ReportImage],
    paths: PathStyle,
    source: Source,
    records: Mapping[str, ImageRecord],
    reading_of: Callable[[str], Reading | None],
    card: Card,
) -> dict[str, tuple[bytes, bytes | None]]:
    """Return the images of the mistakes that a report shows, with their heat maps, by their name there.

    `records` has the readable images by path; `reading_of` returns the reading of one.
    """
    if report.evaluation is None:
        return {}
    wanted = {mistake.image for mistake in report.evaluation.mistakes}
    previews = {}
    for item in items:
        name = display_name(item, paths)
        if name in wanted and item.path in records:
            preview = render_preview(source, records[item.path], reading_of(item.path), card)
            if preview:
                previews[name] = preview
    return previews


def render_preview(
    source: Source, record: ImageRecord, reading: Reading | None, card: Card
) -> tuple[bytes, bytes | None] | None:
    """Return a small JPEG of an image and one with its Grad-CAM; None if the image is unreadable."""
    from engine.classify.activation_maps import compute_heat, overlay_heat
    from engine.classify.map_placement import placement_for_model
    from engine.images.thumbnails import make_thumbnail

    try:
        pixels = make_thumbnail(source, record, PREVIEW_EDGE)
    except Problem:
        return None
    if reading is None:
        return _jpeg(pixels), None
    predicted = int(reading.logits.argmax())
    with_heat = overlay_heat(
        pixels, compute_heat(reading.maps[..., predicted]), placement_for_model(card)
    )
    return _jpeg(pixels), _jpeg(with_heat)


def _jpeg(pixels: Pixels) -> bytes:
    import cv2

    is_encoded, data = cv2.imencode(
        ".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    )
    assert is_encoded
    return bytes(data)
