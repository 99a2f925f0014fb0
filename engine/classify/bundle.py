"""Model bundles: a folder, or a zip of one, that holds a model; opening one runs no code from it."""

import hashlib
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from engine.cache_entries import keep_newest
from engine.classify import card as cards
from engine.classify.card import FORMAT, Card
from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.outputs import check_is_free, move_into_place
from engine.paths import cache_dir
from engine.temporaries import REPLACED, temporary_folder
from engine.zip_files import open_zip

CARD_FILE = "card.json"
NETWORK_FILE = "model.xml"
NETWORK_WEIGHTS_FILE = "model.bin"
WEIGHTS_FILE = "weights.npz"
BUNDLE_FILES = (NETWORK_FILE, NETWORK_WEIGHTS_FILE, WEIGHTS_FILE)
"""Files of a bundle beside its card; the network may be missing (`engine.classify.openvino_network`)."""
CHECK_FILE = "check.npz"
"""Test data of a bundle without a network: drawn `images`, uint8 (n, s, s, 3), and the `logits` (n, c)
that the network converted from its weights must give for them."""
STATISTICS_FILE = "statistics.npz"
"""Optional, in newer bundles: `engine.classify.embedding_statistics`."""
TRAINING_FILE = "training.npz"
"""Optional, in newer bundles: the images it was trained on (`engine.classify.training_images`)."""

_MAX_CARD_BYTES = 4 << 20
_MAX_BYTES = 2 << 30
_MAX_ENTRIES = 32
_MAX_UNPACKED_BUNDLES = 8
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A model on disk: its folder and its card."""

    folder: Path
    card: Card

    @classmethod
    def open(cls, path: Path) -> "Bundle":
        """Open a folder or a zip of one (unpacked once into the cache folder).

        Reads the card and checks that all files are present; `verify` checks their contents. Raises
        `Problem` (`bundle.*`).
        """
        if not path.exists():
            raise Problem("bundle.missing", path=str(path))
        folder = _unpacked_folder(path) if path.is_file() else path
        card = read_card(folder, path.name)
        for name in card.files:
            # A link could point anywhere, and the hash of its target would still match.
            if (folder / name).is_symlink() or not (folder / name).is_file():
                raise Problem("bundle.file_missing", name=path.name, file=name)
        return cls(folder, card)

    def with_views(self, count: int) -> "Bundle":
        """Return the same model, read in so many views of each image (1 to 8)."""
        preprocessing = msgspec.structs.replace(self.card.preprocessing, views=count)
        card = msgspec.structs.replace(self.card, preprocessing=preprocessing)
        return Bundle(self.folder, card)

    def verify(self, names: Iterable[str] = ()) -> None:
        """Compare files (all by default) with their SHA-256 in the card; raises `Problem`."""
        for name in names or self.card.files:
            try:
                digest = sha256(self.folder / name)
            except OSError as error:
                raise _unreadable(self.folder / name, error) from error
            if digest != self.card.files[name]:
                raise Problem("bundle.damaged", name=self.card.name, file=name)


def read_card(folder: Path, name: str) -> Card:
    """Read and check the card in a folder; raises `Problem`, with `name` as the bundle's name."""
    path = folder / CARD_FILE
    try:
        if not path.is_file():
            raise Problem("bundle.no_card", name=name)
        if path.stat().st_size > _MAX_CARD_BYTES:
            raise Problem("bundle.too_large", name=name)
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        # First: a newer card may have fields that this version would call invalid.
        with decoding():
            version = msgspec.json.decode(data, type=_CardVersion).format
        if version > FORMAT:
            raise Problem("bundle.newer", name=name, format=version, known=FORMAT)
        with decoding():
            card = cards.decode_card(data)
    except DamagedData as error:
        reason = str(error.message.params["reason"])
        raise Problem("bundle.bad_card", name=name, reason=reason) from error
    _check_card(card, name)
    return card


def write_bundle(
    folder: Path, card: Card, files: Iterable[Path], *, replace: bool = False
) -> Bundle:
    """Write a bundle of `files`, stored under their own names, completely or not at all.

    Fills in `files` of the card. `folder` must not exist; with `replace` an existing bundle (and nothing
    else) is replaced. Raises `Problem` and `OSError`.
    """
    replace = replace and (folder / CARD_FILE).is_file() and not folder.is_symlink()
    if not replace:
        check_is_free(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with temporary_folder(folder.name, folder.parent) as temporary:
        new, old = temporary / "new", temporary / REPLACED / folder.name
        new.mkdir()
        hashes = {}
        for file in files:
            shutil.copyfile(file, new / file.name)
            hashes[file.name] = sha256(new / file.name)
        card = msgspec.structs.replace(card, files=hashes)
        _check_card(card, card.name)
        encoded = cards.encode_card(card)
        (new / CARD_FILE).write_bytes(encoded)
        if replace:
            old.parent.mkdir()
            folder.rename(old)
        move_into_place(new, folder)
    # Decoded again, since JSON turns the tuples of a recipe into lists.
    return Bundle(folder, cards.decode_card(encoded))


class _CardVersion(msgspec.Struct):
    format: int


def _check_card(card: Card, name: str) -> None:
    """Raise `Problem` unless the fields of the card are consistent."""
    are_plain_names = all(_PLAIN_NAME.fullmatch(file) and file != CARD_FILE for file in card.files)
    are_hashes = all(_SHA256.fullmatch(digest) for digest in card.files.values())
    is_wrong = {
        "classes": len(card.classes) < 2 or len(set(card.classes)) < len(card.classes),
        "bias": len(card.bias) != len(card.classes),
        "embedding_size": card.embedding_size < 1,
        "map_size": min(card.map_size) < 1,
        "files": not (are_plain_names and are_hashes and _is_complete(set(card.files))),
    }
    for field, wrong in is_wrong.items():
        if wrong:
            raise Problem("bundle.bad_card", name=name, reason=field)


def _is_complete(files: set[str]) -> bool:
    return set(BUNDLE_FILES) <= files or (
        {WEIGHTS_FILE, CHECK_FILE} <= files and NETWORK_FILE not in files
    )


def _unpacked_folder(path: Path) -> Path:
    """Return the cache folder with the contents of the zip `path`, unpacking it if necessary."""
    try:
        folder = cache_dir() / "bundles" / sha256(path) / path.stem
        if not _has_same_card(path, folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            with temporary_folder(folder.name, folder.parent) as temporary:
                new = temporary / "new"
                new.mkdir()
                with decoding(), open_zip(path) as archive:
                    _extract(archive, new, path.name)
                try:
                    new.rename(folder)
                except OSError:
                    if not folder.exists():  # else another process unpacked the same bytes first
                        raise
        os.utime(folder.parent)
        keep_newest(folder.parent.parent, _MAX_UNPACKED_BUNDLES)
        return folder
    except DamagedData as error:
        raise Problem("bundle.bad_zip", name=path.name) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _has_same_card(path: Path, folder: Path) -> bool:
    """Return whether a folder holds the same card as the zip `path`; all other files are checked by it."""
    try:
        data = (folder / CARD_FILE).read_bytes()
    except OSError:
        return False
    with decoding(), zipfile.ZipFile(path) as archive:
        entries = [
            entry for entry in archive.infolist() if PurePosixPath(entry.filename).name == CARD_FILE
        ]
        return any(
            (entry.file_size, entry.CRC) == (len(data), zlib.crc32(data)) for entry in entries
        )


def _extract(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    entries = [
        entry for entry in archive.infolist() if not (entry.is_dir() or _is_macos_metadata(entry))
    ]
    if len(entries) > _MAX_ENTRIES:
        raise Problem("bundle.too_large", name=name)
    paths = [PurePosixPath(entry.filename) for entry in entries]
    # All files at the top or all in one folder: anything else is no bundle.
    is_flat = len({path.parent for path in paths}) == 1
    has_repeats = len({path.name for path in paths}) < len(paths)
    if not is_flat or has_repeats or any(map(_is_unsafe, entries)):
        raise Problem("bundle.unsafe_zip", name=name)
    bytes_left = _MAX_BYTES
    for entry, path in zip(entries, paths, strict=True):
        with archive.open(entry) as packed, (folder / path.name).open("wb") as out:
            # Counted while unpacking, since the size in a header cannot be trusted.
            while chunk := packed.read(1 << 20):
                bytes_left -= len(chunk)
                if bytes_left < 0:
                    raise Problem("bundle.too_large", name=name)
                out.write(chunk)


def _is_macos_metadata(entry: zipfile.ZipInfo) -> bool:
    # macOS adds these to every zip.
    return entry.filename.startswith("__MACOSX/") or entry.filename.endswith(".DS_Store")


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    folder, _, name = entry.filename.rpartition("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        "/" in folder
        or folder in (".", "..")
        or entry.filename.startswith("/")
        or not _PLAIN_NAME.fullmatch(name)
        or kind not in (0, stat.S_IFREG)
    )


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem("bundle.unreadable", path=str(path), reason=error.strerror or str(error))
