"""Build the program as one folder that needs no Python, and see that what was built starts and reads.

    python .ci/package.py OUT            # with all that is installed here
    python .ci/package.py OUT --reader   # without TensorFlow: reads, cleans and reports, does not train

Run it with a Python that has the program's packages and PyInstaller (requirements/package.txt), on the
system that the build is for: PyInstaller builds for the one it runs on.
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
# Found by name while the program runs, where PyInstaller does not see it.
_OWN_PACKAGES = ("engine", "gui")
_HIDDEN_IMPORTS = (
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
)  # figures of reports
_COLLECT_ALL = ("openvino",)  # its plugins are libraries that it opens itself
_READER_METADATA = ("openvino", "numpy", "scikit-learn")  # a report says which made its figures
_TRAINING_METADATA = ("keras", "tensorflow")  # and a model what trained it
_EXCLUDED = ("tkinter", "IPython", "pytest", "PySide6.QtQml", "PySide6.QtQuick")
_WINDOW_SECONDS = 8


def main() -> int:
    """Build, then try what was built."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--reader", action="store_true", help="without what trains")
    given = parser.parse_args()
    program = build(given.out.resolve(), reader=given.reader)
    check(program, reader=given.reader)
    files = (file for file in program.parent.rglob("*") if not file.is_symlink() and file.is_file())
    size = sum(file.stat().st_size for file in files)
    print(f"{program.parent}: {size / 1e6:.0f} MB; it starts and classifies")
    return 0


def build(out: Path, *, reader: bool) -> Path:
    """Build into `out` and return the program's file."""
    with tempfile.TemporaryDirectory() as work:
        command = [
            *(sys.executable, "-m", "PyInstaller", str(ROOT / "main.py")),
            *("--noconfirm", "--log-level", "WARN", "--name", NAME, "--contents-directory", "lib"),
            *("--distpath", str(out), "--workpath", work, "--specpath", work),
            *("--add-data", f"{ROOT / 'resources'}{os.pathsep}resources"),
            *("--add-data", f"{ROOT / 'pyproject.toml'}{os.pathsep}."),
            # The command line has to write to the terminal it was started from, also on Windows.
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
        # From a folder in which nothing but the program is found.
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, check=True, env=env, cwd=work)
    return out / NAME / (NAME + (".exe" if os.name == "nt" else ""))


def check(program: Path, *, reader: bool) -> None:
    """Run what was built in an empty home: the sample is drawn and read, the window comes and stays."""
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
        read = [row for row in rows if row["predicted"]]
        if len(read) < len(rows) // 2 or not read:
            sys.exit(f"only {len(read)} of {len(rows)} images were read")
        _run(program, env, "scan", str(cells), "--model", "fast", "--out", str(home / "found.csv"))
        _run(program, env, "report", str(cells), "--model", "fast", "--out", str(home / "report"))
        if not reader:
            _run(program, env, "train", str(cells), "--recipe", "simple_cnn", "--epochs", "1",
                 "--out", str(home / "model"))  # fmt: skip
        window = subprocess.Popen([program, str(cells)], env=env)
        time.sleep(_WINDOW_SECONDS)
        if window.poll() is not None:
            sys.exit(f"the window ended by itself ({window.returncode})")
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
