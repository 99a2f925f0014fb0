"""What a workspace is: one step of the work, a page of the window."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.shortcuts.actions import Actions


class Workspace(QWidget):
    """A page of the window; made when it is first shown."""

    inspected = True
    """Whether the inspector stands beside it."""

    def bind(self, actions: Actions) -> None:
        """Bind its commands; they hold only with the keyboard inside it."""

    def enter(self) -> None:
        """Take the keyboard, and show what has changed since it was last in sight."""
        self.setFocus()

    def leave(self) -> None:
        """Another workspace is in front from now on."""

    def escape(self) -> bool:
        """Leave what is in front, if something is; return whether something was."""
        return False

    @property
    def page_key(self) -> str:
        """Which of its pages is shown, empty if it has but one."""
        return ""

    def show_page(self, key: str) -> None:
        """Show one of its pages, if it has several."""

    def return_to(self, paths: Sequence[str], keys: Sequence[str]) -> bool:
        """Go to images, or findings by their keys, that undo or redo changed; return whether it could."""
        return False

    def closing(self) -> str:
        """Return what the window's closing would break off, as a sentence; empty where it is nothing long."""
        return ""

    def stop(self) -> None:
        """Stop its work: the window closes."""
