"""Closing of objects at the end of a `with` block."""

from typing import Self


class Closing:
    """Base of objects that are closed when their `with` block ends, also by an error."""

    def close(self) -> None:
        """Release what the object holds."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
