"""Files are checked again before a move: only damaged files and confirmed copies leave."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hostile import bad_files, encode, smooth_image
from PIL import Image

from engine.curate.move_checks import Evidence, MoveChecker
from engine.curate.quarantine import move_files
from engine.jobs import Job
from engine.messages import Message

ROOT = Path(__file__).resolve().parents[3]
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who is writing a file")
PNG = encode(smooth_image(1), "PNG")

_CAPS = "-dac_override,-dac_read_search"
UNPRIVILEGED = (
    ["setpriv", f"--inh-caps={_CAPS}", f"--bounding-set={_CAPS}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else []
)
"""Command prefix that makes permissions apply to root too."""


def not_moved_reasons(result):
    return {path: getattr(reason, "id", reason) for path, reason in result.not_moved}


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    return folder


def test_only_damaged_files_are_moved_as_unreadable(cells, tmp_path):
    bad = bad_files()
    for name, (_, data) in bad.items():
        (cells / name).write_bytes(data)
    moved = move_files(Job(), cells, [(name, "unreadable") for name in bad], tmp_path / "away")
    stayed = not_moved_reasons(moved)
    damage = {"image.empty", "image.not_an_image", "image.truncated", "image.damaged"}
    assert {name for name, (reason, _) in bad.items() if reason in damage} == set(bad) - set(stayed)
    assert all((cells / name).read_bytes() == bad[name][1] for name in stayed)
    assert {"phone.heic", "large.png", "32_bits.tif"} <= set(stayed)


def test_readable_file_is_not_moved_as_unreadable(cells, tmp_path):
    (cells / "late.png").write_bytes(PNG)
    moved = move_files(Job(), cells, [("late.png", "unreadable")], tmp_path / "away")
    assert not_moved_reasons(moved) == {"late.png": "quarantine.not_damaged"}


@linux
def test_file_being_written_is_not_moved(cells, tmp_path):
    with (cells / "coming.png").open("wb") as writer:
        writer.write(PNG[:99])
        writer.flush()
        moved = move_files(Job(), cells, [("coming.png", "unreadable")], tmp_path / "away")
        assert not_moved_reasons(moved) == {"coming.png": "image.changing"}
    moved = move_files(Job(), cells, [("coming.png", "unreadable")], tmp_path / "away")
    assert moved.moved_count == 1


def test_copy_is_moved_only_if_another_copy_remains(cells):
    (cells / "a.png").write_bytes(PNG)
    (cells / "b.png").write_bytes(PNG)
    (cells / "pixels.bmp").write_bytes(encode(smooth_image(1), "BMP"))
    (cells / "other.png").write_bytes(encode(smooth_image(2), "PNG"))

    def refusal(path, copies=(), leaving=(), content=""):
        evidence = {path: Evidence(content, tuple(copies))}
        message = MoveChecker(cells, evidence, {path, *leaving}).reason_to_stay(
            path, "exact_duplicate"
        )
        return message and message.id

    assert refusal("a.png", ["b.png"]) is None
    assert refusal("a.png", ["pixels.bmp"], ["b.png"]) is None
    assert refusal("a.png") is None  # another file with the same bytes is found without evidence
    for named in ("b.png", "other.png", "gone.png", "../cells/b.png"):
        assert refusal("a.png", [named], ["b.png"]) == "quarantine.no_copy"
    assert refusal("other.png", ["a.png"]) == "quarantine.no_copy"
    assert refusal("a.png", ["b.png"], content="0" * 64) == "image.changed"
    (cells / "a.png").unlink()
    (cells / "a.png").symlink_to("b.png")
    assert refusal("b.png", ["a.png"]) == "quarantine.no_copy"  # a link to the file is no copy


def test_file_with_changed_content_is_not_moved(cells, tmp_path):
    (cells / "a.png").write_bytes(PNG)
    evidence = {"a.png": Evidence("0" * 64)}
    moved = move_files(Job(), cells, [("a.png", "off_topic")], tmp_path / "away", evidence)
    assert not_moved_reasons(moved) == {"a.png": "image.changed"}


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX'")
@pytest.mark.skipif(
    bool(UNPRIVILEGED) and not shutil.which("setpriv"), reason="this user may read everything"
)
def test_file_without_permission_is_not_moved():
    """Unreadable for lack of permission is not damaged."""
    from tiny_model import make_tiny_bundle, save_class_image

    base = Path(tempfile.mkdtemp())
    try:
        base.chmod(0o755)
        model = make_tiny_bundle(base / "tiny")
        cells = base / "cells"
        (cells / "closed").mkdir(parents=True)
        for number, name in enumerate(("good.png", "denied.png", "closed/inside.png")):
            save_class_image(cells / name, number)
        (cells / "broken.png").write_bytes(PNG[:200])
        home = base / "home"
        home.mkdir()
        (cells / "denied.png").chmod(0)
        (cells / "closed").chmod(0)
        command = [
            *UNPRIVILEGED,
            sys.executable,
            ROOT / "main.py",
            "scan",
            cells,
            "--model",
            model,
            "--out",
            "-",
        ]
        completed = subprocess.run(
            [*command, "--quarantine", base / "away"], capture_output=True, text=True, check=False,
            cwd=base,
            env={**os.environ, "BLOODBENCH_HOME": str(home), "HOME": str(home)},
        )  # fmt: skip
        assert completed.returncode == 0, completed.stderr
        rows = {line.split(",")[0]: line for line in completed.stdout.splitlines()}
        assert ",remove," in rows["broken.png"]
        assert ",review," in rows["denied.png"]
        assert ",review," in rows["closed"]
        assert not (cells / "broken.png").exists()
        (cells / "closed").chmod(0o755)
        assert (cells / "denied.png").exists()
        assert (cells / "closed/inside.png").exists()
    finally:
        shutil.rmtree(base, ignore_errors=True)


def test_reason_text():
    from engine.curate.quarantine import reason_text

    assert reason_text("No space not_moved_reasons") == "No space not_moved_reasons"
    assert reason_text(Message("quarantine.no_copy")).startswith("no remaining copy")


def test_equal_pixels_with_different_hidden_content_are_no_copy(tmp_path):
    alpha = np.full((32, 32), 255, np.uint8)
    alpha[:16] = 0
    for number, name in enumerate(("a.png", "b.png")):
        colours = np.full((32, 32, 3), 90, np.uint8)
        colours[:16] = number  # hidden
        Image.fromarray(np.dstack([colours, alpha])).save(tmp_path / name)
    contents = [
        hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("a.png", "b.png")
    ]
    evidence = {"b.png": Evidence(contents[1], ("a.png",))}
    checker = MoveChecker(tmp_path, evidence, {"b.png"})
    assert checker.reason_to_stay("b.png", "exact_duplicate").id == "quarantine.no_copy"
