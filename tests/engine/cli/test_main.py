"""Exit statuses and one-sentence errors."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli import main, models
from engine.cli.errors import explain_error
from engine.jobs import Cancelled
from engine.messages import Problem

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([], "COMMAND"),
        (["frobnicate"], "frobnicate"),
        (["classify"], "FOLDER"),
        (["classify", "x"], "--out"),
        (["classify", "x", "--out", "y", "--device", "tpu"], "tpu"),
        (["classify", "x", "--out", "y", "--mod", "z"], "--mod"),
        (["train", "x", "--recipe", "r", "--out", "o", "--epochs", "0"], "epochs"),
        (["train", "x", "--recipe", "r", "--out", "o", "--epochs", "many"], "epochs"),
    ],
)
def test_wrong_usage_exits_with_2(cli, argv, says):
    done = cli(*argv)
    assert done.status == 2
    assert says in done.sentence
    assert "--help" in done.sentence


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        *([name, "--help"] for name in ["classify", "evaluate", "train", "models", "sample"]),
    ],
)
def test_help_goes_to_standard_output(cli, argv):
    done = cli(*argv)
    assert done.status == 0
    assert done.out.startswith("usage: main.py")
    assert done.err == ""


def fail_with(monkeypatch, error):
    def run(args):
        raise error

    monkeypatch.setattr(models, "run", run)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (Problem("recipe.unknown", name="x", known="y"), "no recipe"),
        (OSError(errno.ENOSPC, "No space left on device", "/a/readings.csv"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/a/b"), "permission to use /a/b"),
        (OSError(errno.EROFS, "Read-only file system", "/a/b"), "permission"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "/a/b"), "/a/b could not be used"),
        (OSError("without a number"), "without a number"),
        (MemoryError(), "memory"),
    ],
)
def test_user_errors_are_one_sentence_without_a_log(cli, monkeypatch, home, error, says):
    fail_with(monkeypatch, error)
    done = cli("models")
    assert done.status == 1
    assert says in done.sentence
    assert not list(home.rglob("logs/*"))


def test_bug_names_its_log(cli, monkeypatch, home):
    fail_with(monkeypatch, ZeroDivisionError("two\nlines"))
    done = cli("models", "--json")
    assert done.status == 1
    (log,) = home.rglob("logs/*.txt")
    assert str(log) in done.sentence
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "models --json" in text


def test_bug_without_a_log_folder(cli, monkeypatch, tmp_path):
    monkeypatch.setattr("engine.cli.errors.cache_dir", lambda: tmp_path / "file" / "below")
    (tmp_path / "file").write_bytes(b"")
    fail_with(monkeypatch, ZeroDivisionError("oops"))
    assert "oops" in cli("models").sentence


def test_unknown_message_id_is_a_bug(cli, monkeypatch, home):
    fail_with(monkeypatch, Problem("no.such_sentence", name="x"))
    assert "no.such_sentence" in cli("models").sentence


def test_child_output_goes_to_the_log(cli, monkeypatch, home):
    fail_with(monkeypatch, Problem("child.died", code=-9, details="first line\nsecond line"))
    done = cli("models")
    (log,) = home.rglob("logs/*.txt")
    assert str(log) in done.sentence
    assert "second line" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt()])
def test_cancelled_exits_with_130(cli, monkeypatch, error):
    fail_with(monkeypatch, error)
    done = cli("models")
    assert done.status == 130
    assert "Cancelled" in done.sentence


def test_unprintable_names(cli, monkeypatch):
    fail_with(monkeypatch, Problem("source.missing", path=os.fsdecode(b"caf\xe9") + " \ud800"))
    assert cli("models").status == 1


def test_help_imports_no_heavy_packages():
    heavy = {"numpy", "openvino", "sklearn", "matplotlib", "tqdm", "PIL", "cv2", "keras"}
    code = (
        "import sys; from engine.cli.main import run; run(['--help']); print(sorted(sys.modules))"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    assert [name for name in heavy if f"'{name}'" in loaded] == []


def test_help_lists_every_command(cli):
    for name in ("classify", "evaluate", "train", "models", "sample"):
        assert name in cli("--help").out
    assert main.run(["models"]) == 0


def test_escape_codes_never_reach_the_terminal(cli, tmp_path):
    evil = "\x1b]0;owned\x07\x1b[2J\x9b"
    for words in (
        ("classify", tmp_path / evil, "--out", "-"),
        ("restore", tmp_path / evil),
        (evil,),
    ):
        done = cli(*words)
        assert done.status
        assert "\\x1b" in done.err
        assert not [
            char for char in done.err if (char != "\n" and ord(char) < 32) or 127 <= ord(char) < 160
        ]


def test_full_disk_without_a_file_names_none():
    sentence = explain_error(OSError(errno.ENOSPC, "No space left on device"), [])
    assert "The disk is full" in sentence
    assert "?" not in sentence


@pytest.mark.parametrize("status", [0, 130])
def test_cancelled_command_does_not_wait_for_its_threads(status):
    """A thread that decodes an image cannot be interrupted."""
    code = (
        "import sys, threading; sys.path.insert(0, sys.argv[1])\n"
        "from engine.cli.main import leave\n"
        "busy = threading.Event()\n"
        "threading.Thread(target=busy.wait).start()\n"
        f"status = leave({status})\n"
        "busy.set()\n"
        "sys.exit(status or 7)\n"
    )
    child = subprocess.run([sys.executable, "-c", code, str(ROOT)], check=False, timeout=120)
    assert child.returncode == (status or 7)
