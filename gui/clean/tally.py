"""What cleaning made of the set: how many images each class had and has, what was removed and why."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPixmap

from engine.outputs import Output, marked, table
from engine.project.values import NOT_CLASSED
from engine.writing import safe_text
from gui.classes import ClassLooks
from gui.clean import words
from gui.table import NONE, Codes

if TYPE_CHECKING:
    from gui.session import Session

_PICTURE = "Bloodbench summary of cleaning"
_HEADER = ("what", "name", "before", "after")


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many images a class had before anything was decided, and has now; None are those of no class."""

    class_id: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of files: all, those that stay, of each class, removed for each reason, relabelled."""

    files: int
    stay: int
    classes: tuple[ClassCount, ...]
    removed: dict[str, int]
    relabelled: int
    dismissed: int


def tally(session: "Session") -> Tally:
    """Count the open folder; an image has the class of its folder or of the model until a person decides."""
    table = session.table
    if table is None:
        return Tally(0, 0, (), {}, 0, 0)
    # Moved out before the folder was opened: they are not in the table, and belong to what was.
    gone = [one for one in session.moved.values() if one["first"] not in table]
    given, label = table.given(), table.decided_classes()
    before = np.where(given != NONE, given, table.predicted())
    after = np.where(label != NONE, label, before)
    removed = table.column("removed")
    had, has = _counted(before), _counted(after[~removed])
    reasons = Counter(table.reasons.values())
    for one in gone:
        had.update({table.code(name) if name else NONE: n for name, n in one["classes"].items()})
        reasons.update(one["reasons"])
    order = [*session.looks.ids, NOT_CLASSED]
    codes = sorted(
        had.keys() | has.keys(),
        key=lambda code: _place(order, table.class_id(code)),
    )
    return Tally(
        len(table) + sum(one["files"] for one in gone),
        int((~removed).sum()),
        tuple(ClassCount(table.class_id(code), had[code], has[code]) for code in codes),
        dict(reasons.most_common()),
        int(((label != NONE) & (label != before) & ~removed).sum()),
        len(session.dismissed),
    )


def _counted(codes: Codes) -> Counter[int]:
    found, counts = np.unique(codes, return_counts=True)
    return Counter(dict(zip(found.tolist(), counts.tolist(), strict=True)))


def write_csv(said: Tally, looks: ClassLooks, file: Path) -> None:
    """Write the counts as a table: what, name, before, after; raises `OSError` and `Problem`."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_HEADER)
    rows.writerow(("files", "", said.files, said.stay))
    for one in said.classes:
        rows.writerow(
            ("class", safe_text(words.class_name(one.class_id, looks)), one.before, one.after)
        )
    for reason, count in said.removed.items():
        rows.writerow(("removed", safe_text(words.why_removed(reason)), count, 0))
    Output(file, table(*_HEADER)).write(text.getvalue().encode("utf-8-sig"))


def write_picture(picture: QPixmap, file: Path) -> None:
    """Write a picture of the summary as PNG; raises `OSError` and `Problem`."""
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    image = picture.toImage()
    image.setText("Software", _PICTURE)
    image.save(data, "PNG")
    Output(file, marked(b"\x89PNG\r\n\x1a\n", _PICTURE.encode())).write(data.data().data())


def _place(order: list[str], class_id: str | None) -> tuple[int, str]:
    if class_id is None:
        return len(order) + 1, ""
    return (order.index(class_id) if class_id in order else len(order)), class_id
