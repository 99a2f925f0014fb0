"""Clean workspace: finding queues on the left, the images of one queue, and the reason for each."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter

from engine.curate.finding import FindingKind
from engine.messages import Message
from gui.clean.empty_page import EmptyPage
from gui.clean.finding_actions import FindingActions
from gui.clean.finding_queues import FindingQueue, FindingQueues
from gui.clean.queue_list import QueueList
from gui.clean.queue_model import QueueModel
from gui.clean.queue_page import QueuePage
from gui.clean.scan_controller import ScanController
from gui.clean.summary_page import SummaryPage
from gui.clean.unchecked_labels import unchecked_labels_text
from gui.gallery.selection_sync import SelectionSync
from gui.gallery.view import GalleryView
from gui.jobs import garbage_collection
from gui.shortcuts.actions import CommandActions
from gui.shortcuts.keymap import native_key_text
from gui.state import finding_text
from gui.state.image_item import ImageItem
from gui.widgets.page_stack import PageStack
from gui.workspace.base import Workspace
from gui.workspace.context import WorkspaceContext

_SUMMARY = "summary"


class CleanWorkspace(Workspace):
    """Workspace to find and remove images that do not belong in the folder."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._session, self._decisions = context.session, context.decisions
        session, theme = context.session, context.theme
        self._thresholds: dict[FindingKind, float] = {}
        self.kind: FindingKind | None = None
        self._requested_kind: FindingKind | None = None
        self.findings = FindingQueues(session)
        self.scanning = ScanController(context)
        self.model = QueueModel(session, self.findings)
        self.view = GalleryView(session, context.thumbnails, theme)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Images of the findings"))
        self._selection_sync = SelectionSync(self.view, session)
        self._selection_sync.deactivate()
        self.queue_list = QueueList(session, theme)
        self.page = QueuePage(context, self.view)
        self.finding_actions = FindingActions(
            context, self.model, self.findings, self.view, self.page.bulk
        )
        self.empty_page = EmptyPage(theme)
        self.summary = SummaryPage(context)
        self._is_summary_shown = False
        self._compose()
        self._connect()
        context.image_analysis.add_reason_source(self._reasons_for)
        self._refresh()

    def bind(self, actions: CommandActions) -> None:
        view, add, run = self.view, actions.add, self.finding_actions
        run.key_text = lambda command: native_key_text(actions.keymap.keys(command))
        add("confirm", view, run.accept, inside=True)
        add("remove", view, run.remove, inside=True)
        add("dismiss", view, run.dismiss, inside=True)
        add("keep_only", view, run.keep_only, inside=True)
        add("not_classed", view, run.not_classed, inside=True)
        actions.add_classes(view, run.label)

    def enter(self) -> None:
        self._selection_sync.activate()
        self.scanning.restore_last_scan()
        scan = self.empty_page.scan
        # During a scan there are neither images nor the button.
        fallback = self.queue_list.summary if scan.isHidden() else scan
        (self.view if self.model.rowCount() else fallback).setFocus()

    def leave(self) -> None:
        self._selection_sync.deactivate()

    @property
    def has_inspector(self) -> bool:
        return self._pages.currentWidget() is self.page

    @property
    def image_view(self) -> GalleryView:
        return self.view

    @property
    def page_key(self) -> str:
        return _SUMMARY if self._is_summary_shown else self.kind or ""

    def show_page(self, key: str) -> None:
        if key == _SUMMARY:
            self.show_summary()
        elif key:
            self._requested_kind = FindingKind(key)
            self._show_first()

    def escape(self) -> bool:
        if not self.page.bulk.is_confirming:
            return False
        self.page.bulk.reset()
        self.view.setFocus()
        return True

    def return_to(self, paths: Sequence[str], keys: Sequence[str]) -> None:
        indices_by_kind = {
            kind: self._queue_indices(kind, paths, keys) for kind in self.findings.kinds()
        }
        kinds = [kind for kind, indices in indices_by_kind.items() if len(indices)]
        if not kinds:
            return
        if self._is_summary_shown or self.kind not in kinds:
            self.show_queue(kinds[0])
        current, queue = self._session.current, self.findings.queue(self.kind)
        assert self.kind is not None
        assert queue is not None
        paths_found = [queue.findings[index].path for index in indices_by_kind[self.kind]]
        shown_paths = [path for path in paths_found if self.model.row_of(path) is not None]
        if shown_paths and (current is None or current.path not in shown_paths):
            self.view.show_path(shown_paths[0])

    def _queue_indices(
        self, kind: FindingKind, paths: Sequence[str], keys: Sequence[str]
    ) -> list[int]:
        """Return the indices in a queue of the findings of these images or with these keys."""
        queue, table = self.findings.queue(kind), self._session.table
        if queue is None or table is None:
            return []
        indices = set(np.flatnonzero(np.isin(queue.rows, table.rows(paths))).tolist())
        return sorted(indices.union(*(queue.keys.get(key, ()) for key in keys)))

    def show_summary(self) -> None:
        """Show the summary of the cleaning."""
        self._is_summary_shown = True
        self._refresh()
        self.summary.setFocus()

    def show_queue(self, kind: FindingKind) -> None:
        """Show the findings of a kind."""
        self.kind, self._is_summary_shown = kind, False
        self.page.bulk.show_skipped(0)
        self.model.show_queue(kind, self._thresholds.get(kind, 0.0))
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))
            self.view.scrollToTop()
        self._refresh()
        self.view.setFocus()

    def _reasons_for(self, item: ImageItem) -> list[Message]:
        # The card already shows the finding of the current queue.
        return [
            finding_text.localise_reason(finding, self._session.class_styles)
            for finding in self.findings.for_item(item)
            if finding.kind is not FindingKind.UNREADABLE
            and not (self.isVisible() and finding.kind is self.kind)
        ]

    def _add_queues(self, queues: list[FindingQueue]) -> None:
        garbage_collection.freeze_if_large(sum(len(queue.rows) for queue in queues))
        self.findings.replace(queues)
        if self.kind is None or not self.model.rowCount():
            self._show_first()

    def _show_first(self) -> None:
        counts = self.findings.counts()
        kind = next((kind for kind, count in counts.items() if count), None)
        if self._requested_kind is not None and self.findings.queue(self._requested_kind):
            kind, self._requested_kind = self._requested_kind, None
        if kind is not None:
            self.show_queue(kind)

    def _on_model_changed(self) -> None:
        if self.isVisible():
            # It was entered before the model was loaded.
            self.scanning.restore_last_scan()
        self._refresh()

    def _reset(self) -> None:
        self.kind, self._is_summary_shown = None, False
        self.page.bulk.show_skipped(0)
        self._thresholds.clear()
        self.model.show_queue(None)
        self._refresh()

    def _set_threshold(self, threshold: float) -> None:
        if self.kind is not None:
            self._thresholds[self.kind] = threshold
            self.model.show_queue(self.kind, threshold)
            self._refresh()

    def _refresh(self) -> None:
        counts = self.findings.counts()
        table = self._session.table
        self.queue_list.set_counts(
            counts,
            None if self._is_summary_shown else self.kind,
            len(table.reasons) if table is not None else 0,
            summary=self._is_summary_shown,
        )
        self.queue_list.show_notice(self.scanning.notice)
        self.queue_list.show_unchecked(unchecked_labels_text(self._session) if counts else "")
        has_queue = self.findings.queue(self.kind) is not None
        page = (
            self.summary if self._is_summary_shown else self.page if has_queue else self.empty_page
        )
        self._pages.setCurrentWidget(page)
        # The empty page has a button of its own.
        can_rescan = bool(counts) and not self.scanning.is_running and page is not self.empty_page
        self.queue_list.rescan.setVisible(can_rescan)
        self.inspector_changed.emit()
        self.summary.refresh()
        self.empty_page.show_state(self.scanning, scanned=bool(counts))
        self.page.show_queue(self.model, self.findings)
        self._show_current()

    def _show_current(self) -> None:
        current = self._session.current
        path = current.path if current is not None else ""
        self.page.show_finding(self.model.finding(path), self.model.cluster_of(path))

    def _connect(self) -> None:
        session = self._session
        self.queue_list.chosen.connect(self.show_queue)
        self.queue_list.scan_requested.connect(self.scanning.start)
        self.queue_list.summary_requested.connect(self.show_summary)
        self.empty_page.scan_requested.connect(self.scanning.start)
        self.scanning.queues_found.connect(self._add_queues)
        self.scanning.changed.connect(self._refresh)
        self.page.scores.threshold_changed.connect(self._set_threshold)
        self.page.card.accepted.connect(self.finding_actions.accept)
        self.page.card.kept_only.connect(self.finding_actions.keep_only)
        self.page.card.removed.connect(self.finding_actions.remove)
        self.page.card.dismissed.connect(self.finding_actions.dismiss)
        self.page.bulk.confirmed.connect(self.finding_actions.apply)
        session.opened.connect(self._reset)
        session.decided.connect(self._refresh)
        session.classes_changed.connect(self._refresh)
        session.model_changed.connect(self._on_model_changed)
        session.current_changed.connect(self._show_current)
        self.view.visible_paths_changed.connect(
            self._context.inspector.neighbours.request_thumbnails
        )

    def _compose(self) -> None:
        theme = self._context.theme
        self._pages = PageStack()
        for page in (self.empty_page, self.page, self.summary):
            self._pages.addWidget(page)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        split.addWidget(self.queue_list)
        split.addWidget(self._pages)
        split.setStretchFactor(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
