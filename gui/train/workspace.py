"""Train workspace: setup page, progress page and gate."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
)

from gui.gallery.selection_sync import SelectionSync
from gui.gallery.view import GalleryView
from gui.shortcuts.actions import CommandActions
from gui.train.disagreement_model import DisagreementModel
from gui.train.gate_card import GateCard
from gui.train.progress_page import ProgressPage
from gui.train.retraining_controller import RetrainingController
from gui.train.setup_page import SetupPage
from gui.widgets.page_stack import PageStack
from gui.workspace.base import Workspace
from gui.workspace.context import WorkspaceContext

_REFRESH_MS = 250


class TrainWorkspace(Workspace):
    """Workspace for retraining; a gate compares each candidate with the current model."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        session = context.session
        self.retraining = RetrainingController(context)
        self.setup_page = SetupPage(context, self.retraining)
        self.progress_page = ProgressPage(context, self.retraining)
        self.gate_card = GateCard(context)
        self.model = DisagreementModel(session)
        self.view = GalleryView(session, context.thumbnails, context.theme)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Images on which the models disagree"))
        self._selection_sync = SelectionSync(self.view, session)
        self._selection_sync.deactivate()
        # Delayed: images are found and read in quick succession.
        self._refresh_timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh_timer.timeout.connect(self._refresh)
        self._compose()
        self._connect()
        self._refresh()

    def bind(self, actions: CommandActions) -> None:
        view, decisions = self.view, self._context.decisions
        session = self._context.session
        actions.add("confirm", view, lambda: decisions.confirm(session.targets), inside=True)
        actions.add("remove", view, lambda: decisions.remove(session.targets), inside=True)
        actions.add("clear", view, lambda: decisions.clear(session.targets), inside=True)
        actions.add(
            "not_classed", view, lambda: decisions.not_classed(session.targets), inside=True
        )
        actions.add_classes(view, lambda class_id: decisions.label(session.targets, class_id))

    def enter(self) -> None:
        self._selection_sync.activate()
        self._refresh()
        self.setup_page.form.load_options()
        self._focus()

    def leave(self) -> None:
        self._selection_sync.deactivate()

    @property
    def has_inspector(self) -> bool:
        return self._pages.currentWidget() is self._gate and self.model.rowCount() > 0

    @property
    def image_view(self) -> GalleryView:
        return self.view

    def closing(self) -> str:
        request = self.retraining.request
        if request is None:
            return self._short_task_warning(
                self.tr("“{title}” is running. Closing stops it without a result.")
            )
        return self.tr(
            "The training “{name}” is running. Closing interrupts it; finished epochs are "
            "kept, and it can resume when this folder is open again."
        ).format(name=request.out.name)

    def opening(self) -> str:
        request = self.retraining.request
        if request is None:
            return self._short_task_warning(
                self.tr("“{title}” is running. Opening a folder stops it without a result.")
            )
        return self.tr(
            "The training “{name}” is running. Opening a folder stops it; finished epochs are "
            "kept, and it can resume when this folder is open again."
        ).format(name=request.out.name)

    def _short_task_warning(self, template: str) -> str:
        # Quick retraining and comparison cannot resume.
        retraining = self.retraining
        return template.format(title=retraining.title) if retraining.is_running else ""

    def _focus(self) -> None:
        if self.retraining.outcome is not None:
            (
                self.gate_card.adopt
                if self.gate_card.adopt.isEnabled()
                else self.gate_card.reason_field
            ).setFocus()
        else:
            self.setup_page.quick.setFocus()

    def _request_curve(self) -> None:
        training_context = (
            self.retraining.context() if self.retraining.require_name(self._request_curve) else None
        )
        if training_context is not None:
            self.setup_page.suggestions.show_curve(training_context)

    def _on_changed(self) -> None:
        outcome = self.retraining.outcome
        self.gate_card.set_stale(stale=False)
        self.model.show_verdict(outcome.verdict if outcome else None)
        # Without disagreements the figures take all the room.
        self.view.setVisible(self.model.rowCount() > 0)
        if outcome is not None:
            self.gate_card.show_outcome(outcome)
        self._refresh()
        if not self.retraining.is_running:
            self.setup_page.form.load_options()

    def _on_decided(self, paths: list[str]) -> None:
        outcome = self.retraining.outcome
        if outcome is not None and not set(paths).isdisjoint(outcome.verdict.paths):
            self.gate_card.set_stale(stale=True)
        self._refresh()

    def _schedule_refresh(self, *_: object) -> None:
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def _refresh(self) -> None:
        outcome = self.retraining.outcome
        page = self.setup_page if outcome is None else self._gate
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        before = self._pages.currentWidget()
        self._pages.setCurrentWidget(self.progress_page if self.retraining.request else page)
        self.inspector_changed.emit()
        self.setup_page.refresh()
        self.gate_card.setEnabled(not self.retraining.is_running)
        self.progress_page.refresh()
        if had_focus:
            self._keep_focus(is_new_page=self._pages.currentWidget() is not before)

    def _keep_focus(self, *, is_new_page: bool) -> None:
        """Keep the keyboard on the page that is shown now, not where Qt passes it on to."""
        page = self._pages.currentWidget()
        if page is self.setup_page:
            # After a retraining that ended without a result.
            if is_new_page or (self.setup_page.hasFocus() and self.setup_page.quick.isEnabled()):
                self.setup_page.quick.setFocus()
        elif is_new_page and page is self.progress_page:
            self.progress_page.pause.setFocus()
        elif is_new_page:
            # Not its button: a key that was meant for something else must adopt no model.
            self._gate_scroll.setFocus()

    def _connect(self) -> None:
        session = self._context.session
        self.retraining.changed.connect(self._on_changed)
        self.setup_page.quick_requested.connect(self.retraining.start_quick)
        self.retraining.updated.connect(self.progress_page.refresh)
        self.retraining.updated.connect(self.setup_page.show_progress)
        self.setup_page.form.options_loaded.connect(self.progress_page.prepare)
        self.setup_page.form.requested.connect(self.retraining.start_deep)
        self.setup_page.form.unfinished.resumed.connect(
            partial(self.retraining.start_deep, resume=True)
        )
        self.setup_page.form.unfinished.finished.connect(
            partial(self.retraining.start_deep, finish=True)
        )
        self.progress_page.pause_requested.connect(self.retraining.toggle_pause)
        self.progress_page.finish_requested.connect(self.retraining.finish_with_best)
        self.progress_page.cancel_requested.connect(self.retraining.cancel)
        self.setup_page.suggestions.curve_requested.connect(self._request_curve)
        self.setup_page.history.chosen.connect(self.retraining.restore_model)
        self.gate_card.adopted.connect(self.retraining.adopt)
        self.gate_card.declined.connect(self.retraining.decline)
        self.gate_card.comparison_requested.connect(self.retraining.compare_again)
        session.opened.connect(self._refresh)
        session.added.connect(self._schedule_refresh)
        # What is left to label and what counts as relabelled follow from the predictions.
        session.updated.connect(self._schedule_refresh)
        session.decided.connect(self._on_decided)
        session.classes_changed.connect(self._refresh)
        session.model_changed.connect(self._refresh)
        self._context.decisions.project_changed.connect(self._refresh)
        self.view.visible_paths_changed.connect(
            self._context.inspector.neighbours.request_thumbnails
        )

    def _compose(self) -> None:
        theme = self._context.theme
        scroll = self._gate_scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.gate_card)
        self._gate = QSplitter(Qt.Orientation.Vertical)
        self._gate.setHandleWidth(theme.space("hair"))
        self._gate.setChildrenCollapsible(False)
        self._gate.addWidget(scroll)
        self._gate.addWidget(self.view)
        self._gate.setSizes([14 * theme.space("wide"), 14 * theme.space("wide")])
        self._pages = PageStack()
        for page in (self.setup_page, self.progress_page, self._gate):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
