"""Workspace: the base class of the pages of the window, one per step of the work."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.shortcuts.actions import CommandActions

if TYPE_CHECKING:
    from gui.gallery.view import GalleryView


class Workspace(QWidget):
    """A page of the window, created when it is first shown."""

    inspector_changed = Signal()
    """`has_inspector` may have changed."""

    @property
    def has_inspector(self) -> bool:
        """True if the inspector is shown beside it: where there are images that it can describe."""
        return True

    def bind(self, actions: CommandActions) -> None:
        """Bind its commands; their keys work only while the focus is inside it."""

    def enter(self) -> None:
        """Take the keyboard focus and refresh; called when the workspace is shown."""
        self.setFocus()

    def leave(self) -> None:
        """Called when another workspace is shown."""

    def escape(self) -> bool:
        """Close the topmost view inside it, if there is one; return whether there was one."""
        return False

    @property
    def image_view(self) -> "GalleryView | None":
        """Its grid of images, None if it has none."""
        return None

    @property
    def page_key(self) -> str:
        """The key of its current page, empty if it has only one."""
        return ""

    def show_page(self, key: str) -> None:
        """Show one of its pages, if it has several."""

    def focus_page(self) -> None:
        """Move the keyboard focus into its current page, if that has something to begin with."""

    def return_to(self, paths: Sequence[str], keys: Sequence[str]) -> None:
        """Show images, or findings by their keys, that undo or redo changed, where it can."""

    def closing(self) -> str:
        """Return a warning on long work that closing would interrupt, empty if there is none."""
        return ""

    def opening(self) -> str:
        """Return a warning on long work that opening another folder would stop, empty if none."""
        return ""

    def stop(self) -> None:
        """Stop its work; called when the window closes."""
