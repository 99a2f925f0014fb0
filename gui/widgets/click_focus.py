"""Click focus: controls that leave the keyboard with the images when they are clicked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def leave_keyboard_on_click(*controls: QWidget) -> None:
    """Let these controls take the keyboard by Tab only.

    A clicked list would take the next class key as the first letter of an option, a slider would swallow it.
    """
    for control in controls:
        control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
