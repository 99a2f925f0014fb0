"""Only what is damaged counts as damaged, and nothing leaves without a second look at the file itself."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hostile import bad_files, encoded, picture
from PIL import Image

from engine.curate.quarantine import move_files
from engine.curate.move_checks import Evidence, MoveChecker
from engine.jobs import Job
from engine.messages import Message

ROOT = Path(__file__).resolve().parents[3]
linux = pytest.mark.skipif(sys.platform != "linux", reason="who writes is told by Linux alone")
PNG = encoded(picture(1), "PNG")

_CAPS = "-dac_override,-dac_read_search"
UNPRIVILEGED = (
    ["setpriv", f"--inh-caps={_CAPS}", f"--bounding-set={_CAPS}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else []
)
"""What takes from root that permissions do not hold for it."""


def left(moved):
    return {path: getattr(why, "id", why) for path, why in moved.stayed}


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    return folder


def test_of_all_that_cannot_be_read_only_what_is_damaged_is_moved(cells, tmp_path):
    bad = bad_files()
    for name, (_, data) in bad.items():
        (cells / name).write_bytes(data)
    moved = move_files(Job(), cells, [(name, "unreadable") for name in bad], tmp_path / "away")
    stayed = left(moved)
    damage = {"image.empty", "image.not_an_image", "image.truncated", "image.damaged"}
    assert {name for name, (reason, _) in bad.items() if reason in damage} == set(bad) - set(stayed)
    assert all((cells / name).read_bytes() == bad[name][1] for name in stayed)
    assert {"phone.heic", "large.png", "32_bits.tif"} <= set(stayed)


def test_a_file_that_can_be_read_by_now_stays(cells, tmp_path):
    (cells / "late.png").write_bytes(PNG)
    moved = move_files(Job(), cells, [("late.png", "unreadable")], tmp_path / "away")
    assert left(moved) == {"late.png": "quarantine.not_damaged"}


@linux
def test_a_file_that_is_being_written_stays(cells, tmp_path):
    with (cells / "coming.png").open("wb") as writer:
        writer.write(PNG[:99])
        writer.flush()
        moved = move_files(Job(), cells, [("coming.png", "unreadable")], tmp_path / "away")
        assert left(moved) == {"coming.png": "image.changing"}
    moved = move_files(Job(), cells, [("coming.png", "unreadable")], tmp_path / "away")
    assert moved.moved_count == 1


def test_a_copy_goes_only_where_another_file_that_stays_shows_the_same(cells):
    (cells / "a.png").write_bytes(PNG)
    (cells / "b.png").write_bytes(PNG)
    (cells / "pixels.bmp").write_bytes(encoded(picture(1), "BMP"))
    (cells / "other.png").write_bytes(encoded(picture(2), "PNG"))

    def why(path, copies=(), leaving=(), content=""):
        evidence = {path: Evidence(content, tuple(copies))}
        found = MoveChecker(cells, evidence, {path, *leaving}).reason_to_stay(path, "exact_duplicate")
        return found and found.id

    assert why("a.png", ["b.png"]) is None
    assert why("a.png", ["pixels.bmp"], ["b.png"]) is None
    assert why("a.png") is None  # another file of the same bytes is found without being named
    for named in ("b.png", "other.png", "gone.png", "../cells/b.png"):
        assert why("a.png", [named], ["b.png"]) == "quarantine.no_copy"
    assert why("other.png", ["a.png"]) == "quarantine.no_copy"
    assert why("a.png", ["b.png"], content="0" * 64) == "image.changed"
    (cells / "a.png").unlink()
    (cells / "a.png").symlink_to("b.png")
    assert why("b.png", ["a.png"]) == "quarantine.no_copy"  # a link to it is no copy


def test_other_content_than_was_found_stays(cells, tmp_path):
    (cells / "a.png").write_bytes(PNG)
    evidence = {"a.png": Evidence("0" * 64)}
    moved = move_files(Job(), cells, [("a.png", "off_topic")], tmp_path / "away", evidence)
    assert left(moved) == {"a.png": "image.changed"}


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX'")
@pytest.mark.skipif(
    bool(UNPRIVILEGED) and not shutil.which("setpriv"), reason="this user may read everything"
)
def test_what_one_may_not_read_is_not_moved():
    """A file and a folder without permission are no damage."""
    from tiny_model import make_tiny_bundle, save_picture

    base = Path(tempfile.mkdtemp())
    try:
        base.chmod(0o755)
        model = make_tiny_bundle(base / "tiny")
        cells = base / "cells"
        (cells / "closed").mkdir(parents=True)
        for number, name in enumerate(("good.png", "denied.png", "closed/inside.png")):
            save_picture(cells / name, number)
        (cells / "broken.png").write_bytes(PNG[:200])
        home = base / "home"
        home.mkdir()
        (cells / "denied.png").chmod(0)
        (cells / "closed").chmod(0)
        words = [
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
        done = subprocess.run(
            [*words, "--quarantine", base / "away"], capture_output=True, text=True, check=False,
            cwd=base,
            env={**os.environ, "BLOODBENCH_HOME": str(home), "HOME": str(home)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        rows = {line.split(",")[0]: line for line in done.stdout.splitlines()}
        assert ",remove," in rows["broken.png"]
        assert ",review," in rows["denied.png"]
        assert ",review," in rows["closed"]
        assert not (cells / "broken.png").exists()
        (cells / "closed").chmod(0o755)
        assert (cells / "denied.png").exists()
        assert (cells / "closed/inside.png").exists()
    finally:
        shutil.rmtree(base, ignore_errors=True)


def test_the_words_of_a_reason():
    from engine.curate.quarantine import reason_text

    assert reason_text("No space left") == "No space left"
    assert reason_text(Message("quarantine.no_copy")).startswith("no remaining copy")


def test_equal_pixels_are_no_copy_where_what_was_dropped_differs(tmp_path):
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
    look = MoveChecker(tmp_path, evidence, {"b.png"})
    assert look.reason_to_stay("b.png", "exact_duplicate").id == "quarantine.no_copy"
