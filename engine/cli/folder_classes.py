"""Folder names that resemble a class: naming them, and the option `--folder-class`, which gives them one."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.progress import say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.images.class_set import ClassSet
    from engine.images.folder_names import FolderNames, UnknownFolder
    from engine.images.record import BadFile, ImageRecord

    SourceFile = ImageRecord | BadFile

SUGGESTED = "suggested"
"""Value of `--folder-class` for all suggestions."""


def add_folder_class_argument(parser: argparse.ArgumentParser) -> None:
    """Add the argument that gives a folder name a class."""
    parser.add_argument(
        "--folder-class",
        dest="folder_classes",
        metavar=f"NAME=CLASS|{SUGGESTED}",
        type=_folder_class,
        action="append",
        default=[],
        help="the images in folders of this name are of this class (“Neutrophile=neutrophil”); "
        f"“{SUGGESTED}” takes the classes that the command suggests; repeatable",
    )


def chosen_folder_names(
    values: Sequence[str],
    files: "Sequence[SourceFile]",
    classes: "ClassSet",
    mapped: "FolderNames",
) -> "dict[str, str | None]":
    """Return the classes that the arguments give to folder names, besides those mapped in the window.

    Raises `Problem` for a class that does not exist or a name that no folder has.
    """
    chosen = {
        folder.name: folder.suggestion
        for folder in _unknown_folders(files, classes, mapped)
        if SUGGESTED in values and folder.suggestion
    }
    names = {name for file in files for name in getattr(file, "folder_names", ())}
    for value in values:
        name, equals, class_name = value.rpartition("=")
        if not equals:
            continue
        cell_class = classes.find(class_name)
        if cell_class is None:
            raise Problem("folder_names.no_class", name=class_name, known=", ".join(classes.ids))
        if name not in names:
            raise Problem("folder_names.no_folder", name=name)
        chosen[name] = cell_class.id
    return {**mapped, **chosen}


def say_unknown_folders(root: Path, files: "Sequence[SourceFile]", classes: "ClassSet") -> None:
    """Name the folders that are no class but resemble one, whose images have no label for that reason."""
    from engine.project.folder_names import folder_names_of

    folders = [
        folder
        for folder in _unknown_folders(files, classes, folder_names_of(root))
        if folder.suggestion
    ]
    if folders:
        names = ", ".join(f"{folder.name} ({folder.suggestion})" for folder in folders)
        say(render(Message("folder_names.suggested", {"count": len(folders), "names": names})))


def _unknown_folders(
    files: "Sequence[SourceFile]", classes: "ClassSet", mapped: "FolderNames"
) -> "list[UnknownFolder]":
    from engine.images.folder_names import count_folder_names, find_unknown_folders
    from engine.images.record import ImageRecord

    counts = count_folder_names(file for file in files if isinstance(file, ImageRecord))
    names = {entry.id: (entry.id, entry.name, *entry.synonyms) for entry in classes.classes}
    return find_unknown_folders(counts, names, mapped)


def _folder_class(text: str) -> str:
    name, _, class_name = text.rpartition("=")
    if text != SUGGESTED and not (name and class_name):
        raise argparse.ArgumentTypeError(f"{text!r} is neither NAME=CLASS nor {SUGGESTED}")
    return text
