"""Reading files of strangers: never more than they may hold, never another error than a `Problem`."""

import codecs
import hashlib
import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from engine.messages import Problem

MAX_BYTES = 256 << 20
"""Bytes that a file of labels may have."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def shown(path: Path) -> str:
    """Return a file's name for a person."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_bytes(path: Path) -> bytes:
    """Return what a regular file holds; raises `Problem` (`import.*`)."""
    try:
        if not path.is_file():
            raise Problem("import.missing", name=shown(path))
        if path.stat().st_size > MAX_BYTES:
            raise Problem("import.too_large", name=shown(path), limit=MAX_BYTES >> 20)
        return path.read_bytes()
    except OSError as error:
        raise Problem("import.unreadable", name=shown(path), reason=error.strerror or "") from error


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark; raises `Problem`."""
    content = read_bytes(path)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("import.not_utf8", name=shown(path)) from error


def read_json(path: Path) -> Any:
    """Return what a JSON file holds; raises `Problem`."""
    return parse_json(read_bytes(path).removeprefix(b"\xef\xbb\xbf"), shown(path))


def parse_json(data: bytes | str, name: str) -> Any:
    """Return what JSON says, in plain types; raises `Problem`."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("import.damaged", name=name) from error


def relative(text: str) -> str | None:
    """Return a relative POSIX path in its plain form, or None where it is none or leads outside."""
    path = PurePosixPath(text)
    if not text or path.is_absolute() or ".." in path.parts or "\0" in text:
        return None
    plain = str(path)
    return None if plain == "." or re.match(r"[A-Za-z]:[\\/]", plain) else plain


def as_written(text: str) -> str:
    """Return a path as a claim holds it: plain where it is relative, else as it was written."""
    return relative(text) or text.strip().replace("\0", "")


def inside(folder: Path, text: str) -> Path | None:
    """Return the file that a relative path names in a folder, also through links; None if outside."""
    plain = relative(text)
    if plain is None:
        return None
    try:
        file = (folder / plain).resolve()
        return file if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):
        return None


def sha256_of(file: Path | None) -> str:
    """Return the SHA-256 of a file, or nothing where it cannot be read."""
    if file is None:
        return ""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def is_sha256(text: str) -> bool:
    """Return whether a text is a SHA-256 in lower case."""
    return bool(_SHA256.fullmatch(text))
