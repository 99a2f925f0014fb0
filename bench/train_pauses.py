"""Responsiveness of the Train workspace with 13,000 images: pauses in counting, retraining and evaluation.

    python bench/train_pauses.py FOLDER [--images 13000] [--seconds 30]

Runs the real window in a separate process with empty caches, on class folders of hard links to the images
of FOLDER. A training of the whole network runs in its child process for `--seconds`, then it is stopped.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from clean import link_class_folders
from pause_meter import PauseMeter, run_event_loop
from review import ROOT, peak_memory, print_report

if TYPE_CHECKING:
    from gui.shell.window import MainWindow
    from gui.train.workspace import TrainWorkspace

_TIMEOUT_SECONDS = 3_600.0
_RECIPE_NAME = "simple_cnn"


def main() -> int:
    """Create the folder and measure in a child process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=13_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return _measure(args.folder, args.seconds)
    with tempfile.TemporaryDirectory(dir=args.folder.parent) as place:
        folder = Path(place) / "many"
        link_class_folders(args.folder, folder, args.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--seconds", str(args.seconds)]
        return subprocess.run([*command, "--child"], env=env, check=False).returncode


def _measure(folder: Path, seconds: float) -> int:
    from gui.app import make_app
    from gui.shell.window import MainWindow
    from gui.theme import Theme

    window = MainWindow(Theme(make_app()), model="fast")
    window.resize(1400, 900)
    window.show()
    window.decisions.reviewer = "bench"
    run_event_loop(lambda: window.session.active_model is not None and not window.loader.busy)
    window.open(folder)
    run_event_loop(lambda: window.session.total > 0 and not window.loader.busy, _TIMEOUT_SECONDS)
    run_event_loop(lambda: window.decisions.writable)
    pauses = PauseMeter()
    pauses.start_phase("idle")
    run_event_loop(lambda: False, 4.0)
    pauses.start_phase("to the Train window")
    window.workspaces.go("train")
    train = cast("TrainWorkspace", window.workspaces.current)
    run_event_loop(train.setup_page.quick.isEnabled)
    run_event_loop(lambda: train.setup_page.form.recipe.count() > 0)
    run_event_loop(lambda: False, 2.0)
    _measure_decisions(window, train, pauses)
    figures = [
        ("images", f"{window.session.total:,}", ""),
        *_measure_quick_retrain(train, pauses),
        *_measure_full_training(train, pauses, seconds),
        ("memory of the window, highest", f"{peak_memory() / 1e9:.2f} GB", "2 GB"),
    ]
    pauses.stop()
    window.close()
    print_report(figures, pauses)
    return 0


def _measure_decisions(window: "MainWindow", train: "TrainWorkspace", pauses: PauseMeter) -> None:
    # The counts on the page are updated after each decision, also after bulk decisions.
    paths = window.session.table.paths
    first = window.session.class_styles.ids[0]
    for phase, selected in (("one decision", paths[:1]), ("a decision on all", paths)):
        saved: list[object] = []
        window.decisions.saved.connect(saved.append)
        pauses.start_phase(phase)
        window.decisions.label(selected, first)
        run_event_loop(lambda saved=saved: bool(saved), _TIMEOUT_SECONDS)
        run_event_loop(lambda: False, 1.0)
        pauses.start_phase(f"{phase}, undone")
        window.decisions.undo()
        run_event_loop(lambda saved=saved: len(saved) > 1, _TIMEOUT_SECONDS)
        run_event_loop(lambda: False, 1.0)
    run_event_loop(train.setup_page.quick.isEnabled)


def _measure_quick_retrain(
    train: "TrainWorkspace", pauses: PauseMeter
) -> list[tuple[str, str, str]]:
    pauses.start_phase("quick retrain and its gate")
    train.setup_page.quick.click()
    took = run_event_loop(lambda: not train.retraining.is_running, _TIMEOUT_SECONDS)
    _exit_unless(train.retraining.outcome is not None, train.retraining.error)
    pauses.start_phase("the gate in sight")
    run_event_loop(lambda: False, 2.0)
    pauses.start_phase("back to the start")
    train.gate_card.decline.click()
    run_event_loop(lambda: False, 1.0)
    return [("quick retrain, gate with spoiled images included", f"{took:.1f} s", "")]


def _measure_full_training(
    train: "TrainWorkspace", pauses: PauseMeter, seconds: float
) -> list[tuple[str, str, str]]:
    form, retraining = train.setup_page.form, train.retraining
    run_event_loop(lambda: form.recipe.count() > 0)
    names = [offer.recipe.name for offer in form._options.recipes]
    form.recipe.setCurrentIndex(names.index(_RECIPE_NAME))
    form.epochs.setValue(500)
    pauses.start_phase("a training begins")
    form.start.click()
    run_event_loop(
        lambda: retraining.progress is not None or not retraining.is_running, _TIMEOUT_SECONDS
    )
    run_event_loop(lambda: bool(retraining.history) or not retraining.is_running, _TIMEOUT_SECONDS)
    _exit_unless(retraining.is_running, retraining.error)
    pauses.start_phase("a training runs")
    run_event_loop(lambda: not retraining.is_running, seconds)
    epochs = len(retraining.history)
    pauses.start_phase("a training is cancelled")
    train.progress_page.cancel.click()
    took = run_event_loop(lambda: not retraining.is_running)
    return [
        (f"epochs of {_RECIPE_NAME} seen", str(epochs), ""),
        ("cancel of a training", f"{took:.2f} s", "2 s"),
    ]


def _exit_unless(succeeded: bool, trouble: str) -> None:
    if not succeeded:
        raise SystemExit(f"The retraining failed: {trouble}")


if __name__ == "__main__":
    sys.exit(main())
