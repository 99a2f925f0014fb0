"""File signatures: image formats recognised by file suffix and first bytes."""

from posixpath import splitext

HEADER_BYTES = 32
"""Number of first bytes that `detect_format` needs."""

READABLE_FORMATS = frozenset({"JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF"})
"""Formats that are decoded; `detect_format` names others too, for error messages."""

_IMAGE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".bmp", ".dib", ".webp", ".gif"}
    | {".tif", ".tiff"}
)

# Never images, so not even opened: on a cloud drive, opening would download the file.
_OTHER_SUFFIXES = frozenset(
    f".{suffix}"
    for suffix in """
        txt csv tsv xml json jsonl yaml yml toml ini cfg md rst html htm log pdf doc docx xls xlsx
        ppt pptx odt ods rtf svg ico py ipynb r m js css sh bat npy npz mat h5 hdf5 keras onnx bin
        pt pth pkl db sqlite zip gz bz2 xz tar tgz 7z rar iso exe dll so dmg lnk url mp3 wav mp4 avi
        mov mkv
    """.split()  # noqa: SIM905  (readable)
)

_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}
_FTYP = {b"avif": "AVIF", b"avis": "AVIF", b"jp2 ": "JPEG 2000", b"jxl ": "JPEG XL"}
_FTYP |= dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"), "HEIC")
_MAGIC = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
    b"\0\0\0\x0cjP  ": "JPEG 2000",
    b"\xff\x4f\xff\x51": "JPEG 2000",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"\xff\x0a": "JPEG XL",
    b"8BPS": "Photoshop",
}


def has_image_suffix(name: str) -> bool | None:
    """Return True for an image suffix, False for a suffix of other files, None if unknown."""
    suffix = splitext(name)[1].lower()
    if suffix in _IMAGE_SUFFIXES:
        return True
    return False if suffix in _OTHER_SUFFIXES else None


def detect_format(header: bytes) -> str | None:
    """Return the image format of a file that begins with `header`, or None; it may be the whole file."""
    if header[:4] == b"RIFF" and header[8:12] == b"WEBP":
        return "WEBP"
    if header[:2] == b"BM" and int.from_bytes(header[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if header[4:8] == b"ftyp":
        return _FTYP.get(header[8:12])
    return next(
        (format_name for magic, format_name in _MAGIC.items() if header.startswith(magic)), None
    )
