"""Whether there is a screen to show a window on, and of which kind; answered without looking at the system."""

import os
import sys
from collections.abc import Mapping

from engine.setup.environment import Environment


def has_display(variables: Mapping[str, str] = os.environ) -> bool:
    """Return whether a window can be shown, or was asked to be drawn without a screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(variables.get(name) for name in names)


def screen(variables: Mapping[str, str] = os.environ) -> str:
    """Return the kind of screen that Qt will use on Linux: `xcb` (X), or `other` with fewer needs."""
    platform = variables.get("QT_QPA_PLATFORM") or ("xcb" if variables.get("DISPLAY") else "")
    return "xcb" if platform.partition(":")[0] == "xcb" else "other"


def is_checked(environment: Environment) -> bool:
    """Return whether Qt's system libraries were found before, for this kind of screen."""
    return not sys.platform.startswith("linux") or os.path.exists(environment.qt_mark(screen()))
