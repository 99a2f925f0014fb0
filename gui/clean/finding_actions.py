"""Actions on findings: what keys and buttons decide about the selected images of a queue."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication

from engine.curate.finding import Finding, FindingAction
from gui.clean import resolutions
from gui.clean.bulk_action import BulkAction
from gui.clean.finding_queues import FindingQueues
from gui.clean.no_suggestion import no_suggestion_text
from gui.clean.queue_model import QueueModel
from gui.clean.resolutions import Resolution
from gui.gallery.view import GalleryView
from gui.state.image_columns import Mask
from gui.workspace.context import WorkspaceContext


class FindingActions:
    """The actions of one Clean workspace; the view moves on to the next open finding."""

    def __init__(
        self,
        context: WorkspaceContext,
        model: QueueModel,
        queues: FindingQueues,
        view: GalleryView,
        bulk: BulkAction,
    ) -> None:
        self._context = context
        self._session, self._decisions = context.session, context.decisions
        self._model = model
        self._queues = queues
        self._view = view
        self._bulk = bulk
        self.key_text: Callable[[str], str] = str
        """Function that returns the keys of a command, as the window shows them."""

    def accept(self) -> None:
        """Apply the suggestions for the selected findings; for a keeper, remove the other copies."""
        findings = self._selected_findings()
        if len(findings) == 1 and findings[0].action is FindingAction.KEEP:
            self.keep_only()
            return
        resolution = resolutions.resolve_as_suggested(findings)
        if findings and not (resolution or resolution.conflicts):
            self._context.status_message.emit(no_suggestion_text(findings, self.key_text))
        self.apply(resolution)

    def remove(self) -> None:
        """Remove the selected images, each with its finding as the reason."""
        self.apply(resolutions.remove_selected(self._selected_findings()))

    def dismiss(self) -> None:
        """Dismiss the selected findings; all copies of a cluster stay."""
        findings, conflicts = resolutions.select_resolvable(self._selected_findings())
        keys = dict.fromkeys(finding.key for finding in findings)
        self._bulk.show_skipped(conflicts)
        self._decide(partial(self._decisions.dismiss, keys), dismissed=keys)

    def keep_only(self) -> None:
        """Keep the current image and remove all its copies."""
        current = self._session.current
        if current is not None and len(self._model.cluster_of(current.path)) < 2:
            self._context.status_message.emit(
                QCoreApplication.translate(
                    "CleanWorkspace", "Nothing changed: this image has no copies here."
                )
            )
        elif current is not None:
            resolution = resolutions.keep_only(current.path, self._model.cluster_of(current.path))
            self._decisions.remove_with_reasons(resolution.remove, bulk=True)

    def label(self, class_id: str) -> None:
        """Label the selected images with a class."""
        if paths := self._paths():
            self._decide(partial(self._decisions.label, paths, class_id), labelled=paths)

    def not_classed(self) -> None:
        """Mark the selected images as not classed."""
        if paths := self._paths():
            self._decide(partial(self._decisions.not_classed, paths), labelled=paths)

    def apply(self, resolution: Resolution) -> None:
        """Remove and relabel images."""
        self._bulk.show_skipped(resolution.conflicts)
        if resolution.remove:
            decide = partial(self._decisions.remove_with_reasons, resolution.remove)
            self._decide(decide, removed=resolution.remove)
        if resolution.relabel:
            decide = partial(self._decisions.relabel, resolution.relabel)
            self._decide(decide, labelled=resolution.relabel)

    def _decide(
        self,
        decide: Callable[[], None],
        *,
        removed: Collection[str] = (),
        labelled: Collection[str] = (),
        dismissed: Collection[str] = (),
    ) -> None:
        # Move on at once: the next key may come before the decision is saved.
        queue, is_single = self._queues.queue(self._model.queue_kind), len(self._paths()) == 1
        if queue is None or not (removed or labelled or dismissed):
            return

        def apply() -> None:
            decide()
            if (
                is_single
                and self._decisions.writable
                and self._queues.queue(self._model.queue_kind) is queue
            ):
                unresolved = self._queues.unresolved_after(queue, removed, labelled, dismissed)
                self._advance_past(unresolved[self._model.shown_indices()])

        self._decisions.when_reviewer_known(apply, len(removed or labelled or dismissed))

    def _advance_past(self, unresolved: Mask) -> None:
        # Forwards only: at the end, the view selects a remaining image once the decision is saved.
        row = self._view.currentIndex().row()
        if 0 <= row < len(unresolved) and not unresolved[row]:
            following = np.flatnonzero(unresolved[row:])
            if len(following):
                self._view.setCurrentIndex(self._model.index(row + int(following[0])))

    def _paths(self) -> Sequence[str]:
        return self._session.targets

    def _selected_findings(self) -> list[Finding]:
        return [
            finding for path in self._paths() if (finding := self._model.finding(path)) is not None
        ]
