"""Cleaning summary: images of each class before and after cleaning, and removals by reason."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPixmap

from engine.output_places import check_images_outside
from engine.output_recognisers import marked_recogniser, table_recogniser
from engine.outputs import Output
from engine.project.decisions import NOT_CLASSED
from engine.text import formula_safe_text
from gui.state import finding_text
from gui.state.class_codes import NONE, Codes
from gui.state.class_styles import ClassStyles

if TYPE_CHECKING:
    from gui.state.session import Session

_PNG_SOFTWARE = "Bloodbench summary of cleaning"
_HEADER = ("what", "name", "before", "after")


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Images of a class before any decision and now; class None has the images without a class."""

    class_id: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class CleaningSummary:
    """Counts of images: all, remaining, by class, removed by reason, relabelled; and dismissed findings."""

    files: int
    remaining: int
    classes: tuple[ClassCount, ...]
    removed: dict[str, int]
    relabelled: int
    dismissed: int


def summarise_cleaning(session: "Session") -> CleaningSummary:
    """Count the open folder; undecided images have the class of their folder, or else the predicted one."""
    table = session.table
    if table is None:
        return CleaningSummary(0, 0, (), {}, 0, 0)
    # Images moved out before the folder was opened are not in the table; they count as "before".
    moved_out = [move for move in session.moved.values() if move["first"] not in table]
    by_folder, label = table.folder_classes(), table.decided_classes()
    before = np.where(by_folder != NONE, by_folder, table.predicted_classes())
    after = np.where(label != NONE, label, before)
    removed, present = table.column("removed"), ~table.column("withdrawn")
    counts_before = _count_codes(before[present])
    counts_after = _count_codes(after[~removed & present])
    reasons = Counter(table.reasons.values())
    for move in moved_out:
        counts_before.update(
            {table.code(name) if name else NONE: n for name, n in move["classes"].items()}
        )
        reasons.update(move["reasons"])
    order = [*session.class_styles.ids, NOT_CLASSED]
    codes = sorted(
        counts_before.keys() | counts_after.keys(),
        key=lambda code: _sort_key(order, table.class_id(code)),
    )
    return CleaningSummary(
        table.count + sum(move["files"] for move in moved_out),
        int((~removed & present).sum()),
        tuple(
            ClassCount(table.class_id(code), counts_before[code], counts_after[code])
            for code in codes
        ),
        dict(reasons.most_common()),
        int(table.relabelled().sum()),
        len(session.dismissed),
    )


def _count_codes(codes: Codes) -> Counter[int]:
    values, counts = np.unique(codes, return_counts=True)
    return Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))


def write_summary_csv(summary: CleaningSummary, class_styles: ClassStyles, file: Path) -> None:
    """Write the counts as CSV with the columns what, name, before, after.

    Raises `OSError` and `Problem`.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_HEADER)
    rows.writerow(("files", "", summary.files, summary.remaining))
    for class_count in summary.classes:
        rows.writerow(
            (
                "class",
                formula_safe_text(finding_text.class_name(class_count.class_id, class_styles)),
                class_count.before,
                class_count.after,
            )
        )
    for reason, count in summary.removed.items():
        rows.writerow(("removed", formula_safe_text(finding_text.removal_reason(reason)), count, 0))
    Output(file, table_recogniser(*_HEADER)).write(text.getvalue().encode("utf-8-sig"))


def write_png(pixmap: QPixmap, file: Path, image_folders: Sequence[Path]) -> None:
    """Write an image of the summary as PNG, outside the folders of images; raises `OSError` and `Problem`."""
    check_images_outside(file, image_folders)
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    image = pixmap.toImage()
    image.setText("Software", _PNG_SOFTWARE)
    image.save(data, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, PySide a string
    Output(file, marked_recogniser(b"\x89PNG\r\n\x1a\n", _PNG_SOFTWARE.encode())).write(
        bytes(data.data().data())
    )


def _sort_key(order: list[str], class_id: str | None) -> tuple[int, str]:
    if class_id is None:
        return len(order) + 1, ""
    return (order.index(class_id) if class_id in order else len(order)), class_id
