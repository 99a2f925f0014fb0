"""The real program from outside: exit statuses, what is written, what is said, Ctrl-C."""

import csv
import io
import json
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from tiny_model import CLASSES, make_tiny_bundle, picture

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, str(ROOT / "main.py")]
if not (ROOT / "main.py").exists():  # until the door is there
    _RUN = "from engine.cli.main import run; sys.exit(run(sys.argv[1:]))"
    COMMAND = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {_RUN}"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="a matter of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")


def start(*argv, **options):
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*COMMAND, *map(str, argv)], **{**streams, **options})


def run(*argv, **options):
    """Run to the end; returns status, standard output and standard error."""
    with start(*argv, **options) as process:
        out, err = process.communicate(timeout=120)
    err = (err or b"").decode()
    assert "Traceback" not in err, err
    return process.returncode, (out or b"").decode(), err


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    for number, name in enumerate(CLASSES):
        (folder / name).mkdir(parents=True)
        for seed in range(3):
            Image.fromarray(picture(number, seed=seed)).save(folder / name / f"{seed}.png")
    return folder


def test_classify_and_evaluate(cells, tiny, tmp_path):
    (cells / "neutrophil/broken.jpg").write_bytes(b"")
    out = tmp_path / "readings.csv"
    status, said, err = run("classify", cells, "--model", tiny, "--out", out)
    assert (status, said) == (0, "")
    assert "24 images" in err
    rows = rows_of(out)
    assert len(rows) == 25
    assert all(row["predicted"] == row["path"].split("/")[0] for row in rows if not row["problem"])
    assert [row["path"] for row in rows if row["problem"]] == ["neutrophil/broken.jpg"]

    status, said, err = run("evaluate", cells, "--model", tiny, "--out", tmp_path / "results")
    assert (status, said) == (0, "")
    metrics = json.loads((tmp_path / "results/metrics.json").read_bytes())
    assert (metrics["n"], metrics["accuracy"], metrics["roc_auc"]) == (24, 1.0, 1.0)


def test_no_progress_bar_in_a_pipe(cells, tiny):
    _, _, err = run("classify", cells, "--model", tiny, "--out", "-")
    assert "\r" not in err
    assert err.count("\n") == 2


@posix
def test_a_progress_bar_on_a_terminal(cells, tiny, tmp_path):
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, 100, 0, 0))
    with start(
        "classify", cells, "--model", tiny, "--out", tmp_path / "o.csv", stderr=theirs
    ) as one:
        os.close(theirs)
        shown = b""
        # Linux ends a terminal that nobody holds open with an error, others with nothing.
        try:
            while part := os.read(ours, 1024):
                shown += part
        except OSError:
            pass
        finally:
            os.close(ours)
    assert one.returncode == 0
    assert b"/24 [" in shown


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["classify"], 2),
        (["nonsense"], 2),
        (["classify", "no such folder", "--out", "x.csv"], 1),
        (["evaluate", "no such folder", "--out", "x"], 1),
        (["train", "no such folder", "--recipe", "mobilenet_v3_small", "--out", "x"], 1),
        (["train", ".", "--recipe", "no such recipe", "--out", "x"], 1),
    ],
)
def test_an_error_is_one_sentence(argv, expected, tiny, tmp_path):
    if expected == 1 and argv[0] != "train":
        argv = [*argv, "--model", tiny]
    status, out, err = run(*argv, cwd=tmp_path)
    assert (status, out) == (expected, "")
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@linux
def test_a_full_disk(cells, tiny):
    status, _, err = run("classify", cells, "--model", tiny, "--out", "/dev/full")
    assert status == 1
    assert "/dev/full" in err.splitlines()[-1]
    assert "disk is full" in err.splitlines()[-1]
    with Path("/dev/full").open("wb") as full:
        for argv in (["models", "--json"], ["classify", cells, "--model", tiny, "--out", "-"]):
            status, _, err = run(*argv, stdout=full)
            assert status == 1
            assert "disk is full" in err.splitlines()[-1]


@posix
def test_a_place_without_permission(cells, tiny, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("this user may write anywhere")
    status, _, err = run("classify", cells, "--model", tiny, "--out", closed / "out.csv")
    assert status == 1
    assert "permission" in err.splitlines()[-1]


@posix
def test_nobody_reads_the_output(cells, tiny):
    many = cells / "many"
    many.mkdir()
    for number in range(600):
        os.link(cells / "monocyte/0.png", many / f"{number}.png")
    with start("classify", cells, "--model", tiny, "--out", "-") as process:
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read().decode()
    assert process.returncode == 141
    assert "Traceback" not in err
    assert "Exception" not in err


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_cancel_leaves_no_half_table(number, tiny, tmp_path):
    # Large pictures, so that reading them would take half a minute.
    folder, results = tmp_path / "large", tmp_path / "results"
    folder.mkdir()
    results.mkdir()
    Image.fromarray(picture(1, 3000, seed=1)).save(folder / "0.jpg", quality=90)
    for copy in range(1, 300):
        os.link(folder / "0.jpg", folder / f"{copy}.jpg")
    out = results / "readings.csv"
    out.write_text("from before")
    with start("classify", folder, "--model", tiny, "--out", out) as process:
        deadline = time.monotonic() + 60
        while len(names_in(results)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(names_in(results)) == 2
        time.sleep(1.0)
        began = time.monotonic()
        process.send_signal(number)
        err = process.communicate(timeout=30)[1].decode()
    assert time.monotonic() - began < 5
    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("Cancelled")
    assert "Traceback" not in err
    assert names_in(results) == ["readings.csv"]
    assert out.read_text() == "from before"


def test_models():
    status, out, _ = run("models", "--json")
    assert status == 0
    assert isinstance(json.loads(out), list)


def test_output_is_utf8_whatever_the_terminal(cells, tiny):
    (cells / "monocyte/0.png").rename(cells / "monocyte/細胞.png")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    status, out, _ = run("classify", cells, "--model", tiny, "--out", "-", env=environment)
    assert status == 0
    paths = [row["path"] for row in csv.DictReader(io.StringIO(out))]
    assert "monocyte/細胞.png" in paths
