"""The Train window on very many images: pauses of the event loop while it counts, retrains and judges.

    python bench/train_pauses.py FOLDER [--images 13000] [--seconds 30]

The real window, in a process of its own with fresh caches, on class folders of that many images: links to
those of FOLDER. A training of the whole network runs for so many seconds in its child process, as it
always does; then it is stopped.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from clean import link
from pauses import Pauses, spin
from review import ROOT, highest_memory, report

if TYPE_CHECKING:
    from gui.train.workspace import TrainWorkspace
    from gui.window import MainWindow

_LONG = 3_600.0
_RECIPE = "simple_cnn"


def main() -> int:
    """Make the folder, and measure in a child."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=13_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return _measure(given.folder, given.seconds)
    with tempfile.TemporaryDirectory(dir=given.folder.parent) as place:
        folder = Path(place) / "many"
        link(given.folder, folder, given.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--seconds", str(given.seconds)]
        return subprocess.run([*command, "--child"], env=env, check=False).returncode


def _measure(folder: Path, seconds: float) -> int:
    from gui.app import make_app
    from gui.theme import Theme
    from gui.window import MainWindow

    window = MainWindow(Theme(make_app()), model="fast")
    window.resize(1400, 900)
    window.show()
    window.decisions.who = "bench"
    spin(lambda: window.session.engine is not None and not window.flow.busy)
    window.open(folder)
    spin(lambda: window.session.total > 0 and not window.flow.busy, _LONG)
    spin(lambda: window.decisions.writable)
    pauses = Pauses()
    pauses.phase("idle")
    spin(lambda: False, 4.0)
    pauses.phase("to the Train window")
    window.workspaces.go("train")
    train = window.workspaces.current
    spin(train.start.quick.isEnabled)
    spin(lambda: train.start.deep.recipe.count() > 0)
    spin(lambda: False, 2.0)
    _decide(window, train, pauses)
    figures = [
        ("images", f"{window.session.total:,}", ""),
        *_quick(train, pauses),
        *_deep(train, pauses, seconds),
        ("memory of the window, highest", f"{highest_memory() / 1e9:.2f} GB", "2 GB"),
    ]
    pauses.stop()
    window.close()
    report(figures, pauses)
    return 0


def _decide(window: "MainWindow", train: "TrainWorkspace", pauses: Pauses) -> None:
    # The counts on the page follow each decision, also those on very many images at once.
    paths = window.session.table.paths
    first = window.session.looks.ids[0]
    for phase, some in (("one decision", paths[:1]), ("a decision on all", paths)):
        kept: list[object] = []
        window.decisions.kept.connect(kept.append)
        pauses.phase(phase)
        window.decisions.label(some, first)
        spin(lambda kept=kept: bool(kept), _LONG)
        spin(lambda: False, 1.0)
        pauses.phase(f"{phase}, undone")
        window.decisions.undo()
        spin(lambda kept=kept: len(kept) > 1, _LONG)
        spin(lambda: False, 1.0)
    spin(train.start.quick.isEnabled)


def _quick(train: "TrainWorkspace", pauses: Pauses) -> list[tuple[str, str, str]]:
    pauses.phase("quick retrain and its gate")
    train.start.quick.click()
    took = spin(lambda: not train.retraining.running, _LONG)
    _must(train.retraining.outcome is not None, train.retraining.trouble)
    pauses.phase("the gate in sight")
    spin(lambda: False, 2.0)
    pauses.phase("back to the start")
    train.card.decline.click()
    spin(lambda: False, 1.0)
    return [("quick retrain, gate with spoiled images included", f"{took:.1f} s", "")]


def _deep(train: "TrainWorkspace", pauses: Pauses, seconds: float) -> list[tuple[str, str, str]]:
    form, retraining = train.start.deep, train.retraining
    spin(lambda: form.recipe.count() > 0)
    names = [one.recipe.name for one in form._offers.recipes]
    form.recipe.setCurrentIndex(names.index(_RECIPE))
    form.epochs.setValue(500)
    pauses.phase("a training begins")
    form.begin.click()
    spin(lambda: retraining.progress is not None or not retraining.running, _LONG)
    spin(lambda: bool(retraining.history) or not retraining.running, _LONG)
    _must(retraining.running, retraining.trouble)
    pauses.phase("a training runs")
    spin(lambda: not retraining.running, seconds)
    epochs = len(retraining.history)
    pauses.phase("a training is cancelled")
    train.running.stop.click()
    took = spin(lambda: not retraining.running)
    return [
        (f"epochs of {_RECIPE} seen", str(epochs), ""),
        ("cancel of a training", f"{took:.2f} s", "2 s"),
    ]


def _must(good: bool, trouble: str) -> None:
    if not good:
        raise SystemExit(f"The retraining failed: {trouble}")


if __name__ == "__main__":
    sys.exit(main())
