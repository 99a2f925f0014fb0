"""Read-only folders and unusual locales: one-sentence errors and intact file names."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_model import make_tiny_bundle, save_class_image

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, str(ROOT / "main.py")]
POWER = "-dac_override,-dac_read_search"
"""Capabilities by which root ignores permissions, dropped for these tests."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="permissions and locales of Linux")


def without_root_powers():
    """Return a command prefix so that permissions apply to root too; skips if there is none."""
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
        save_class_image(tmp_path / "cells" / name / "a.png", number)
    return tmp_path / "cells"


@pytest.fixture
def closed(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("command", ["classify", "scan", "report", "evaluate"])
def test_read_only_folder_gives_one_sentence(cells, closed, tiny, command):
    out = closed / "Müller ü"
    status, err = run(command, cells, "--model", tiny, "--out", out, before=without_root_powers())
    assert status == 1
    last = err.decode().strip().splitlines()[-1]
    assert str(out) in last
    assert "choose another place" in last
    assert list(closed.iterdir()) == []


def test_export_error_names_the_folder_not_the_temporary_file(cells, closed):
    status, err = run(
        "export", cells, "--as", "folder", "--out", closed / "out", before=without_root_powers()
    )
    assert status == 1
    assert f" {closed} (" in err.decode()
    assert ".export-" not in err.decode()


@pytest.mark.parametrize("command", ["classify", "scan", "report"])
def test_read_only_home_does_not_stop_the_work(cells, closed, tiny, tmp_path, command):
    out = tmp_path / "out"
    status, err = run(
        command, cells, "--model", tiny, "--out", out,
        before=without_root_powers(), BLOODBENCH_HOME=str(closed / "none"), HOME=str(closed),
    )  # fmt: skip
    assert status == 0, err
    assert out.exists()
    assert b"atplotlib" not in err
    if command != "scan":  # a scan runs inference in a child process
        assert b"BLOODBENCH_HOME" in err


@pytest.mark.parametrize("command", ["classify", "scan"])
@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_file_names_stay_intact_in_any_locale(tiny, tmp_path, command, locale):
    folder = tmp_path / "Müller é"
    folder.mkdir()
    for name in ("Zelle ü 血.png", "Zelle ü 2.png"):
        save_class_image(folder / name, 1, 1)
    shutil.copy(folder / "Zelle ü 2.png", os.fsencode(folder) + b"/caf\xe9.png")
    out = tmp_path / "Ergebnis ü.csv"
    status, err = run(command, folder, "--model", tiny, "--out", out, **locale)
    assert status == 0, err
    with out.open(encoding="utf-8", newline="") as file:
        found = {row["path"] for row in csv.DictReader(file)}
    assert found == {"Zelle ü 血.png", "Zelle ü 2.png", r"caf\xe9.png"}
