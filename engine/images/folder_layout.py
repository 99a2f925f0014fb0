"""Labels from folder names: the class and the split of the images in a folder.

- A folder with the name or a synonym of a class labels everything below it.
- `train`, `val`, `test` and similar names give the split, above or below the class.
- The innermost folder wins.
- An unknown name counts as a class if the folder lies beside folders of known classes, or if two
  splits have a folder of that name (a slide or a patient is in one split only).
- All other names (slides, dates, `images`) are ignored.
"""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.images.class_set import ClassSet

_SPLITS = {
    **dict.fromkeys(("train", "training", "trainset", "trainingset"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "valset", "validationset", "dev"), "val"),
    **dict.fromkeys(("test", "testing", "testset", "holdout"), "test"),
}
_NEUTRAL_NAMES = frozenset(
    {"image", "img", "picture", "photo", "data", "dataset", "cell"}
    | {"unlabelled", "unlabeled", "unclassified", "unknown"}
)
_SEPARATORS = re.compile(r"[\s_.\-]+")


@dataclass(frozen=True, slots=True)
class FolderLabel:
    """Class and split of a folder's images; `expected_classes` are names below it that count as classes."""

    label: str | None = None
    split: str | None = None
    expected_classes: frozenset[str] = field(default=frozenset())


def parse_split(name: str) -> str | None:
    """Return `train`, `val` or `test` if the name stands for a split, else None."""
    return _SPLITS.get(_normalise(name))


def label_subfolders(
    parent: FolderLabel, names: Iterable[str], below: Mapping[str, Iterable[str]], classes: ClassSet
) -> dict[str, FolderLabel]:
    """Return the label of each subfolder of a folder.

    `names` are all its subfolders; `below` maps those that are splits to the names of their
    subfolders.
    """
    known_classes = {name: classes.find(name) for name in names}
    beside_classes = any(known_classes.values())
    counts = Counter(
        label for sub in below.values() for label in {_label_from_name(name) for name in sub}
    )
    expected = frozenset(label for label, splits in counts.items() if splits > 1)
    result = {}
    for name, cell_class in known_classes.items():
        if cell_class:
            result[name] = FolderLabel(cell_class.id, parent.split)
        elif split := parse_split(name):
            result[name] = FolderLabel(parent.label, split, expected)
        elif (
            parent.label is None
            and (beside_classes or _label_from_name(name) in parent.expected_classes)
            and _normalise(name).removesuffix("s") not in _NEUTRAL_NAMES
        ):
            result[name] = FolderLabel(_label_from_name(name), parent.split)
        else:
            result[name] = FolderLabel(parent.label, parent.split)
    return result


def _normalise(name: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


def _label_from_name(name: str) -> str:
    # Labels are displayed and exported, so undecodable bytes become replacement characters.
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
