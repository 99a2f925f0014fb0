"""Which files are images: by what their names end in and by what their first bytes are."""

from posixpath import splitext

HEAD = 32
"""How many first bytes `sniff` needs."""

READ = frozenset({"JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF"})
"""The kinds that are read; `sniff` names others too, so that they can be told to a person."""

_IMAGE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".bmp", ".dib", ".webp", ".gif"}
    | {".tif", ".tiff"}
)

# What certainly is no image and is not even opened: on a cloud drive opening would download it.
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


def suffix_says(name: str) -> bool | None:
    """Return True if the name ends as an image's, False if certainly as another's, else None."""
    suffix = splitext(name)[1].lower()
    if suffix in _IMAGE_SUFFIXES:
        return True
    return False if suffix in _OTHER_SUFFIXES else None


def sniff(head: bytes) -> str | None:
    """Return the kind of image that begins so, or None; `head` may be the whole file."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12])
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
