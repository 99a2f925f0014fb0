"""Choices of an option that are the ids of a registry."""

from collections.abc import Callable, Collection, Iterator


class RegistryChoices(Collection[str]):
    """Choices for `argparse`, read from a registry once they are needed.

    Registries import NumPy, which other commands should not wait for. Give the option a `metavar`:
    without one `argparse` lists the choices at once.
    """

    def __init__(self, ids: Callable[[], Collection[str]]) -> None:
        self._ids = ids

    def __contains__(self, name: object) -> bool:
        return name in self._ids()

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids())

    def __len__(self) -> int:
        return len(self._ids())
