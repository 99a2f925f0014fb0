"""What the folders an image lies in say of it: its class, and its split.

- A folder named as a class, or as a synonym of one, labels everything below it.
- `train`, `val`, `test` and their like give the split, above or below the class.
- Of several, the innermost wins.
- A folder of an unknown name is a class of that name where it plainly is one: beside folders of
  known classes, or where two splits have a folder of that name (a slide or patient is in one only).
- Everything else (slides, dates, `images`) says nothing.
"""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.images.classes import ClassSet

_SPLITS = {
    **dict.fromkeys(("train", "training", "trainset", "trainingset"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "valset", "validationset", "dev"), "val"),
    **dict.fromkeys(("test", "testing", "testset", "holdout"), "test"),
}
_SAYS_NOTHING = frozenset(
    {"image", "img", "picture", "photo", "data", "dataset", "cell"}
    | {"unlabelled", "unlabeled", "unclassified", "unknown"}
)
_SEPARATORS = re.compile(r"[\s_.\-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a folder's images; `expected` are names that are classes below it."""

    label: str | None = None
    split: str | None = None
    expected: frozenset[str] = field(default=frozenset())


def split_of(name: str) -> str | None:
    """Return `train`, `val` or `test` where a name says so."""
    return _SPLITS.get(_plain(name))


def places(
    inside: Place, names: Iterable[str], below: Mapping[str, Iterable[str]], classes: ClassSet
) -> dict[str, Place]:
    """Return the place of each subfolder of a folder.

    `names` are all its subfolders; `below` has, for those among them that are splits, the names of
    their subfolders.
    """
    found = {name: classes.find(name) for name in names}
    beside_classes = any(found.values())
    counts = Counter(own for sub in below.values() for own in {_own(name) for name in sub})
    expected = frozenset(own for own, splits in counts.items() if splits > 1)
    result = {}
    for name, known in found.items():
        if known:
            result[name] = Place(known.id, inside.split)
        elif split := split_of(name):
            result[name] = Place(inside.label, split, expected)
        elif (
            inside.label is None
            and (beside_classes or _own(name) in inside.expected)
            and _plain(name).removesuffix("s") not in _SAYS_NOTHING
        ):
            result[name] = Place(_own(name), inside.split)
        else:
            result[name] = Place(inside.label, inside.split)
    return result


def _plain(name: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


def _own(name: str) -> str:
    # A label is shown and written: bytes of a name that are no text become replacement characters.
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
