"""The grid on very many images: how long the window waits while a person does things to all of them.

    python bench/grid.py FOLDER [--images 100000] [--size 1400x900]

The real gallery on real files (links to those of FOLDER) with made-up predictions, and no model that
reads meanwhile: what is measured is the grid. A timer that should fire every two milliseconds tells how
late it was, in each phase, and while nothing runs; `review.py` measures the whole window at work.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import common  # noqa: F401  (finds the packages)
from pauses import Pauses, link_many, spin

if TYPE_CHECKING:
    from gui.gallery.panel import GalleryPanel
    from gui.session import Session

_PHASE_SECONDS = 4.0
_REST_SECONDS = 0.4
_CLASSES = 8


def main() -> int:
    """Make the folder, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--size", default="1400x900")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(dir=given.folder.parent) as place:
        os.environ["BLOODBENCH_HOME"] = str(Path(place) / "home")
        folder = Path(place) / "many"
        link_many(given.folder, folder, given.images)
        return _measure(folder, given.size)


def _measure(folder: Path, size: str) -> int:
    from gui.app import make_app
    from gui.gallery.panel import GalleryPanel
    from gui.gallery.thumbnails import Thumbnails
    from gui.session import Session
    from gui.theme import Theme
    from gui.workers import Workers

    theme, workers, session = Theme(make_app()), Workers(), Session()
    thumbnails = Thumbnails(workers)
    session.opened.connect(lambda: thumbnails.open(session.source))
    panel = GalleryPanel(session, thumbnails, workers, theme)
    panel.view.looked_at.connect(session.set_current)
    panel.resize(*map(int, size.split("x")))
    panel.show()
    _fill(session, folder)
    pauses = Pauses()
    spin(lambda: bool(panel.view.paths_in_sight()))
    pauses.phase("idle")
    spin(lambda: False, _PHASE_SECONDS)
    _act(panel, pauses)
    pauses.stop()
    thumbnails.close()
    workers.close()
    print(f"{session.total:,} images, {len(panel.view.paths_in_sight())} in sight, {size}")
    pauses.report()
    return 0


def _fill(session: "Session", folder: Path) -> None:
    # As if a model had read them all.
    from types import SimpleNamespace

    import numpy as np

    from engine.classify.calibration import Calibration
    from engine.classify.reading import Reading
    from engine.images.classes import load_class_set
    from engine.images.source import open_source
    from engine.jobs import Job
    from gui.classes import ClassLooks

    known = load_class_set()
    card = SimpleNamespace(
        classes=tuple(one.id for one in known.classes), calibration=Calibration(temperature=1.0)
    )
    session.open(open_source(folder))
    session.looks = ClassLooks(known)
    assert session.source is not None
    assert session.table is not None
    session.table.set_model(card)  # type: ignore[arg-type]
    records = list(session.source.scan(Job()))
    session.add(records)
    logits = 3 * np.random.default_rng(0).normal(size=(len(records), _CLASSES))
    none, maps = np.zeros(1, np.float16), np.zeros((1, 1, _CLASSES), np.float16)
    session.take(
        (record, Reading(row, none, maps))
        for record, row in zip(records, logits.astype(np.float32), strict=True)
    )


def _act(panel: "GalleryPanel", pauses: "Pauses") -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    view, bar = panel.view, panel.view.verticalScrollBar()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    view.setCurrentIndex(view.model().index(0))

    def rest() -> None:
        spin(lambda: False, _REST_SECONDS)

    def scroll(step: int | None) -> None:
        # From end to end in some seconds, as a dragged scrollbar does; or by so many pixels a time.
        began, bottom = time.perf_counter(), bar.maximum()

        def move() -> bool:
            part = (time.perf_counter() - began) / _PHASE_SECONDS
            bar.setValue(bar.value() + step if step else int(bottom * min(part, 1)))
            return part > 1

        spin(move)

    def choose(box: object, key: str) -> None:
        box.setCurrentIndex(box.findData(key))  # type: ignore[attr-defined]
        box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]
        rest()

    for bands in ("", "class"):
        choose(panel.bands, bands)
        words = "in bands" if bands else "one stream"
        pauses.phase(f"{words}: scrolling end to end")
        scroll(None)
        pauses.phase(f"{words}: scrolling by the wheel")
        bar.setValue(0)
        scroll(40)
        pauses.phase(f"{words}: sorting four ways")
        for order in ("doubt", "class", "size", "name"):
            choose(panel.order, order)
        pauses.phase(f"{words}: select all, none, Shift+End")
        for key, held in (
            (Qt.Key.Key_A, control),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_End, shift),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
        ):
            QTest.keyClick(view, key, held)
            rest()
    pauses.phase("folding and unfolding each band")
    for _ in range(2):
        for band in panel.model.bands:
            view.toggle_band(band.key)
            spin(lambda: False, 0.1)


if __name__ == "__main__":
    sys.exit(main())
