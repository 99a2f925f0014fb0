"""Report controller: rebuilds the report in the background after changes, while it is shown."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.messages import Message
from gui.jobs.workers import Task
from gui.words import to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.evaluate.robustness import RobustnessScorecard
    from engine.exchange.report.report_data import Report
    from engine.project.decisions import Edit
    from engine.project.project import Project
    from gui.report.tasks import ReportDraft, ReportRequest

_REBUILD_DELAY_MS = 250


class ReportController(QObject):
    """Holds the last report and whether it is stale."""

    changed = Signal()
    """The report was replaced, removed or became stale."""
    progressed = Signal(object)
    """The `Progress` of a report that is being built."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__(context)
        self._context = context
        self._task: Task | None = None
        self._check_task: Task | None = None
        self._is_active = False
        self.draft: ReportDraft | None = None
        self.is_stale = True
        """True if something changed since the report was built."""
        self.built_at: datetime | None = None
        """When the report was built, in local time."""
        self.error = ""
        """Why the last build failed, as a sentence."""
        self._needs_rebuild = False
        self.target: int | None = None
        """Number of leukocytes to count, None for all."""
        self.robustness: RobustnessScorecard | None = None
        """Robustness scorecard of the model, if it was measured."""
        # Debounced: labels often come in quick succession.
        self._rebuild_timer = QTimer(self, singleShot=True, interval=_REBUILD_DELAY_MS)
        self._rebuild_timer.timeout.connect(self._rebuild)
        session = context.session
        session.opened.connect(self._reset)
        session.decided.connect(self._mark_stale)
        session.updated.connect(self._mark_stale)
        session.classes_changed.connect(self._mark_stale)
        session.assessments_changed.connect(self._mark_stale)
        session.model_changed.connect(self._on_model_changed)
        context.decisions.project_changed.connect(self._mark_stale)

    @property
    def report(self) -> "Report | None":
        """The last report, None before the first."""
        return self.draft.report if self.draft else None

    def report_request(self) -> "ReportRequest | None":
        """Return the inputs of a report, None while no images or no model are loaded."""
        from gui.report.tasks import ReportRequest

        session = self._context.session
        if session.source is None or session.table is None or session.active_model is None:
            return None
        if session.table.is_empty:
            return None
        project = self._context.decisions.project
        return ReportRequest(
            session.source,
            session.table,
            session.active_model,
            project,
            self.target,
            self.robustness,
            self._context.trained_images.keys,
        )

    def resume(self) -> None:
        """Rebuild the report when it is stale, from now on."""
        self._is_active = True
        if self.is_stale and self._task is None:
            self._rebuild()

    def pause(self) -> None:
        """Stop rebuilding until `resume`."""
        self._is_active = False
        self._rebuild_timer.stop()

    def set_target(self, target: int | None) -> None:
        """Set the number of leukocytes to count, None for all."""
        if target != self.target:
            self.target = target
            self._mark_stale()

    def set_robustness(self, scorecard: "RobustnessScorecard") -> None:
        """Add a robustness scorecard to the report."""
        self.robustness = scorecard
        self._mark_stale()

    def save_session(self, fields: dict[str, str]) -> None:
        """Save the session fields in the project."""
        from engine.exchange.report.project_context import SESSION_FIELD

        def save(project: "Project", who: str) -> "Edit | None":
            return project.apply("session", [(None, SESSION_FIELD, fields or None)], who=who)

        self._context.decisions.run_edit(save)

    def sign(self, note: str) -> None:
        """Sign off the current report."""
        report = self.report
        if report is None or self.is_stale:
            return
        project, source = self._context.decisions.project, self._context.session.source
        if project is None or source is None or self._check_task is not None:
            return
        from engine.exchange.report.project_context import check_contents

        # All files are read first, on a worker thread: decisions go on meanwhile.
        self._check_task = task = self._context.errors.watch(
            self._context.workers.start(check_contents, project, source)
        )
        task.done.connect(lambda _: self._on_checked(report, note))
        task.finished.connect(self._on_check_finished)
        self.changed.emit()

    @property
    def is_checking(self) -> bool:
        """True if the images are read again before a sign-off."""
        return self._check_task is not None

    def _on_checked(self, report: "Report", note: str) -> None:
        if self.report is not report or self.is_stale:
            return  # decided on meanwhile: the person looks again
        from engine.exchange.report.project_context import sign_off

        self._context.decisions.run_edit(lambda project, who: sign_off(project, report, who, note))

    def _on_check_finished(self) -> None:
        self._check_task = None
        self.changed.emit()

    def revoke_sign_off(self) -> None:
        """Revoke the sign-off."""
        from engine.exchange.report.project_context import SIGN_OFF_FIELD

        def revoke(project: "Project", who: str) -> "Edit | None":
            return project.apply("sign_off", [(None, SIGN_OFF_FIELD, None)], who=who)

        self._context.decisions.run_edit(revoke)

    def _on_model_changed(self) -> None:
        self.robustness = None
        self._mark_stale()

    def _mark_stale(self, *_: Any) -> None:
        self._needs_rebuild = True
        if not self.is_stale:
            self.is_stale = True
            self.changed.emit()
        if self._is_active:
            self._rebuild_timer.start()

    def _rebuild(self) -> None:
        request = self.report_request()
        if self._task is not None or request is None:
            return
        from gui.report import tasks

        self._needs_rebuild = False
        # A failure stays visible beside the report until the next build; a notice could be dismissed.
        self._task = task = self._context.workers.start(tasks.build_draft, request)
        task.progressed.connect(self.progressed)
        task.done.connect(self._on_built)
        task.failed.connect(self._on_failed)
        task.crashed.connect(self._on_crashed)
        task.finished.connect(self._on_finished)

    def _on_built(self, draft: "ReportDraft") -> None:
        self.draft, self.is_stale = draft, self._needs_rebuild
        self.built_at, self.error = datetime.now().astimezone(), ""
        self.changed.emit()

    def _on_failed(self, message: Message) -> None:
        self.error = to_sentence(message)
        self.changed.emit()

    def _on_crashed(self, details: str) -> None:
        self.error = self.tr("a program error; all decisions are kept.")
        self._context.errors.report_bug(details)
        self.changed.emit()

    def _on_finished(self) -> None:
        self._task = None
        if self._needs_rebuild and self._is_active:
            self._rebuild_timer.start()

    def _reset(self) -> None:
        self._context.workers.drop(self._task)
        self._context.workers.drop(self._check_task)
        self._check_task = None
        self._task, self.draft, self.is_stale, self.target = None, None, True, None
        self.robustness, self.built_at, self.error = None, None, ""
        self.changed.emit()
