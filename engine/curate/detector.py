"""What a detector is, and what it is given."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy.typing as npt

from engine.curate.finding import Finding, Kind
from engine.curate.folder import Folder


@dataclass(frozen=True, slots=True)
class View:
    """A folder, what comparing its pictures gave (`engine.curate.compare`), and the names of labels."""

    folder: Folder
    compared: Mapping[str, npt.NDArray[Any]]
    labels: tuple[str, ...]

    def members(self) -> dict[int, list[int]]:
        """Return the images of each content, in their order."""
        found: dict[int, list[int]] = {}
        for image, row in enumerate(self.folder.content.tolist()):
            found.setdefault(row, []).append(image)
        return found

    def off_topic(self, row: int) -> bool:
        """Return whether the picture of this content shows no stained cell."""
        from engine.curate.unlike import OFF_TOPIC

        return bool(self.compared["unlike"][row] >= OFF_TOPIC)


class Detector(ABC):
    """Finds one or two kinds of things; has no state."""

    kinds: ClassVar[tuple[Kind, ...]]

    @abstractmethod
    def find(self, view: View) -> Iterator[Finding]:
        """Yield findings, in any order."""
