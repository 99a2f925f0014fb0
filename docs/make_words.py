"""Translation files: updated with the strings in the code, and compiled.

    python docs/make_words.py

New strings are added to each `resources/words/CODE.ts` as unfinished, and removed ones are deleted;
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

from engine.exchange.public_datasets import load_public_datasets
from engine.images.class_set import class_set_names, load_class_set
from engine.messages import load_catalogue
from engine.train.recipe import load_recipe, recipe_names

# `_` marks the strings of the tables in gui/shortcuts/commands.py.
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


def update_translation(file: Path) -> None:
    """Update a translation with the strings in the code; existing translations are kept."""
    with tempfile.TemporaryDirectory() as folder:
        extra = Path(folder) / "engine_words.py"
        extra.write_text("".join(_marked_strings()), encoding="utf-8")
        _run("lupdate", *_OPTIONS, *_gui_files(), extra, "-ts", file)


def compile_translation(file: Path, out: Path) -> None:
    """Compile a translation into the file that Qt reads."""
    _run("lrelease", "-silent", file, "-qm", out)


def _marked_strings() -> list[str]:
    """Return the strings that are not literals in `gui`, as code that lupdate understands."""
    templates = [("engine", text) for text in load_catalogue().values()]
    sets = map(load_class_set, class_set_names())
    names = [("classes", item.name) for class_set in sets for item in class_set.classes]
    public = [("public", item.description) for item in load_public_datasets().values()]
    titles = [("recipes", load_recipe(name).title) for name in recipe_names()]
    return [
        f'QT_TRANSLATE_NOOP("{context}", {json.dumps(text, ensure_ascii=False)})\n'
        for context, text in dict.fromkeys(
            (*templates, *names, *titles, *public, *_strings_of_functions())
        )
    ]


def _strings_of_functions() -> list[tuple[str, str]]:
    """Return (context, string) of calls to `_tr(text)` in functions: lupdate finds those in methods only."""
    found = []
    for file in _gui_files():
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        definitions = [
            node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == "_tr"
        ]
        contexts = [
            node.value
            for definition in definitions
            for node in ast.walk(definition)
            if isinstance(node, ast.Constant)
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
        update_translation(translation)
        compile_translation(translation, translation.with_suffix(".qm"))
