"""Packaged build: the program as one folder that needs no Python, built and tested.

    python .ci/package.py OUT            # with all installed packages
    python .ci/package.py OUT --reader   # without TensorFlow: no training

Run it with a Python that has the program's packages and PyInstaller (requirements/package.txt), on the
target system: PyInstaller builds for the system that it runs on.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "Bloodbench"
_TRAINING = ("tensorflow", "keras", "tf2onnx", "onnx", "jax", "torch", "h5py", "ml_dtypes")
# Imported by name at run time, invisible to PyInstaller.
_OWN_PACKAGES = ("engine", "gui")
_HIDDEN_IMPORTS = (
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
)  # figures of reports
_COLLECT_ALL = ("openvino",)  # it loads its plugins itself
_READER_METADATA = ("openvino", "numpy", "scikit-learn")  # reports state these versions
_TRAINING_METADATA = ("keras", "tensorflow")  # model cards state these versions
_EXCLUDED = ("tkinter", "IPython", "pytest", "PySide6.QtQml", "PySide6.QtQuick")
_WINDOW_SECONDS = 8


def main() -> int:
    """Build the program and test the build."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--reader", action="store_true", help="without the training packages")
    args = parser.parse_args()
    program = build(args.out.resolve(), reader=args.reader)
    check(program, reader=args.reader)
    files = (file for file in program.parent.rglob("*") if not file.is_symlink() and file.is_file())
    size = sum(file.stat().st_size for file in files)
    print(f"{program.parent}: {size / 1e6:.0f} MB; it starts and classifies")
    return 0


def build(out: Path, *, reader: bool) -> Path:
    """Build into `out` and return the path of the executable."""
    with tempfile.TemporaryDirectory() as work:
        command = [
            *(sys.executable, "-m", "PyInstaller", str(ROOT / "main.py")),
            *("--noconfirm", "--log-level", "WARN", "--name", NAME, "--contents-directory", "lib"),
            *("--distpath", str(out), "--workpath", work, "--specpath", work),
            *("--add-data", f"{ROOT / 'resources'}{os.pathsep}resources"),
            *("--add-data", f"{ROOT / 'pyproject.toml'}{os.pathsep}."),
            # The command line must write to its terminal, on Windows too.
            "--console",
        ]
        for module in _OWN_PACKAGES:
            command += ["--collect-submodules", module]
        for module in _HIDDEN_IMPORTS:
            command += ["--hidden-import", module]
        if not reader:
            command += ["--collect-submodules", "keras"]
        for module in _COLLECT_ALL:
            command += ["--collect-all", module]
        for package in (*_READER_METADATA, *(() if reader else _TRAINING_METADATA)):
            command += ["--copy-metadata", package]
        for module in (*_EXCLUDED, *(_TRAINING if reader else ())):
            command += ["--exclude-module", module]
        # Run in an empty folder, so that nothing else is collected.
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, check=True, env=env, cwd=work)
    return out / NAME / (NAME + (".exe" if os.name == "nt" else ""))


def check(program: Path, *, reader: bool) -> None:
    """Test the build with an empty home: draw and classify the sample, and keep the window open."""
    home = Path(tempfile.mkdtemp(prefix="bloodbench-package-"))
    env = {
        **{name: text for name, text in os.environ.items() if not name.startswith("PYTHON")},
        "BLOODBENCH_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }
    try:
        cells, table = home / "cells", home / "table.csv"
        _run(program, env, "--version")
        _run(program, env, "sample", str(cells))
        _run(program, env, "classify", str(cells), "--model", "fast", "--out", str(table))
        with table.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        classified = [row for row in rows if row["predicted"]]
        if len(classified) < len(rows) // 2 or not classified:
            sys.exit(f"only {len(classified)} of {len(rows)} images were classified")
        _run(program, env, "scan", str(cells), "--model", "fast", "--out", str(home / "found.csv"))
        _run(program, env, "report", str(cells), "--model", "fast", "--out", str(home / "report"))
        if not reader:
            _run(program, env, "train", str(cells), "--recipe", "simple_cnn", "--epochs", "1",
                 "--out", str(home / "model"))  # fmt: skip
        window = subprocess.Popen([program, str(cells)], env=env)
        time.sleep(_WINDOW_SECONDS)
        if window.poll() is not None:
            sys.exit(f"the window exited ({window.returncode})")
        window.terminate()
        window.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(program: Path, env: dict[str, str], *arguments: str) -> None:
    done = subprocess.run([program, *arguments], env=env, check=False, timeout=900)
    if done.returncode:
        sys.exit(f"{arguments[0]} ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
