"""Label claims: what a file of labels says about images, before they are matched with images."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.messages import Message, Param
from engine.project.tags import MAX_TAG_LENGTH, split_tags, too_long

Split = Literal["train", "val", "test"]

_MAX_DIGITS = 9
"""Most digits of a class number; Python refuses to read numbers of thousands of digits."""

_SPLITS = {"train": "train", "training": "train", "val": "val", "valid": "val", "validation": "val"}
_SPLITS |= {"dev": "val", "test": "test", "testing": "test"}


@dataclass(frozen=True, slots=True)
class LabelClaim:
    """One entry of a file about one image.

    The image is identified by `sha256` (64 hex digits), by `path` (relative, POSIX), or by both; either
    may be empty. `label` is as the file writes it, None where it gives none. `not_classed` and `removed`
    (a reason) are decisions from our own CSV, `tags` are in all our formats; `tag_problem` says why some
    are not applied. `location` tells a person where the claim stands in the file, `unusable_reason` why
    it cannot be applied.
    """

    path: str
    sha256: str
    label: str | None
    location: str
    not_classed: bool = False
    removed: str | None = None
    split: str | None = None
    tags: tuple[str, ...] = ()
    tag_problem: Message | None = None
    unusable_reason: Message | None = None


@dataclass(frozen=True, slots=True)
class LabelClaims:
    """All claims of a file; `classes` is its explicit order of classes, empty where it has none."""

    claims: tuple[LabelClaim, ...]
    classes: tuple[str, ...] = ()


def parse_split(name: str) -> str | None:
    """Return `train`, `val` or `test` for the name of a split, None for another name."""
    return _SPLITS.get(name.strip().casefold())


def parse_tags(value: object) -> tuple[tuple[str, ...], Message | None]:
    """Return the tags in a text or a list of texts, and why some were left out.

    Values of other types are no tags but another program's.
    """
    values = value if isinstance(value, list) else [value]
    texts = [text for text in values if isinstance(text, str)]
    if len(texts) < len(values):
        return (), None
    tags = tuple(dict.fromkeys(tag for text in texts for tag in split_tags(text)))
    if (long := too_long(tags)) is None:
        return tags, None
    params: dict[str, Param] = {"tag": long[:MAX_TAG_LENGTH], "limit": MAX_TAG_LENGTH}
    return tuple(tag for tag in tags if len(tag) <= MAX_TAG_LENGTH), Message(
        "import.long_tag", params
    )


def parse_class_order(classes: Sequence[object]) -> tuple[str, ...] | None:
    """Return an order of classes read from a file, None unless all are distinct, non-empty texts."""
    names = tuple(name for name in classes if isinstance(name, str) and name)
    return names if len(names) == len(classes) == len(set(names)) else None


def parse_label(value: object, order: Sequence[str]) -> tuple[str | None, Message | None]:
    """Return the label that a text or a class number means, or the reason why it means none.

    `order` names the class numbers.
    """
    if isinstance(value, str) and not (order and value.isdecimal() and value not in order):
        return value, None
    if isinstance(value, str) and len(value) <= _MAX_DIGITS:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(order):
        return order[value], None
    return None, Message("import.class_number", {"number": str(value)[:40]})
