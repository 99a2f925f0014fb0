"""Label import: labels from other programs, previewed before they are applied as one edit."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from engine.messages import Message
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.report.report_controller import ReportController
from gui.widgets import dialogs
from gui.words import number, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.exchange.formats.import_plan import ImportPlan
    from engine.project.decisions import Edit
    from engine.project.project import Project

_MAX_PROBLEMS = 200


class LabelImport(QWidget):
    """Choice of a file or folder, preview of the changes, and buttons to apply or dismiss them."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__()
        self._context, self._reporting = context, reporting
        self._task: Task | None = None
        self._name = ""
        self.plan: ImportPlan | None = None
        self.from_file = QPushButton(self.tr("From a file…"))
        self.from_file.clicked.connect(lambda: self._choose_labels(dialogs.LABELS))
        self.from_folder = QPushButton(self.tr("From a folder…"))
        self.from_folder.clicked.connect(lambda: self._choose_labels(dialogs.LABELS_FOLDER))
        self.status = QLabel(wordWrap=True)
        self.problems = QPlainTextEdit(readOnly=True)
        self.problems.setAccessibleName(self.tr("Doubtful entries"))
        self.problems.setTabChangesFocus(True)
        self.problems.setFixedHeight(6 * context.theme.space("wide"))
        self.apply = QPushButton()
        self.apply.setProperty("role", "primary")
        self.apply.clicked.connect(self._apply)
        self.show_images = QPushButton(self.tr("Show these images"))
        self.show_images.clicked.connect(self._show_images)
        self.save_details = QPushButton(self.tr("Save the details…"))
        self.save_details.clicked.connect(self._save_details)
        self.dismiss = QPushButton(self.tr("Change nothing"))
        self.dismiss.clicked.connect(self._reset)
        context.session.opened.connect(self._reset)
        context.decisions.saved.connect(self._on_edit)
        self._compose()
        self.refresh()

    @property
    def is_running(self) -> bool:
        """True while labels are being read."""
        return self._task is not None

    def refresh(self) -> None:
        """Update which actions are enabled."""
        writable, plan = self._context.decisions.writable, self.plan
        is_possible = (
            writable and self._reporting.report_request() is not None and not self.is_running
        )
        for button in (self.from_file, self.from_folder):
            button.setEnabled(is_possible)
            button.setToolTip(self._context.decisions.refusal_text)
        for widget in (self.apply, self.show_images, self.save_details, self.dismiss):
            widget.setVisible(plan is not None)
        self.problems.setVisible(
            plan is not None and bool(plan.doubts or plan.unknown_labels or plan.unmatched)
        )
        if plan is not None:
            changes = number(len(plan.changes))
            self.apply.setText(
                self.tr("Make {n:this|these} {n} {n:change|changes}").format(n=changes)
            )
            self.apply.setEnabled(writable and bool(plan.changes))
            self.show_images.setEnabled(bool(plan.changes))

    def _choose_labels(self, question: str) -> None:
        root = self._context.session.root
        path = dialogs.ask(self, question, root.parent if root else None)
        request = self._reporting.report_request()
        if path is None or request is None or self.is_running:
            return
        from gui.report import exchange_tasks

        self._reset()
        self._name = path.name
        context = self._context
        task = context.workers.start(
            exchange_tasks.plan_import, request, path, context.session.classes
        )
        self._task = context.errors.watch(task)
        task.done.connect(self._show_plan)
        task.finished.connect(self._on_finished)
        context.activities.show(Activity(task, self.tr("Reading labels"), counts_images=False))
        self.refresh()

    def _show_plan(self, plan: "ImportPlan") -> None:
        self.plan = plan
        no_match = plan.no_match_message(self._name)
        self.status.setText(
            to_sentence(no_match)
            if no_match
            else to_sentence(
                Message(
                    "import.plan",
                    {
                        "changes": number(len(plan.changes)),
                        "same": number(plan.unchanged),
                        "doubts": number(len(plan.doubts)),
                        "missing": number(len(plan.unmatched)),
                        "unknown": number(sum(plan.unknown_labels.values())),
                        "silent": number(plan.unclaimed),
                    },
                )
            )
        )
        lines = [f"{name}: {number(count)}" for name, count in plan.unknown_labels.items()]
        lines += [
            f"{doubt.claim.path or doubt.claim.location}: {to_sentence(doubt.reason)}"
            for doubt in plan.doubts[:_MAX_PROBLEMS]
        ]
        lines += [
            f"{claim.path or claim.location}: {to_sentence(Message('import.no_image'))}"
            for claim in plan.unmatched[:_MAX_PROBLEMS]
        ]
        self.problems.setPlainText("\n".join(lines))

    def _on_finished(self) -> None:
        self._task = None
        self.refresh()
        if self.plan is not None:
            (self.apply if self.apply.isEnabled() else self.dismiss).setFocus()

    def _apply(self) -> None:
        plan, name = self.plan, self._name
        if plan is None:
            return

        def apply(project: "Project", who: str) -> "Edit | None":
            return project.apply("import", plan.edits(), who=who, reason=name)

        self._context.decisions.run_edit(apply)

    def _on_edit(self, edit: "Edit") -> None:
        if edit.action == "import" and self.plan is not None:
            self._reset()
            template = self.tr(
                "{n} {n:change was|changes were} made; one undo reverts {n:it|them}."
            )
            self.status.setText(template.format(n=number(len(edit.changes))))
            self.from_file.setFocus()

    def _show_images(self) -> None:
        if self.plan is not None:
            paths = list(dict.fromkeys(change.path for change in self.plan.changes))
            title = self.tr("Would be changed by {name}").format(name=self._name)
            self._context.show_images(paths, title)

    def _save_details(self) -> None:
        root = self._context.session.root
        proposed = root.with_name(f"{Path(self._name).stem}-details.csv") if root else None
        file = dialogs.ask(self, dialogs.SAVE_TABLE, proposed)
        if file is None or self.plan is None:
            return
        from engine.exchange.formats.import_details import open_details, write_details

        with self._context.errors.saving(file):
            write_details(open_details(file), self.plan)

    def _reset(self) -> None:
        self._context.workers.drop(self._task)
        self._task = self.plan = None
        self.status.clear()
        self.refresh()

    def _compose(self) -> None:
        small = self._context.theme.space("small")
        source_row, action_row = QHBoxLayout(), QHBoxLayout()
        for row, buttons in (
            (source_row, (self.from_file, self.from_folder)),
            (action_row, (self.apply, self.show_images, self.save_details, self.dismiss)),
        ):
            row.setSpacing(small)
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(small)
        rows.addLayout(source_row)
        rows.addWidget(self.status)
        rows.addWidget(self.problems)
        rows.addLayout(action_row)
