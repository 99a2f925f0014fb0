"""Untrusted files: bounded reading, and paths that stay inside a folder; every error is a `Problem`."""

import codecs
import hashlib
import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem

MAX_LABEL_FILE_BYTES = 256 << 20
"""Largest accepted file of labels."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def display_name(path: Path) -> str:
    """Return a file's name as valid text."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_bytes(path: Path) -> bytes:
    """Return the content of a regular file; raises `Problem` (`import.*`)."""
    try:
        if not path.is_file():
            raise Problem("import.missing", name=display_name(path))
        if path.stat().st_size > MAX_LABEL_FILE_BYTES:
            raise Problem(
                "import.too_large", name=display_name(path), limit=MAX_LABEL_FILE_BYTES >> 20
            )
        return path.read_bytes()
    except OSError as error:
        raise Problem(
            "import.unreadable", name=display_name(path), reason=error.strerror or ""
        ) from error


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark; raises `Problem`."""
    content = read_bytes(path)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("import.not_utf8", name=display_name(path)) from error


def read_json(path: Path) -> Any:
    """Return the content of a JSON file as plain types; raises `Problem`."""
    return parse_json(read_bytes(path).removeprefix(b"\xef\xbb\xbf"), display_name(path))


def parse_json(data: bytes | str, name: str) -> Any:
    """Parse JSON into plain types; raises `Problem` about the file `name`."""
    try:
        with decoding():
            return msgspec.json.decode(data)
    except DamagedData as error:
        raise Problem("import.damaged", name=name) from error


def safe_relative_path(text: str) -> str | None:
    """Return a normalised relative POSIX path, None if it is not relative or leads outside."""
    path = PurePosixPath(text)
    if not text or path.is_absolute() or ".." in path.parts or "\0" in text:
        return None
    plain = str(path)
    return None if plain == "." or re.match(r"[A-Za-z]:[\\/]", plain) else plain


def claimed_path(text: str) -> str:
    """Return a path for a claim: normalised if it is relative, else as written."""
    return safe_relative_path(text) or text.strip().replace("\0", "")


def resolve_inside(folder: Path, text: str) -> Path | None:
    """Return the file that a relative path names in a folder, links resolved; None if it is outside."""
    plain = safe_relative_path(text)
    if plain is None:
        return None
    try:
        file = (folder / plain).resolve()
        return file if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):
        return None


def path_in_folder(parent: Path, folder: Path, name: str) -> str:
    """Return the path, relative to `folder`, of a name in its subfolder `parent`; empty if unsafe."""
    plain = safe_relative_path(name)
    return (parent.relative_to(folder) / plain).as_posix() if plain else ""


def file_sha256(file: Path | None) -> str:
    """Return the SHA-256 of a file, empty if there is none or it cannot be read."""
    if file is None:
        return ""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def is_sha256(text: str) -> bool:
    """Return whether a text is a lower-case SHA-256."""
    return bool(_SHA256.fullmatch(text))
