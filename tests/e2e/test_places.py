"""Places that cannot be written, and locales that cannot hold every name: one sentence, and names intact."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_model import make_tiny_bundle, save_picture

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, str(ROOT / "main.py")]
POWER = "-dac_override,-dac_read_search"
"""What root may do more than others in a folder that it may not write: given up for these tests."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="permissions and locales of Linux")


def humble():
    """Return what stands before a command so that permissions hold for it; skips where nothing does that."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anywhere, and setpriv is not here")
    return ["setpriv", f"--bounding-set={POWER}", f"--inh-caps={POWER}"]


def run(*argv, before=(), **env):
    done = subprocess.run(
        [*before, *MAIN, *map(os.fspath, argv)],
        env={**os.environ, "BLOODBENCH_DOOR": "1", **env},
        stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def cells(tmp_path):
    for number, name in enumerate(("basophil", "eosinophil")):
        (tmp_path / "cells" / name).mkdir(parents=True)
        save_picture(tmp_path / "cells" / name / "a.png", number)
    return tmp_path / "cells"


@pytest.fixture
def closed(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("command", ["classify", "scan", "report", "evaluate"])
def test_a_folder_that_cannot_be_written_is_one_sentence(cells, closed, tiny, command):
    out = closed / "Müller ü"
    status, err = run(command, cells, "--model", tiny, "--out", out, before=humble())
    assert status == 1
    last = err.decode().strip().splitlines()[-1]
    assert str(out) in last
    assert "choose another place" in last
    assert list(closed.iterdir()) == []


def test_an_export_names_the_folder_and_not_what_only_we_know(cells, closed):
    status, err = run("export", cells, "--as", "folder", "--out", closed / "out", before=humble())
    assert status == 1
    assert f" {closed} (" in err.decode()
    assert ".export-" not in err.decode()


@pytest.mark.parametrize("command", ["classify", "scan", "report"])
def test_a_home_that_cannot_be_written_stops_no_work(cells, closed, tiny, tmp_path, command):
    out = tmp_path / "out"
    status, err = run(
        command, cells, "--model", tiny, "--out", out,
        before=humble(), BLOODBENCH_HOME=str(closed / "none"), HOME=str(closed),
    )  # fmt: skip
    assert status == 0, err
    assert out.exists()
    assert b"atplotlib" not in err
    if command != "scan":  # a scan reads in a process of its own
        assert b"BLOODBENCH_HOME" in err


@pytest.mark.parametrize("command", ["classify", "scan"])
@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_names_stay_whole_whatever_the_locale(tiny, tmp_path, command, locale):
    folder = tmp_path / "Müller é"
    folder.mkdir()
    for name in ("Zelle ü 血.png", "Zelle ü 2.png"):
        save_picture(folder / name, 1, 1)
    shutil.copy(folder / "Zelle ü 2.png", os.fsencode(folder) + b"/caf\xe9.png")
    out = tmp_path / "Ergebnis ü.csv"
    status, err = run(command, folder, "--model", tiny, "--out", out, **locale)
    assert status == 0, err
    with out.open(encoding="utf-8", newline="") as file:
        found = {row["path"] for row in csv.DictReader(file)}
    assert found == {"Zelle ü 血.png", "Zelle ü 2.png", r"caf\xe9.png"}
