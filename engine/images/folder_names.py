"""Unknown folder names: those that may stand for a class, the class each resembles, and labels by a mapping.

A mapping gives the class of a folder name, or None where the name was left as it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.images.class_suggestions import ClassNames, letters_of, suggest_class
from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job

FolderNames = Mapping[str, str | None]
"""Class id of each mapped folder name, None for a name that was left as it is."""

FolderCounts = Mapping[tuple[tuple[str, ...], str | None], int]
"""Number of images by their `folder_names` and label (see `ImageRecord`)."""

_MAX_NAMES = 24
"""Largest number of names without a resemblance to a class that are worth a question."""
_MAX_STRANGE_NAMES = 12
"""The same where no name at all resembles a class: such folders are rarely classes."""
_NOT_CLASSES = frozenset(
    {"slide", "smear", "patient", "case", "sample", "batch", "field", "run", "day", "plate", "scan"}
    | {
        "roi",
        "export",
        "crop",
        "tile",
        "new",
        "old",
        "misc",
        "tmp",
        "temp",
        "backup",
        "raw",
        "todo",
    }
)


@dataclass(frozen=True, slots=True)
class UnknownFolder:
    """A folder name that is no class, its number of images, and the class that it resembles."""

    name: str
    images: int
    suggestion: str | None = None


def label_by_folder_names(record: ImageRecord, folder_names: FolderNames) -> ImageRecord:
    """Return a record with the class that its innermost mapped folder name stands for."""
    for name in reversed(record.folder_names):
        if class_id := folder_names.get(name):
            return replace(record, label=class_id)
    return record


class MappedSource(WrappedSource):
    """A source whose labels follow a mapping of folder names."""

    def __init__(self, source: Source, folder_names: FolderNames) -> None:
        super().__init__(source)
        self._folder_names = folder_names

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Scan the wrapped source and label its images by the mapping."""
        for file in self._source.scan(job):
            yield (
                label_by_folder_names(file, self._folder_names)
                if isinstance(file, ImageRecord)
                else file
            )


def count_folder_names(
    records: Iterable[ImageRecord],
) -> Counter[tuple[tuple[str, ...], str | None]]:
    """Return the number of images by unknown folder names and label."""
    return Counter((record.folder_names, record.label) for record in records if record.folder_names)


def find_unknown_folders(
    counts: FolderCounts, classes: ClassNames, folder_names: FolderNames
) -> list[UnknownFolder]:
    """Return the folder names that may stand for a class and were not mapped, in alphabetical order.

    Names that count as labels always may; of nested folders without a label only those of the level
    on which most names resemble a class.
    """
    known_names = set(classes) | {name for names in classes.values() for name in names}
    images: Counter[str] = Counter()
    levels: dict[int, Counter[str]] = {}
    for (names, label), count in counts.items():
        if label is not None:
            if label not in known_names and label not in folder_names:
                images[label] += count
        elif not any(map(folder_names.get, names)):
            for depth, name in enumerate(names):
                if name not in folder_names:
                    levels.setdefault(depth, Counter())[name] += count
    suggestions = {
        name: suggest_class(name, classes)
        for name in {*images, *(name for level in levels.values() for name in level)}
    }
    images += _candidates(levels, suggestions, has_classes=any(folder_names.values()))
    return [UnknownFolder(name, images[name], suggestions[name]) for name in sorted(images)]


def _candidates(
    levels: Mapping[int, Counter[str]], suggestions: FolderNames, *, has_classes: bool
) -> Counter[str]:
    """Return the names of the level of folders that most likely are classes."""
    if not levels:
        return Counter()

    def similar(depth: int) -> list[str]:
        return [name for name in levels[depth] if suggestions[name]]

    depth = max(levels, key=lambda depth: (len(similar(depth)), -depth))
    level, resembling = levels[depth], similar(depth)
    if len(level) > _MAX_NAMES:
        return Counter({name: level[name] for name in resembling})
    if resembling or has_classes:
        return level
    words = all(map(_is_word, level))
    return level if words and 2 <= len(level) <= _MAX_STRANGE_NAMES else Counter()


def _is_word(name: str) -> bool:
    plain = name.lstrip("0123456789 _.-")
    word = letters_of(plain)
    is_ascii = word.isascii()
    return (
        not any(char.isdigit() for char in plain)
        and len(word) >= (4 if is_ascii else 2)
        and word not in _NOT_CLASSES
    )
