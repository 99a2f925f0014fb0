"""Responsiveness of the gallery grid with 100,000 images: event-loop pauses for each user action.

    python bench/grid.py FOLDER [--images 100000] [--size 1400x900]

Runs the real gallery on hard links to the images of FOLDER with random predictions and no model running,
so that only the grid is measured. A timer set to two milliseconds records how late it fires in each phase
and while idle. `review.py` measures the whole window.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import common  # noqa: F401  (adds the packages to the path)
from pause_meter import PauseMeter, link_flat_folder, run_event_loop

if TYPE_CHECKING:
    from gui.gallery.panel import GalleryPanel
    from gui.state.session import Session

_PHASE_SECONDS = 4.0
_REST_SECONDS = 0.4
_CLASSES = 8


def main() -> int:
    """Create the folder and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--size", default="1400x900")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(dir=args.folder.parent) as place:
        os.environ["BLOODBENCH_HOME"] = str(Path(place) / "home")
        folder = Path(place) / "many"
        link_flat_folder(args.folder, folder, args.images)
        return _measure(folder, args.size)


def _measure(folder: Path, size: str) -> int:
    from gui.app import make_app
    from gui.gallery.panel import GalleryPanel
    from gui.gallery.thumbnails import ThumbnailCache
    from gui.jobs.workers import Workers
    from gui.state.session import Session
    from gui.theme import Theme

    theme, workers, session = Theme(make_app()), Workers(), Session()
    thumbnails = ThumbnailCache(workers)
    session.opened.connect(lambda: thumbnails.open(session.source))
    panel = GalleryPanel(session, thumbnails, workers, theme)
    panel.view.current_path_changed.connect(session.set_current)
    panel.resize(*map(int, size.split("x")))
    panel.show()
    _fill(session, folder)
    pauses = PauseMeter()
    run_event_loop(lambda: bool(panel.view.visible_paths()))
    pauses.start_phase("idle")
    run_event_loop(lambda: False, _PHASE_SECONDS)
    _run_actions(panel, pauses)
    pauses.stop()
    thumbnails.close()
    workers.close()
    print(f"{session.total:,} images, {len(panel.view.visible_paths())} in sight, {size}")
    pauses.report()
    return 0


def _fill(session: "Session", folder: Path) -> None:
    # Random predictions, as if a model had classified all images.
    from types import SimpleNamespace

    import numpy as np

    from engine.classify.calibration import Calibration
    from engine.classify.reading import Reading
    from engine.images.class_set import load_class_set
    from engine.images.source import open_source
    from engine.jobs import Job
    from gui.state.class_styles import ClassStyles

    class_set = load_class_set()
    card = SimpleNamespace(
        classes=tuple(cell_class.id for cell_class in class_set.classes),
        calibration=Calibration(temperature=1.0),
    )
    session.open(open_source(folder))
    session.class_styles = ClassStyles(class_set)
    assert session.source is not None
    assert session.table is not None
    session.table.set_model(card)  # type: ignore[arg-type]
    records = list(session.source.scan(Job()))
    session.add(records)
    logits = 3 * np.random.default_rng(0).normal(size=(len(records), _CLASSES))
    embedding, maps = np.zeros(1, np.float16), np.zeros((1, 1, _CLASSES), np.float16)
    session.add_readings(
        (record, Reading(row, embedding, maps))
        for record, row in zip(records, logits.astype(np.float32), strict=True)
    )


def _run_actions(panel: "GalleryPanel", pauses: "PauseMeter") -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    view, bar = panel.view, panel.view.verticalScrollBar()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    view.setCurrentIndex(view.model().index(0))

    def rest() -> None:
        run_event_loop(lambda: False, _REST_SECONDS)

    def scroll(step: int | None) -> None:
        # `step` pixels at a time, or from end to end as a dragged scroll bar does.
        started, bottom = time.perf_counter(), bar.maximum()

        def move() -> bool:
            part = (time.perf_counter() - started) / _PHASE_SECONDS
            bar.setValue(bar.value() + step if step else int(bottom * min(part, 1)))
            return part > 1

        run_event_loop(move)

    def choose(box: object, key: str) -> None:
        box.setCurrentIndex(box.findData(key))  # type: ignore[attr-defined]
        box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]
        rest()

    for bands in ("", "class"):
        choose(panel.bands_box, bands)
        words = "in bands" if bands else "one stream"
        pauses.start_phase(f"{words}: scrolling end to end")
        scroll(None)
        pauses.start_phase(f"{words}: scrolling by the wheel")
        bar.setValue(0)
        scroll(40)
        pauses.start_phase(f"{words}: sorting four ways")
        for order in ("doubt", "class", "size", "name"):
            choose(panel.order_box, order)
        pauses.start_phase(f"{words}: select all, none, Shift+End")
        for key, held in (
            (Qt.Key.Key_A, control),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_End, shift),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
        ):
            QTest.keyClick(view, key, held)
            rest()
    pauses.start_phase("folding and unfolding each band")
    for _ in range(2):
        for band in panel.model.bands:
            view.toggle_band(band.key)
            run_event_loop(lambda: False, 0.1)


if __name__ == "__main__":
    sys.exit(main())
