"""Display detection: whether and where a window can be shown, from environment variables only."""

import os
import sys
from collections.abc import Mapping

from engine.setup.environment import Environment


def has_display(variables: Mapping[str, str] = os.environ) -> bool:
    """Return whether a window can be shown, or QT_QPA_PLATFORM asks for none."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(variables.get(name) for name in names)


def screen_kind(variables: Mapping[str, str] = os.environ) -> str:
    """Return the kind of screen that Qt uses on Linux: `xcb` (X11), or `other`, which needs fewer libraries."""
    platform = variables.get("QT_QPA_PLATFORM") or ("xcb" if variables.get("DISPLAY") else "")
    return "xcb" if platform.partition(":")[0] == "xcb" else "other"


def is_qt_checked(environment: Environment) -> bool:
    """Return whether an earlier check found Qt's system libraries for this kind of screen."""
    return not sys.platform.startswith("linux") or os.path.exists(
        environment.qt_mark(screen_kind())
    )
