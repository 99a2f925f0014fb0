"""Class suggestions: the class that a folder name resembles, in any of several languages.

Besides the names of the classes themselves, `resources/folder_names.toml` lists names in other
languages, plurals and abbreviations.
"""

import difflib
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from engine.paths import resources_dir

ClassNames = Mapping[str, Iterable[str]]
"""All names of each class, by class id."""

_MIN_SIMILARITY = 0.75
_MIN_COMPARED = 6
"""Length below which names of other things resemble a class by chance ("Blastos" and "baso")."""
_MIN_PREFIX = 4


class _ListedNames(NamedTuple):
    """Letters of the listed names with their class ids, and of parts that tell other cells."""

    class_ids: Mapping[str, str]
    other_parts: tuple[str, ...]


def suggest_class(name: str, classes: ClassNames) -> str | None:
    """Return the class whose name in this or a related language resembles a folder name, or None."""
    word = letters_of(name)
    if len(word) < 2:
        return None
    similarity: dict[str, float] = {}
    for class_id, names in classes.items():
        similarity[class_id] = max((_compare(word, name) for name in names), default=0.0)
    for other, class_id in _listed_names().class_ids.items():
        if class_id in similarity:
            similarity[class_id] = max(similarity[class_id], _compare_listed(word, other))
    best = sorted(similarity, key=similarity.__getitem__, reverse=True)[:2]
    if not best or similarity[best[0]] < _MIN_SIMILARITY:
        return None
    is_tie = len(best) > 1 and similarity[best[0]] == similarity[best[1]]
    return None if is_tie else best[0]


def letters_of(name: str) -> str:
    """Return the letters of a name in lower case, without accents, numbers and a plural s."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalpha()).removesuffix("s")


def _compare(word: str, name: str) -> float:
    """Return how much a word resembles the name of a class: 2 for equality, over 1 for a part, 0 for none."""
    other = letters_of(name)
    if value := _compare_listed(word, other):
        return value
    if _is_other_cell(word, other):
        return 0.0
    # "granulocyte" is no abbreviation of a name of two words that begins with it.
    if len(word) >= _MIN_PREFIX and other.startswith(word) and not any(map(str.isspace, name)):
        return 1 + len(word) / len(other)
    if len(other) < _MIN_COMPARED:
        return 0.0
    return difflib.SequenceMatcher(None, word, other, autojunk=False).ratio()


def _compare_listed(word: str, other: str) -> float:
    """Return 2 for equality, over 1 where the word contains the name, else 0."""
    if word == other:
        return 2.0
    if len(other) >= _MIN_COMPARED and other in word and not _is_other_cell(word, other):
        return 1 + len(other) / len(word)
    return 0.0


def _is_other_cell(word: str, other: str) -> bool:
    return any(part in word and part not in other for part in _listed_names().other_parts)


@cache
def _listed_names() -> _ListedNames:
    file = resources_dir() / "folder_names.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    class_ids = {
        letters_of(name): class_id for class_id, names in table["classes"].items() for name in names
    }
    return _ListedNames(class_ids, tuple(table["other"]["parts"]))
