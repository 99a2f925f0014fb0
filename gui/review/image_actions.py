"""Actions on images: what keys and drops decide about the images of the review workspace."""

from collections.abc import Callable, Sequence
from functools import partial

from gui.gallery.view import GalleryView
from gui.state.decisions import Decisions


class ImageActions:
    """The actions of one review workspace; after a decision on a single image, the grid moves on.

    `targets` returns the paths of the images that a key decides about. The grid `keeps_place` where one
    decision is no reason to move on, as with images side by side. `on_end` is called after a decision on
    the last image, which stays the one that keys decide about.
    """

    def __init__(
        self,
        decisions: Decisions,
        view: GalleryView,
        targets: Callable[[], Sequence[str]],
        keeps_place: Callable[[], bool],
        on_end: Callable[[], None],
    ) -> None:
        self._decisions = decisions
        self._view = view
        self._targets = targets
        self._keeps_place = keeps_place
        self._on_end = on_end

    def label(self, class_id: str) -> None:
        """Label the selected images with a class."""
        self._decide(lambda paths: self._decisions.label(paths, class_id))

    def relabel(self, paths: Sequence[str], class_id: str) -> None:
        """Label images that were dropped on a class."""
        if class_id:
            self._decisions.label(paths, class_id)

    def confirm(self) -> None:
        """Confirm the predictions of the selected images."""
        # Before the reviewer's name is asked: without a prediction there is nothing to decide.
        if self._decisions.check_predicted(self._targets()):
            self._decide(self._decisions.confirm)

    def not_classed(self) -> None:
        """Label the selected images as not classed."""
        self._decide(self._decisions.not_classed)

    def remove(self) -> None:
        """Remove the selected images, or restore them if all are removed."""
        self._decide(self._decisions.remove)

    def clear(self) -> None:
        """Clear label and removal of the selected images."""
        if paths := self._targets():
            self._decisions.clear(paths)

    def _decide(self, decide: Callable[[Sequence[str]], None]) -> None:
        if paths := self._targets():
            then = partial(self._decide_on, paths, decide)
            self._decisions.when_reviewer_known(then, len(paths))

    def _decide_on(self, paths: Sequence[str], decide: Callable[[Sequence[str]], None]) -> None:
        decide(paths)
        if self._keeps_place():
            return
        # Advance to the next image, unless several are selected or the selection changed while the
        # reviewer's name was asked.
        if self._decisions.writable and len(paths) == 1 and [*self._targets()] == [*paths]:
            decided = self._view.currentIndex().row()
            self._view.step(1)
            if self._view.currentIndex().row() == decided:
                self._on_end()
