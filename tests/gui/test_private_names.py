"""Private attributes: a class never reuses a private name of its base class.

A class and its base once both used `_places` for different things, and answers went to wrong images.
"""

import ast
from collections import defaultdict
from pathlib import Path

import gui

ROOT = Path(gui.__file__).parent if gui.__file__ else Path(next(iter(gui.__path__)))


def kept_privately(node: ast.ClassDef) -> set[str]:
    """Return the private attributes of `self` that the methods of a class assign."""
    return {
        part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute)
        and isinstance(part.ctx, ast.Store)
        and isinstance(part.value, ast.Name)
        and part.value.id == "self"
        and part.attr.startswith("_")
    }


def test_no_class_assigns_a_private_attribute_of_its_base():
    bases: dict[str, list[str]] = {}
    kept: dict[str, set[str]] = defaultdict(set)
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]
                kept[node.name] |= kept_privately(node)
    assert len(bases) > 100
    clashes = []
    for name, own in bases.items():
        above, known = list(own), set()
        while above:
            base = above.pop()
            if base in bases and base not in known:
                known.add(base)
                above += bases[base]
                clashes += [(name, base, item) for item in kept[name] & kept[base]]
    assert not clashes
