"""Project attacher: finds the project of the open folder, and checks its links once nothing else runs."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.messages import Message
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Task
from gui.loading import project_tasks
from gui.loading.load_steps import LoadStep, LoadSteps
from gui.state.decisions import Decisions
from gui.state.session import Session


class ProjectAttacher(QObject):
    """Attaches projects to the session; each damaged project is reported once."""

    attached = Signal(object)
    """A `project_tasks.AttachedProject`: the project of the source is open."""
    corrected = Signal(object)
    """A `project_tasks.AttachedProject`: a link was wrong, and decisions are with other images now."""
    choice_needed = Signal(object)
    """A `project_tasks.ProjectChoice`: several projects fit; `choose` answers."""

    def __init__(
        self, session: Session, decisions: Decisions, steps: LoadSteps, errors: ErrorReporter
    ) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._steps = steps
        self._errors = errors
        self._confirmed_projects: set[str] = set()
        self._reported_damage: list[Message] = []
        self._offered: frozenset[Path] = frozenset()

    def attach(self, file: Path | None = None, *, new: bool = False) -> Task | None:
        """Find the project of the open folder, or take the given one; None if nothing is open.

        With `new`, a new project is made instead of those that were offered.
        """
        source, table = self._session.source, self._session.table
        if source is None or table is None:
            return None
        records = [record for record in table.records if record is not None]
        task = self._steps.start(
            LoadStep.ATTACH,
            project_tasks.attach_project,
            source,
            records,
            file,
            self._offered if new else None,
        )
        task.done.connect(self._on_found)
        return task

    def confirm_links(self) -> None:
        """Hash the images that were linked without it, once for each project; call it when nobody waits."""
        project, source = self._decisions.project, self._session.source
        occupied = self._steps.are_running(LoadStep.ATTACH, LoadStep.CONFIRM)
        if project is None or source is None or occupied or project.id in self._confirmed_projects:
            return
        self._confirmed_projects.add(project.id)
        task = self._steps.start(LoadStep.CONFIRM, project_tasks.confirm_links, project, source)
        task.done.connect(self._on_confirmed)

    def reset(self) -> None:
        """Prepare for another source."""
        self._steps.drop(LoadStep.ATTACH, LoadStep.CONFIRM)
        self._confirmed_projects.clear()

    def _on_found(
        self, result: "project_tasks.AttachedProject | project_tasks.ProjectChoice"
    ) -> None:
        if isinstance(result, project_tasks.ProjectChoice):
            self._offered = frozenset(choice.summary.file for choice in result.choices)
            self.choice_needed.emit(result)
            return
        self._decisions.attach(result.project)
        self._show_state(result)
        self.attached.emit(result)
        for message in result.messages:
            if message not in self._reported_damage:
                self._reported_damage.append(message)
                self._errors.report(message)

    def _on_confirmed(self, corrected: "project_tasks.AttachedProject | None") -> None:
        if corrected is not None and corrected.project is self._decisions.project:
            self._show_state(corrected)
            self.corrected.emit(corrected)

    def _show_state(self, attached: "project_tasks.AttachedProject") -> None:
        self._session.attach(
            attached.decisions,
            attached.classes,
            attached.dismissed,
            attached.moved,
            attached.folder_names,
        )
