"""What a workspace is: one step of the work, a page of the window."""

from PySide6.QtWidgets import QWidget

from gui.actions import Actions


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

    def stop(self) -> None:
        """Stop its work: the window closes."""
