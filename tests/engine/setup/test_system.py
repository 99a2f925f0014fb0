"""What depends on the system: screens, Qt's libraries, which installer, and what an installer's words mean."""

import os
import shutil
import sys

import pytest

from engine.messages import Problem
from engine.setup import gpu, installer, libraries
from engine.setup.display import has_display, screen
from engine.setup.environment import Environment

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has a choice of screens"
)
ABSENT = {"libbloodbench-is-absent.so.9": "libabsent9"}


@linux
@pytest.mark.parametrize(
    ("variables", "display", "kind"),
    [
        ({}, False, "other"),
        ({"DISPLAY": ""}, False, "other"),
        ({"DISPLAY": ":0"}, True, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, "other"),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, True, "other"),
        ({"QT_QPA_PLATFORM": "xcb:nographics"}, True, "xcb"),
    ],
)
def test_which_screen(variables, display, kind):
    assert (has_display(variables), screen(variables)) == (display, kind)


@linux
def test_missing_libraries_are_named_with_the_one_command(tmp_path, monkeypatch):
    monkeypatch.setattr(libraries, "_OFFSCREEN", ABSENT)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for manager, command in {
        "apt-get": "sudo apt-get install libabsent9",
        "dnf": "sudo dnf install 'libbloodbench-is-absent.so.9()(64bit)'",
        "": "your system's package manager",
    }.items():
        monkeypatch.setattr(
            shutil, "which", lambda name, only=manager: name if name == only else None
        )
        with pytest.raises(Problem) as raised:
            libraries.check(Environment(str(tmp_path)))
        assert raised.value.message.params["command"] == command
        assert next(iter(ABSENT)) in str(raised.value)


@linux
def test_libraries_that_are_there_are_looked_for_once(tmp_path, monkeypatch):
    monkeypatch.setattr(libraries, "_OFFSCREEN", {"libc.so.6": "libc6"})
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    libraries.check(Environment(str(tmp_path)))
    monkeypatch.setattr(libraries, "_OFFSCREEN", ABSENT)
    libraries.check(Environment(str(tmp_path)))


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("error: Failed to fetch: `x`\n  Caused by: dns error: failed to lookup address", "no_network"),
        ("Retrying after 'NewConnectionError(…)'\nERROR: No matching distribution", "no_network"),
        ("ERROR: No matching distribution found for tensorflow==2.21.0", "no_package"),
        ("error: tensorflow==2.21.0 has no wheels with a matching platform tag", "no_package"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "changed_package"),
        ("error: Hash mismatch for `six==1.17.0`", "changed_package"),
        ("Could not install packages due to an OSError: [Errno 28] No space left on device", "disk_full"),
        ("cause: failed to copy file: No space left on device (os error 28)", "disk_full"),
        ("Segmentation fault", "failed"),
        ("", "failed"),
    ],
)  # fmt: skip
def test_what_an_installer_means(words, meaning):
    assert installer.cause(words) == f"setup.{meaning}"


def test_a_python_without_uv_pip_and_ensurepip_is_told_what_to_get(tmp_path, monkeypatch):
    monkeypatch.setattr(installer, "_output", lambda command: "")
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    with pytest.raises(Problem, match="sudo apt-get install python3-venv python3-pip"):
        installer.choose(Environment(str(tmp_path)))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Problem, match="install pip for"):
        installer.choose(Environment(str(tmp_path)))


def test_a_pip_too_old_for_another_environment_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    pips = {installer.BASE: "pip 22.0.2 from x", "": ""}
    monkeypatch.setattr(installer, "_output", lambda command: pips.get(command[0], "yes"))
    environment = Environment(str(tmp_path))
    assert installer.choose(environment)[0] == environment.python
    pips[installer.BASE] = "pip 22.3 from x"
    assert installer.choose(environment)[:4] == [installer.BASE, "-m", "pip", "--python"]


@pytest.mark.skipif(gpu.find(["app", "gpu"]) is not None, reason="the packages are there")
def test_packages_for_a_card_are_not_added_unasked(program):
    program.lock("gpu").write_text("")
    status, out, err = program.run("--gpu")
    assert out == ""
    assert "no graphics card packages" in err or (status == 1 and "--gpu --yes" in err)
    assert not program.venv.exists()
