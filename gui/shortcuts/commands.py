"""Commands of the window: id, group, text and standard keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `keys` are in Qt's portable spelling.

    The keys of a `fixed` command cannot be changed. `shown` replaces them in the key sheet.
    """

    id: str
    group: str
    text: str
    keys: tuple[str, ...] = ()
    fixed: bool = False
    shown: str = ""


def _commands(group: str, *rows: tuple[str, str, tuple[str, ...]]) -> tuple[Command, ...]:
    return tuple(Command(command_id, group, text, keys) for command_id, text, keys in rows)


def _fixed(group: str, *rows: tuple[str, str, tuple[str, ...], str]) -> tuple[Command, ...]:
    return tuple(
        Command(command_id, group, text, keys, True, shown)
        for command_id, text, keys, shown in rows
    )


# The type stubs declare the result as `object`.
_ = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
DECIDE, LOOK, FIND, PROGRAM = (
    _("commands", "Decide"),
    _("commands", "View"),
    _("commands", "Find"),
    _("commands", "Program"),
)

COMMANDS: tuple[Command, ...] = (
    *_commands(
        DECIDE,
        ("confirm", _("commands", "Confirm the prediction"), ("Return", "Enter")),
        ("not_classed", _("commands", "Not classed"), ("0",)),
        ("remove", _("commands", "Remove, or bring back"), ("X", "Del")),
        ("clear", _("commands", "Clear the decision"), ("U",)),
        ("dismiss", _("commands", "Dismiss the finding: nothing is wrong"), ("D",)),
        ("keep_only", _("commands", "Keep only this copy"), ("K",)),
        ("add_cell", _("commands", "Fields: add a missed cell"), ("Ctrl+I", "Ins")),
        ("move_box", _("commands", "Fields: move or resize the box"), ("Ctrl+B",)),
        ("note", _("commands", "Write a note"), ("F2",)),
        ("tags", _("commands", "Give tags, or take them away"), ("F3",)),
        ("undo", _("commands", "Undo"), ("Ctrl+Z",)),
        ("redo", _("commands", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    ),
    *_fixed(
        LOOK,
        (
            "move",
            _("commands", "Move to another image"),
            ("Left", "Right", "Up", "Down", "PgUp", "PgDown", "Home", "End"),
            _("commands", "Arrow keys"),
        ),
        (
            "band",
            _("commands", "Next or previous group; ← → collapse it, Space selects it"),
            ("Alt+Up", "Alt+Down"),
            "Alt + ↑ ↓",
        ),
    ),
    *_commands(
        LOOK,
        ("large", _("commands", "Large view"), ("Space",)),
        ("compare", _("commands", "Compare the selected images side by side"), ("Ctrl+D",)),
        ("heat", _("commands", "Grad-CAM"), ("G",)),
        ("zoom_fit", _("commands", "Fit the image, or zoom in"), ("Z",)),
    ),
    *_fixed(
        LOOK,
        ("zoom", _("commands", "Zoom the image"), ("+", "=", "-"), "+ −"),
        (
            "pan",
            _("commands", "Pan the image, or extend the selection"),
            ("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"),
            _("commands", "Shift + arrow keys"),
        ),
    ),
    *_commands(
        LOOK,
        ("larger", _("commands", "Larger images"), ("Ctrl++", "Ctrl+=")),
        ("smaller", _("commands", "Smaller images"), ("Ctrl+-",)),
        ("full_screen", _("commands", "Full screen"), ("F11",)),
    ),
    *_commands(
        FIND,
        ("search", _("commands", "Search"), ("/", "Ctrl+F")),
        ("facets", _("commands", "Filters"), ("F",)),
        (
            "next_line",
            _("commands", "Next question or hint beside the images"),
            ("F6",),
        ),
    ),
    *_fixed(
        FIND,
        ("select_all", _("commands", "Select all"), ("Ctrl+A",), ""),
        ("next_part", _("commands", "Next part of the window"), ("Tab", "Shift+Tab"), "Tab"),
    ),
    *_commands(
        PROGRAM,
        ("review", _("commands", "Review"), ("Ctrl+1",)),
        ("clean", _("commands", "Clean"), ("Ctrl+2",)),
        ("train", _("commands", "Train"), ("Ctrl+3",)),
        ("report", _("commands", "Report"), ("Ctrl+4",)),
        ("second_reading", _("commands", "Second reading…"), ("Ctrl+Shift+R",)),
        ("competency", _("commands", "Competency test…"), ("Ctrl+Shift+T",)),
        ("open_folder", _("commands", "Open a folder…"), ("Ctrl+O",)),
        (
            "open_archive",
            _("commands", "Open an archive, an image or a project…"),
            ("Ctrl+Shift+O",),
        ),
        ("open_sample", _("commands", "Open the sample"), ("Ctrl+Shift+E",)),
        ("fetch_public", _("commands", "Download a public data set…"), ("Ctrl+Shift+F",)),
        ("save_copy", _("commands", "Save a copy of the project…"), ("Ctrl+Shift+S",)),
        (
            "restore_state",
            _("commands", "Restore an earlier state of the project…"),
            ("Ctrl+Shift+B",),
        ),
        (
            "merge_project",
            _("commands", "Merge another project of these images…"),
            ("Ctrl+Shift+M",),
        ),
        (
            "find_cells",
            _("commands", "Fields: find the cells, or show the whole fields"),
            ("Ctrl+Shift+C",),
        ),
        ("classes", _("commands", "Classes of the project…"), ("Ctrl+L",)),
        ("reviewer", _("commands", "Choose the reviewer…"), ("Ctrl+R",)),
        ("key_settings", _("commands", "Change keys…"), ("Ctrl+K",)),
        ("all_keys", _("commands", "All keys"), ("?", "F1")),
    ),
    *_fixed(PROGRAM, ("back", _("commands", "Back, or stop the running task"), ("Esc",), "")),
)

BY_ID = {command.id: command for command in COMMANDS}


def command_text(text: str) -> str:
    """Return the text of a command or group in the window's language."""
    return QCoreApplication.translate("commands", text)
