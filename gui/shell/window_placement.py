"""Window placement: size and position on the screen, kept from one run to the next."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QWidget

from gui.settings import load_setting, save_setting

_SETTING = "window_geometry"


def place_window(window: QWidget) -> None:
    """Restore the stored size and position; without any, maximize a window too large for its screen."""
    if not _restore(window) and not _fits(window.size(), window.screen().availableSize()):
        window.setWindowState(Qt.WindowState.WindowMaximized)


def store_placement(window: QWidget) -> None:
    """Store size and position for the next run."""
    save_setting(_SETTING, b64encode(window.saveGeometry().data()).decode("ascii"))


def _restore(window: QWidget) -> bool:
    stored = load_setting(_SETTING)
    if not isinstance(stored, str):
        return False
    try:
        # Qt moves a window back onto the screens that are there now, and refuses damaged data.
        return window.restoreGeometry(QByteArray(b64decode(stored, validate=True)))
    except (Base64Error, ValueError):
        return False


def _fits(size: QSize, available: QSize) -> bool:
    return size.width() <= available.width() and size.height() <= available.height()
