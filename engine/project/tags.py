"""Tags: short free words on images, several on each; a field of the image for each of them (`tag.NAME`).

A field of its own, so that a tag is journalled, undone, linked to moved files, backed up and merged like
any decision, and files without tags need no migration.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from engine.project.decisions import TAG_PREFIX

TAG_ACTION = "tag"

MAX_TAG_LENGTH = 60
"""Most characters of a tag that a person enters or a file brings."""

FILE_SEPARATORS = ";|"
"""Characters that separate tags in files, so that a person cannot enter a tag with them."""

_SEPARATORS = re.compile(r"[,;|\n\r]")
_STORED_SEPARATOR = "|"

TagChange = tuple[str, str, Literal[True] | None]


def tag_field(tag: str) -> str:
    """Return the field of an image that holds a tag."""
    return f"{TAG_PREFIX}{tag}"


def is_tag_field(field: str) -> bool:
    """Return whether a field of an image holds a tag."""
    return field.startswith(TAG_PREFIX)


def split_tags(text: str) -> list[str]:
    """Return the tags in a text that separates them by commas, semicolons, bars or lines, each once."""
    return list(dict.fromkeys(filter(None, map(_clean, _SEPARATORS.split(text)))))


def join_tags(tags: Iterable[str]) -> str:
    """Return tags as one text, which `split_tags` reads."""
    return _STORED_SEPARATOR.join(tags)


def too_long(tags: Iterable[str]) -> str | None:
    """Return the first tag that is longer than a tag may be, None if none is."""
    return next((tag for tag in tags if len(tag) > MAX_TAG_LENGTH), None)


def spelt_as_before(tag: str, present: Iterable[str]) -> str:
    """Return a tag as the project spells it already, in other capitals perhaps; itself if it is new."""
    spellings = list(present)
    if tag in spellings:
        return tag
    return next((other for other in spellings if other.casefold() == tag.casefold()), tag)


def tags_in(fields: Mapping[str, object]) -> tuple[str, ...]:
    """Return the tags among the fields of an image, in alphabetical order."""
    tags = (field.removeprefix(TAG_PREFIX) for field in fields if is_tag_field(field))
    return tuple(sorted(tags, key=lambda tag: (tag.casefold(), tag)))


def tag_changes(paths: Sequence[str], tags: Iterable[str], *, add: bool) -> list[TagChange]:
    """Return the changes that give tags to images, or take them away."""
    return [(path, tag_field(tag), True if add else None) for tag in tags for path in paths]


def _clean(text: str) -> str:
    printable = "".join(
        char for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )  # fmt: skip
    return " ".join(printable.split())
