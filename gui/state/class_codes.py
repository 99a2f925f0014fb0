"""Class codes: small integers for class ids, with merged classes resolved.

A class code is an index into `ClassCodes.ids`, or one of the negative codes below.
"""

import numpy as np
import numpy.typing as npt

from engine.project.decisions import NOT_CLASSED

NONE, NOT_CLASSED_CODE = -1, -2

Codes = npt.NDArray[np.int16]


class ClassCodes:
    """The codes of the classes that a folder, a model or a person gave any image."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._codes: dict[str, int] = {NOT_CLASSED: NOT_CLASSED_CODE}
        self._aliases: dict[int, int] = {}

    def code(self, class_id: str) -> int:
        """Return the code of a class; a new class gets a new code."""
        code = self._codes.get(class_id)
        if code is None:
            code = self._codes[class_id] = len(self.ids)
            self.ids.append(class_id)
        return code

    def class_id(self, code: int) -> str | None:
        """Return the class of a code, None for `NONE`."""
        if code >= 0:
            return self.ids[code]
        return NOT_CLASSED if code == NOT_CLASSED_CODE else None

    @property
    def merged(self) -> dict[str, str]:
        """Merged classes: class id → id of the class it was merged into."""
        return {self.ids[code]: self.ids[into] for code, into in self._aliases.items()}

    def set_aliases(self, aliases: dict[str, str]) -> None:
        """Set the merged classes: class id → id of the class it was merged into."""
        self._aliases = {self.code(class_id): self.code(into) for class_id, into in aliases.items()}

    def resolve(self, code: int) -> int:
        """Return the code of the class that a class was merged into, else its own."""
        return self._aliases.get(code, code)

    def resolve_all(self, codes: Codes) -> Codes:
        """Return codes with those of merged classes replaced."""
        if not self._aliases:
            return codes
        resolved = codes.copy()
        for code, into in self._aliases.items():
            resolved[codes == code] = into
        return resolved


def codes_in_use(codes: Codes) -> list[int]:
    """Return the codes that occur, in ascending order."""
    # Ten times as fast as np.unique: codes are few and start at -2.
    return [int(code) - 2 for code in np.flatnonzero(np.bincount(codes + 2))]
