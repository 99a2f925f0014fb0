"""System dependencies: screens, Qt's libraries, the choice of installer and its errors."""

import os
import shutil
import sys

import pytest

from engine.messages import Problem
from engine.setup import gpu, installer, libraries
from engine.setup.display import has_display, screen_kind
from engine.setup.environment import Environment

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux screens")
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
def test_display_and_screen_kind(variables, display, kind):
    assert (has_display(variables), screen_kind(variables)) == (display, kind)


@linux
def test_missing_libraries_name_the_install_command(tmp_path, monkeypatch):
    monkeypatch.setattr(libraries, "_OFFSCREEN_LIBRARIES", ABSENT)
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
            libraries.check_libraries(Environment(str(tmp_path)))
        assert raised.value.message.params["command"] == command
        assert next(iter(ABSENT)) in str(raised.value)


@linux
def test_present_libraries_are_checked_once(tmp_path, monkeypatch):
    monkeypatch.setattr(libraries, "_OFFSCREEN_LIBRARIES", {"libc.so.6": "libc6"})
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    libraries.check_libraries(Environment(str(tmp_path)))
    monkeypatch.setattr(libraries, "_OFFSCREEN_LIBRARIES", ABSENT)
    libraries.check_libraries(Environment(str(tmp_path)))


@pytest.mark.parametrize(
    ("output", "meaning"),
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
def test_find_cause(output, meaning):
    assert installer.find_cause(output) == f"setup.{meaning}"


def test_missing_installers_name_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(installer, "_output", lambda command: "")
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    with pytest.raises(Problem, match="sudo apt-get install python3-venv python3-pip"):
        installer.choose_installer(Environment(str(tmp_path)))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Problem, match="install pip for"):
        installer.choose_installer(Environment(str(tmp_path)))


def test_old_pip_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    pips = {installer.BASE_PYTHON: "pip 22.0.2 from x", "": ""}
    monkeypatch.setattr(installer, "_output", lambda command: pips.get(command[0], "yes"))
    environment = Environment(str(tmp_path))
    assert installer.choose_installer(environment)[0] == environment.python
    pips[installer.BASE_PYTHON] = "pip 22.3 from x"
    assert installer.choose_installer(environment)[:4] == [
        installer.BASE_PYTHON,
        "-m",
        "pip",
        "--python",
    ]


@pytest.mark.skipif(
    gpu.find_environment(["app", "gpu"]) is not None, reason="the packages are installed"
)
def test_gpu_packages_need_consent(program):
    program.requirements_file("gpu").write_text("")
    status, out, err = program.run("--gpu")
    assert out == ""
    assert "no graphics card packages" in err or (status == 1 and "--gpu --yes" in err)
    assert not program.venv.exists()
