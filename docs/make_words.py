"""Bring the translations up to date with the words in the code, and compile them.

    python docs/make_words.py

Each `resources/words/CODE.ts` gets the words that are new, marked unfinished, and loses those that are gone;
translate it with Qt Linguist (`pyside6-linguist`) or an editor, and run this again for `CODE.qm`.
"""

# ruff: noqa: E402  (the path to the program comes first)

import ast
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.exchange.public_datasets import public_sets
from engine.images.class_set import class_set_names, load_class_set
from engine.messages import load_catalogue
from engine.train.recipe import load_recipe, recipe_names

# `_` marks the words of the tables in gui/shortcuts/commands.py.
_OPTIONS = (
    "-locations",
    "none",
    "-no-obsolete",
    "-disable-heuristic",
    "sametext",
    "-tr-function-alias",
    "QT_TRANSLATE_NOOP+=_",
)
WORDS = ROOT / "resources" / "words"


def renew(file: Path) -> None:
    """Take the words of the code into a translation; what is translated stays."""
    with tempfile.TemporaryDirectory() as folder:
        rest = Path(folder) / "engine_words.py"
        rest.write_text("".join(_marked_strings()), encoding="utf-8")
        _run("lupdate", *_OPTIONS, *_gui_files(), rest, "-ts", file)


def compiled(file: Path, out: Path) -> None:
    """Compile a translation into the file that Qt reads."""
    _run("lrelease", "-silent", file, "-qm", out)


def _marked_strings() -> list[str]:
    """The words that are no literals of the window's code, as marks that lupdate understands."""
    templates = [("engine", text) for text in load_catalogue().values()]
    sets = map(load_class_set, class_set_names())
    names = [("classes", one.name) for known in sets for one in known.classes]
    public = [("public", one.description) for one in public_sets().values()]
    titles = [("recipes", load_recipe(name).title) for name in recipe_names()]
    return [
        f'QT_TRANSLATE_NOOP("{context}", {json.dumps(text, ensure_ascii=False)})\n'
        for context, text in dict.fromkeys((*templates, *names, *titles, *public, *_strings_of_functions()))
    ]


def _strings_of_functions() -> list[tuple[str, str]]:
    """The words of modules whose functions say theirs with `_tr(words)`: lupdate knows methods only."""
    found = []
    for file in _gui_files():
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        own = [one for one in nodes if isinstance(one, ast.FunctionDef) and one.name == "_tr"]
        contexts = [
            one.value for each in own for one in ast.walk(each) if isinstance(one, ast.Constant)
        ]
        for node in nodes:
            match node:
                case ast.Call(func=ast.Name("_tr"), args=[ast.Constant(str(text))]):
                    found.append((contexts[0], text))
    return found


def _gui_files() -> list[Path]:
    return sorted((ROOT / "gui").rglob("*.py"))


def _run(tool: str, *arguments: object) -> None:
    command = [str(Path(sys.executable).with_name(f"pyside6-{tool}")), *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    for translation in sorted(WORDS.glob("*.ts")):
        renew(translation)
        compiled(translation, translation.with_suffix(".qm"))
