"""Screenshots of the window for docs/screenshots, from the drawn sample and a shipped model.

    python docs/make_screenshots.py [--model NAME|PATH] [--out DIR] [--folder DIR] [--size 1280x800]

Only screenshots of the drawn sample may be committed.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.shell.window import MainWindow
    from gui.state.image_item import ImageItem

ROOT = Path(__file__).resolve().parent.parent
_WAIT_SECONDS = 120
_MAX_BYTES = 400_000


def main() -> int:
    """Open the sample, wait for the predictions, and save each workspace; Review in both colour schemes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--model")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--folder", type=Path, help="other images, not to be committed")
    parser.add_argument("--size", default="1280x800")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("BLOODBENCH_HOME", home)
        return _make_screenshots(args)


def _make_screenshots(args: argparse.Namespace) -> int:
    from gui.app import make_app
    from gui.shell.window import MainWindow
    from gui.theme import Theme

    theme = Theme(make_app())
    window = MainWindow(theme, model=args.model)
    window.resize(*map(int, args.size.split("x")))
    window.show()
    if args.folder:
        window.open(args.folder.absolute())
    else:
        window.loader.open_sample()
    session = window.session
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until and (
        window.loader.busy or not session.total or session.unread()
    ):
        _wait(50)
    if not session.counts()[1]:
        print(
            "the images were not read; is there a model?",
            window.notice.label.text(),
            file=sys.stderr,
        )
        window.close()
        return 1
    _wait(1000)  # until the hints above the images have their place
    gallery = window.review.gallery
    gallery.view.setFocus()
    gallery.view.show_path(_pick_image(window))
    window.context.inspector.controls.switch.click()
    args.out.mkdir(parents=True, exist_ok=True)
    for dark in (True, False):
        theme.set_dark(dark)
        _save(window, args.out, f"review-{'dark' if dark else 'light'}")
    for name, show in (
        ("clean", _show_clean),
        ("train", _show_train),
        ("evaluation", _show_evaluation),
        ("report", _show_count),
    ):
        show(window)
        _save(window, args.out, name)
    window.close()
    return 0


def _save(window: "MainWindow", out: Path, name: str) -> None:
    _wait(1000)
    path = out / f"{name}.png"
    window.grab().save(str(path))
    _shrink(path)
    print(path, path.stat().st_size // 1000, "kB")


def _show_clean(window: "MainWindow") -> None:
    from engine.curate.finding import FindingKind

    window.workspaces.go("clean")
    workspace = window.workspaces.current
    workspace.scanning.start()
    _wait_until(lambda: not workspace.scanning.is_running)
    workspace.show_queue(FindingKind.EXACT_DUPLICATE)


def _show_train(window: "MainWindow") -> None:
    window.workspaces.go("train")
    recipes = window.workspaces.current.setup_page.form.recipe
    _wait_until(lambda: recipes.count() > 0)


def _show_count(window: "MainWindow") -> None:
    # Like after a review: most images confirmed, one removed.
    paths = window.session.table.paths
    window.decisions.reviewer = "Anna"
    window.decisions.confirm(paths[: len(paths) * 3 // 4])
    window.decisions.remove(paths[-1:])
    _show_report(window, "count")


def _show_evaluation(window: "MainWindow") -> None:
    _show_report(window, "evaluation")


def _show_report(window: "MainWindow", page: str) -> None:
    window.workspaces.go("report")
    window.workspaces.current.page_list.buttons[page].setFocus()
    window.workspaces.current.show_page(page)
    reporting = window.workspaces.current.reporting
    _wait(500)
    _wait_until(lambda: reporting.report is not None and not reporting.is_stale)


def _wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until and not condition():
        _wait(50)


def _wait(milliseconds: int) -> None:
    # A separate event loop, because QTest.qWait blocks the worker threads.
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _pick_image(window: "MainWindow") -> str:
    # A visible image, classified correctly, with the heat on the cell in the centre.
    paths = window.review.gallery.view.visible_paths()
    items = [window.session.item(path) for path in paths]
    read = [item for item in items if item.prediction]
    right = [item for item in read if item.prediction.class_id == item.folder_class]

    def on_cell(item: "ImageItem") -> float:
        reading = window.session.reading(item.path)
        heat = reading.maps[..., int(item.prediction.probabilities.argmax())].clip(0)
        rows, columns = (size // 4 for size in heat.shape)
        return float(heat[rows:-rows, columns:-columns].sum() / (heat.sum() or 1))

    return max(right or read, key=on_cell).path


def _shrink(path: Path) -> None:
    # Reduce the colours of large files only. The colours of the theme and of the classes are kept,
    # because they are small in area but carry the meaning.
    from PIL import Image

    from engine.images.class_set import load_class_set
    from gui.theme import tokens

    image = Image.open(path).convert("RGB")
    image.save(path, optimize=True)
    if path.stat().st_size <= _MAX_BYTES:
        return
    exact_colours = [cell.colour for cell in load_class_set().classes]
    exact_colours += {*tokens()["light"].values(), *tokens()["dark"].values()}
    colours = [bytes.fromhex(name.removeprefix("#")) for name in exact_colours]
    common = image.quantize(256 - len(colours), Image.Quantize.MEDIANCUT).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(b"".join(colours) + bytes(common)[: 3 * (256 - len(colours))])
    image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
