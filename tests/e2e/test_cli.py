"""Command line end to end: exit statuses, files, messages and Ctrl-C."""

import csv
import importlib.util
import io
import json
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import make_hostile_folder
from PIL import Image
from tiny_model import CLASSES, class_image, make_tiny_bundle

from engine.images.sample.writer import write_sample
from engine.text import formula_safe_path, to_printable

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, str(ROOT / "main.py")]

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")


def start(*argv, **options):
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*COMMAND, *map(str, argv)], **{**streams, **options})


def run(*argv, **options):
    """Run to the end; returns status, standard output and standard error."""
    with start(*argv, **options) as process:
        out, err = process.communicate(timeout=900)
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
            Image.fromarray(class_image(number, seed=seed)).save(folder / name / f"{seed}.png")
    return folder


def test_classify_and_evaluate(cells, tiny, tmp_path):
    (cells / "neutrophil/broken.jpg").write_bytes(b"")
    out = tmp_path / "readings.csv"
    status, output, err = run("classify", cells, "--model", tiny, "--out", out)
    assert (status, output) == (0, "")
    assert "24 images" in err
    rows = rows_of(out)
    assert len(rows) == 25
    assert all(row["predicted"] == row["path"].split("/")[0] for row in rows if not row["problem"])
    assert [row["path"] for row in rows if row["problem"]] == ["neutrophil/broken.jpg"]

    status, output, err = run("evaluate", cells, "--model", tiny, "--out", tmp_path / "results")
    assert (status, output) == (0, "")
    metrics = json.loads((tmp_path / "results/metrics.json").read_bytes())
    assert (metrics["n"], metrics["accuracy"], metrics["roc_auc"]) == (24, 1.0, 1.0)


def test_a_hostile_folder(tiny, tmp_path):
    expected = make_hostile_folder(tmp_path / "hostile")
    assert len(expected) >= 40
    out = tmp_path / "readings.csv"
    status, _, err = run("classify", tmp_path / "hostile", "--model", tiny, "--out", out)
    assert status == 0
    bad = sum(reason is not None for reason in expected.values())
    assert f"{len(expected) - bad} images" in err
    assert f"could not be read: {bad} " in err
    rows = {row["path"]: row for row in rows_of(out)}
    names = {formula_safe_path(to_printable(path)): reason for path, reason in expected.items()}
    assert set(rows) == set(names)
    for path, row in rows.items():
        assert bool(row["problem"]) == (names[path] is not None), path
        assert bool(row["predicted"]) == (names[path] is None), path
        assert "\n" not in row["problem"]

    status, _, err = run("evaluate", tmp_path / "hostile", "--model", tiny, "--out", tmp_path / "r")
    assert status == 1
    assert err.count("\n") == 1


def test_no_progress_bar_in_a_pipe(cells, tiny):
    _, _, err = run("classify", cells, "--model", tiny, "--out", "-")
    assert "\r" not in err
    # The device, the summary and the expected accuracy.
    assert err.count("\n") == 3


class Terminal:
    """Pseudo-terminal for standard error, 100 columns wide."""

    def __init__(self):
        import fcntl
        import pty
        import termios

        self._reader, self.writer = pty.openpty()
        fcntl.ioctl(self.writer, termios.TIOCSWINSZ, struct.pack("4H", 24, 100, 0, 0))
        self.shown = b""

    def read_until(self, text=None):
        """Read until `text` is shown, or to the end."""
        while text is None or text not in self.shown:
            try:
                part = os.read(self._reader, 1024)
            except OSError:  # the other end is closed (Linux)
                part = b""
            if not part:
                os.close(self._reader)
                return
            self.shown += part


@posix
def test_a_progress_bar_on_a_terminal(cells, tiny, tmp_path):
    terminal = Terminal()
    out = tmp_path / "o.csv"
    with start("classify", cells, "--model", tiny, "--out", out, stderr=terminal.writer) as process:
        os.close(terminal.writer)
        terminal.read_until()
    assert process.returncode == 0
    assert b"/24 [" in terminal.shown


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
def test_closed_output_pipe(cells, tiny):
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
def test_cancel_before_inference_begins(number, cells, tiny, tmp_path):
    results = tmp_path / "results"
    results.mkdir()
    with start("classify", cells, "--model", tiny, "--out", results / "r.csv") as process:
        process.stderr.readline()  # the line that names the device
        process.send_signal(number)
        err = process.communicate(timeout=900)[1].decode()
    # The command may finish before the signal arrives.
    assert (process.returncode, names_in(results)) in [(130, []), (0, ["r.csv"])]
    assert "Traceback" not in err


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_cancel_keeps_the_earlier_table(number, tiny, tmp_path):
    # Large, different images, so that inference takes a while.
    folder, results = tmp_path / "large", tmp_path / "results"
    folder.mkdir()
    results.mkdir()
    data = io.BytesIO()
    Image.fromarray(class_image(1, 3000)).save(data, "JPEG")
    for copy in range(300):
        (folder / f"{copy}.jpg").write_bytes(data.getvalue() + b"%d" % copy)
    out = results / "readings.csv"
    before = "path,predicted,confidence,from before\n"  # looks like an earlier table
    out.write_text(before)
    terminal = Terminal()
    with start(
        "classify", folder, "--model", tiny, "--out", out, stderr=terminal.writer
    ) as process:
        os.close(terminal.writer)
        terminal.read_until(b"/300 [")
        assert len(names_in(results)) == 2
        process.send_signal(number)
        terminal.read_until()
    assert process.returncode == 130
    assert b"Cancelled" in terminal.shown
    assert b"Traceback" not in terminal.shown
    assert names_in(results) == ["readings.csv"]
    assert out.read_text() == before


def test_models():
    status, out, _ = run("models", "--json")
    assert status == 0
    assert isinstance(json.loads(out), list)


def test_output_is_utf8_for_any_terminal_encoding(cells, tiny):
    (cells / "monocyte/0.png").rename(cells / "monocyte/細胞.png")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    status, out, _ = run("classify", cells, "--model", tiny, "--out", "-", env=environment)
    assert status == 0
    paths = [row["path"] for row in csv.DictReader(io.StringIO(out))]
    assert "monocyte/細胞.png" in paths


@pytest.mark.timeout(900)
@pytest.mark.keras
@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_train_then_use_the_model(tmp_path, cells, backend, monkeypatch):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not here")
    monkeypatch.setenv("KERAS_BACKEND", backend)
    recipe = tmp_path / "quick.toml"
    recipe.write_text(
        'version = 1\nname = "quick"\ntitle = "Quick"\narchitecture = "simple_cnn"\n'
        "size = 32\nbatch = 8\nvalidation = 0.25\ntest = 0.25\n"
        '[[phases]]\nepochs = 1\noptimizer = "adam"\nlearning_rate = 1e-3\n'
    )
    for number, name in enumerate(CLASSES):
        for seed in range(3, 8):
            save = Image.fromarray(class_image(number, seed=seed)).save
            save(cells / name / f"{seed}.png")
    model = tmp_path / "model"
    status, _, err = run("train", cells, "--recipe", recipe, "--out", model, "--epochs", "1")
    assert status == 0, err
    assert "Epoch 1" in err
    card = json.loads((model / "card.json").read_bytes())
    assert "main.py train" in card["command"]
    status, _, err = run("classify", cells, "--model", model, "--out", tmp_path / "readings.csv")
    assert status == 0, err
    assert len(rows_of(tmp_path / "readings.csv")) == 64

    status, _, err = run("train", cells, "--recipe", recipe, "--out", model)
    assert status == 1
    assert str(model) in err


SHIPPED = ROOT / "resources/models/efficientnet_lite0"


@pytest.mark.skipif(not SHIPPED.exists(), reason="needs the shipped model")
def test_the_shipped_model_on_the_drawn_sample(tmp_path):
    _, out, _ = run("models", "--json")
    (shipped,) = (model for model in json.loads(out) if model["name"] == "efficientnet_lite0")
    assert shipped["shipped"]
    assert shipped["accuracy"] >= 0.98
    assert shipped["megabytes"] <= 16

    sample = tmp_path / "sample"
    assert run("sample", sample)[0] == 0
    assert run("classify", sample, "--out", tmp_path / "readings.csv")[0] == 0
    rows = rows_of(tmp_path / "readings.csv")
    assert len(rows) >= 60
    assert set(CLASSES) >= {row["predicted"] for row in rows if not row["problem"]}
    assert run("evaluate", sample, "--out", tmp_path / "results")[0] == 0


@pytest.mark.skipif(not SHIPPED.exists(), reason="needs the shipped model")
def test_scan_finds_the_planted_faults_of_the_sample(tmp_path):
    kinds = {
        "copy": "exact_duplicate",
        "copy_elsewhere": "exact_duplicate",
        "near_copy": "near_duplicate",
        "wrong_label": "suspect_label",
        "blur": "quality",
        "blank": "off_topic",
        "off_topic": "off_topic",
        "truncated": "unreadable",
    }
    planted = write_sample(tmp_path / "sample")
    assert run("scan", tmp_path / "sample", "--out", tmp_path / "found.csv")[0] == 0
    rows = rows_of(tmp_path / "found.csv")
    found = {(row["path"], row["kind"]) for row in rows}
    assert {(fault.path, kinds[fault.kind]) for fault in planted} <= found
    # Of two labels of one image, the one that the model predicts is kept.
    assert ("lymphocyte/LY_101.png", "keep") in {(row["path"], row["action"]) for row in rows}
    originals = {row["path"] for row in rows if row["action"] == "keep"}
    assert len({path for path, _ in found} - {fault.path for fault in planted} - originals) <= 2


@pytest.mark.skipif(not SHIPPED.exists(), reason="needs the shipped model")
@pytest.mark.shared
def test_the_shipped_model_on_real_images(real_images, tmp_path):
    status, _, err = run(
        "evaluate", real_images, "--model", "efficientnet_lite0", "--out", tmp_path / "results"
    )
    assert status == 0, err
    metrics = json.loads((tmp_path / "results/metrics.json").read_bytes())
    # A fifth of the images was held out; the model was trained on the others.
    assert 120 <= metrics["n"] <= 184
    assert metrics["accuracy"] > 0.95
