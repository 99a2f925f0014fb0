"""Present cells: where the cells of a competency test lie in a folder now."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.competency.record import DrawnCell


def find_images(cells: Iterable[DrawnCell], contents: Mapping[str, str]) -> dict[int, str]:
    """Return where the cells of a test lie in a folder now, by place; absent ones are left out.

    `contents` are the content hashes of the folder's images, by path, empty where they are unknown. A cell
    whose file was moved is found by its content; a file with another content is another image.
    """
    by_content: dict[str, str] = {}
    for path, content in contents.items():
        if content:
            by_content.setdefault(content, path)
    found = {}
    for cell in cells:
        here = contents.get(cell.path)
        if here is not None and (here == cell.content or not here or not cell.content):
            found[cell.place] = cell.path
        elif cell.content and cell.content in by_content:
            found[cell.place] = by_content[cell.content]
    return found


def with_paths(cells: Iterable[DrawnCell], paths: Mapping[int, str]) -> list[DrawnCell]:
    """Return the cells that `find_images` found, with their present paths."""
    return [replace(cell, path=paths[cell.place]) for cell in cells if cell.place in paths]
