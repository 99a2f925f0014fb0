"""Model bundles: a folder, or a zip of one, with all of a model; reading one runs no code of it."""

import hashlib
import os
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from engine.cache_entries import keep_newest
from engine.classify import card as cards
from engine.classify.card import FORMAT, Card
from engine.messages import Problem
from engine.outputs import check_is_free, move_into_place
from engine.paths import cache_dir
from engine.damaged_data import DamagedData, decoding

CARD = "card.json"
NETWORK = "model.xml"
NETWORK_WEIGHTS = "model.bin"
WEIGHTS = "weights.npz"
FILES = (NETWORK, NETWORK_WEIGHTS, WEIGHTS)
"""What a bundle holds beside its card; one may do without the network (`engine.classify.openvino_network`)."""
CHECK = "check.npz"
"""What a bundle without a network holds instead: drawn `images`, uint8 (n, s, s, 3), and the `logits`
(n, c) that the network made of its weights must give for them."""
STATISTICS = "statistics.npz"
"""What newer bundles hold as well: `engine.classify.embedding_statistics`."""
TRAINING = "training.npz"
"""What newer bundles hold as well: which images were learned from (`engine.classify.training_images`)."""

_MAX_CARD_BYTES = 4 << 20
_MAX_BYTES = 2 << 30
_MAX_ENTRIES = 32
_KEPT_UNPACKED = 8
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

        Reads the card and checks that all files are there; `verify` compares what they hold. Raises
        `Problem` (`bundle.*`).
        """
        if not path.exists():
            raise Problem("bundle.missing", path=str(path))
        folder = _unpacked(path) if path.is_file() else path
        card = read_card(folder, path.name)
        for name in card.files:
            # A link could lead anywhere, and a hash of what it leads to would still fit.
            if (folder / name).is_symlink() or not (folder / name).is_file():
                raise Problem("bundle.file_missing", name=path.name, file=name)
        return cls(folder, card)

    def verify(self, names: Iterable[str] = ()) -> None:
        """Compare files (all without `names`) with the SHA-256 in the card; raises `Problem`."""
        for name in names or self.card.files:
            try:
                digest = sha256(self.folder / name)
            except OSError as error:
                raise _unreadable(self.folder / name, error) from error
            if digest != self.card.files[name]:
                raise Problem("bundle.damaged", name=self.card.name, file=name)


def read_card(folder: Path, name: str) -> Card:
    """Read and check the card in a folder; raises `Problem`, which calls the bundle `name`."""
    path = folder / CARD
    try:
        if not path.is_file():
            raise Problem("bundle.no_card", name=name)
        if path.stat().st_size > _MAX_CARD_BYTES:
            raise Problem("bundle.too_large", name=name)
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        # Before all else: a newer card may well have fields that this version calls wrong.
        with decoding():
            version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise Problem("bundle.newer", name=name, format=version, known=FORMAT)
        with decoding():
            card = cards.decode(data)
    except DamagedData as error:
        reason = str(error.message.params["reason"])
        raise Problem("bundle.bad_card", name=name, reason=reason) from error
    _check(card, name)
    return card


def write(folder: Path, card: Card, files: Iterable[Path], *, renew: bool = False) -> Bundle:
    """Write a bundle of `files` (known by their names), all at once or not at all.

    `files` of the card is filled in here. `folder` must be free; with `renew` a bundle that lies there is
    replaced, and nothing else is. Raises `Problem` and `OSError`.
    """
    renew = renew and (folder / CARD).is_file() and not folder.is_symlink()
    if not renew:
        check_is_free(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
        made, old = Path(name) / "new", Path(name) / "old"
        made.mkdir()
        hashes = {}
        for file in files:
            shutil.copyfile(file, made / file.name)
            hashes[file.name] = sha256(made / file.name)
        card = msgspec.structs.replace(card, files=hashes)
        _check(card, card.name)
        encoded = cards.encode(card)
        (made / CARD).write_bytes(encoded)
        if renew:
            folder.rename(old)
        move_into_place(made, folder)
    # As it will be read: JSON knows no tuples in a recipe.
    return Bundle(folder, cards.decode(encoded))


class _Version(msgspec.Struct):
    format: int


def _check(card: Card, name: str) -> None:
    """Raise `Problem` unless the parts of the card fit each other."""
    plain = all(_PLAIN_NAME.fullmatch(file) and file != CARD for file in card.files)
    hashed = all(_SHA256.fullmatch(digest) for digest in card.files.values())
    wrong = {
        "classes": len(card.classes) < 2 or len(set(card.classes)) < len(card.classes),
        "bias": len(card.bias) != len(card.classes),
        "embedding_size": card.embedding_size < 1,
        "map_size": min(card.map_size) < 1,
        "files": not (plain and hashed and _whole(set(card.files))),
    }
    for part, bad in wrong.items():
        if bad:
            raise Problem("bundle.bad_card", name=name, reason=part)


def _whole(files: set[str]) -> bool:
    return set(FILES) <= files or ({WEIGHTS, CHECK} <= files and NETWORK not in files)


def _unpacked(path: Path) -> Path:
    """Return the folder that holds what is in the zip `path`, unpacking it unless that was done."""
    try:
        folder = cache_dir() / "bundles" / sha256(path) / path.stem
        if not _has_card_of(path, folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".unpack-", dir=folder.parent) as name:
                made = Path(name) / "new"
                made.mkdir()
                with zipfile.ZipFile(path) as archive:
                    _unpack(archive, made, path.name)
                try:
                    made.rename(folder)
                except OSError:
                    if not folder.exists():  # else another process was quicker, with the same bytes
                        raise
        os.utime(folder.parent)
        keep_newest(folder.parent.parent, _KEPT_UNPACKED)
        return folder
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        # RuntimeError: encrypted; NotImplementedError: a compression that Python does not know.
        raise Problem("bundle.bad_zip", name=path.name) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _has_card_of(path: Path, folder: Path) -> bool:
    """Say whether a folder holds the very card of the zip `path`; all other files are checked against it."""
    try:
        data = (folder / CARD).read_bytes()
    except OSError:
        return False
    with zipfile.ZipFile(path) as archive:
        cards = [one for one in archive.infolist() if PurePosixPath(one.filename).name == CARD]
        return any((one.file_size, one.CRC) == (len(data), zlib.crc32(data)) for one in cards)


def _unpack(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    entries = [entry for entry in archive.infolist() if not (entry.is_dir() or _litter(entry))]
    if len(entries) > _MAX_ENTRIES:
        raise Problem("bundle.too_large", name=name)
    paths = [PurePosixPath(entry.filename) for entry in entries]
    # All beside each other, at the top or in one folder: what has another shape is no bundle.
    flat = len({path.parent for path in paths}) == 1
    twice = len({path.name for path in paths}) < len(paths)
    if not flat or twice or any(map(_unsafe, entries)):
        raise Problem("bundle.unsafe_zip", name=name)
    left = _MAX_BYTES
    for entry, path in zip(entries, paths, strict=True):
        with archive.open(entry) as packed, (folder / path.name).open("wb") as out:
            # Counted while unpacking: what a header says of its size is only a claim.
            while chunk := packed.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    raise Problem("bundle.too_large", name=name)
                out.write(chunk)


def _litter(entry: zipfile.ZipInfo) -> bool:
    # What macOS leaves in every zip.
    return entry.filename.startswith("__MACOSX/") or entry.filename.endswith(".DS_Store")


def _unsafe(entry: zipfile.ZipInfo) -> bool:
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
