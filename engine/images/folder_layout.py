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
    """Class and split of a folder's images.

    `expected_classes` are names below it that count as classes; `unknown_names` are names of this
    folder and those above that may stand for a class, outermost first.
    """

    label: str | None = None
    split: str | None = None
    expected_classes: frozenset[str] = field(default=frozenset())
    unknown_names: tuple[str, ...] = ()


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
        label, unknown = _label_from_name(name), parent.unknown_names
        is_neutral = _normalise(name).removesuffix("s") in _NEUTRAL_NAMES
        if cell_class:
            result[name] = FolderLabel(cell_class.id, parent.split)
        elif split := parse_split(name):
            result[name] = FolderLabel(parent.label, split, expected, unknown)
        elif parent.label is not None or is_neutral:
            result[name] = FolderLabel(parent.label, parent.split, unknown_names=unknown)
        elif beside_classes or label in parent.expected_classes:
            result[name] = FolderLabel(label, parent.split, unknown_names=(*unknown, label))
        else:
            result[name] = FolderLabel(None, parent.split, unknown_names=(*unknown, label))
    return result


def _normalise(name: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


def _label_from_name(name: str) -> str:
    # Labels are displayed and exported, so undecodable bytes become replacement characters.
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
