"""Line focus: a key moves the keyboard to the questions and hints beside the workspace, one after another."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QToolButton, QWidget

_PARTS = (QAbstractButton, QComboBox, QLineEdit)


class LineFocus(QObject):
    """`lines` are in the order in which the key visits them; after the last come the images again.

    `leave` gives the keyboard to the workspace, `say_none` says that there is no line.
    """

    def __init__(
        self,
        window: QWidget,
        lines: Sequence[QWidget],
        leave: Callable[[], object],
        say_none: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._lines = tuple(lines)
        self._leave = leave
        self._say_none = say_none

    def go(self) -> None:
        """Move the keyboard to the next line, and from the last to the images."""
        visible = [line for line in self._lines if line.isVisible() and _parts(line)]
        if not visible:
            self._say_none()
            return
        focused = self._window.focusWidget()
        at = [n for n, line in enumerate(visible) if focused and line.isAncestorOf(focused)]
        following = visible[at[0] + 1 :] if at else visible
        if following:
            _first_part(following[0]).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._leave()


def _parts(line: QWidget) -> list[QWidget]:
    """Return the parts of a line that take the keyboard; those that only close it come last."""
    parts = [part for kind in _PARTS for part in line.findChildren(kind)]
    usable = [part for part in parts if part.isVisible() and part.isEnabled()]
    places = {part: part.mapTo(line, QPoint(0, 0)) for part in usable}
    return sorted(
        usable,
        key=lambda part: (isinstance(part, QToolButton), places[part].y(), places[part].x()),
    )


def _first_part(line: QWidget) -> QWidget:
    """Return the part with which a line is answered, else its first one."""
    parts, preferred = _parts(line), line.focusProxy()
    return preferred if preferred in parts else parts[0]
