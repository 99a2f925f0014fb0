"""System libraries that Qt needs on Linux: finding and installing the missing ones."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from engine.messages import Message, Problem
from engine.setup.display import is_qt_checked, screen_kind
from engine.setup.environment import Environment
from engine.setup.terminal import say

# Library -> Debian package. Needed by any Qt program, even without a screen:
_OFFSCREEN_LIBRARIES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# Also needed with X11:
_X11_LIBRARIES: Final = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}


def check_libraries(environment: Environment) -> None:
    """Check Qt's system libraries, once for each kind of screen. Raises `Problem` if some are missing.

    As root on Debian or Ubuntu they are installed; otherwise the problem names the command to run.
    """
    if is_qt_checked(environment):
        return
    kind = screen_kind()
    needed = {**_OFFSCREEN_LIBRARIES, **_X11_LIBRARIES} if kind == "xcb" else _OFFSCREEN_LIBRARIES
    missing = _find_missing(needed)
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        _apt_install([needed[name] for name in missing])
        missing = _find_missing(needed)
    if missing:
        raise Problem(
            "setup.qt_missing", names=", ".join(missing), command=_install_command(missing, needed)
        )
    Path(environment.qt_mark(kind)).touch()


def _find_missing(needed: Mapping[str, str]) -> list[str]:
    missing = []
    for name in needed:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def _apt_install(packages: list[str]) -> None:
    say(Message("setup.qt_installs", {"names": " ".join(packages)}))
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A fresh machine has no package lists; after a failed update, old lists may still do.
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-q", *arguments],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )


def _install_command(missing: list[str], needed: Mapping[str, str]) -> str:
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(needed[name] for name in missing)
    # dnf and zypper find a package by a library that it contains.
    suffix = "()(64bit)" if sys.maxsize > 2**32 else ""
    packages = " ".join(f"'{name}{suffix}'" for name in missing)
    for manager in ("dnf", "zypper"):
        if shutil.which(manager):
            return f"sudo {manager} install {packages}"
    return "your system's package manager"
