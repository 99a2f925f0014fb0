"""Labels from other programs: what they would change is said first, and the change is one undo."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from engine.messages import Message
from gui import dialogs
from gui.activities import Activity
from gui.desk import Desk
from gui.report.reporting import Reporting
from gui.words import number, say
from gui.workers import Task

if TYPE_CHECKING:
    from engine.exchange.formats.plan import Plan
    from engine.project.project import Project
    from engine.project.values import Edit

_MOST_DOUBTS = 200


class LabelsIn(QWidget):
    """Choose a file or a folder; see what it says; take it, or not."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__()
        self._desk, self._reporting = desk, reporting
        self._task: Task | None = None
        self._name = ""
        self.plan: Plan | None = None
        self.file = QPushButton(self.tr("From a file…"))
        self.file.clicked.connect(lambda: self._ask(dialogs.LABELS))
        self.folder = QPushButton(self.tr("From a folder…"))
        self.folder.clicked.connect(lambda: self._ask(dialogs.LABELS_FOLDER))
        self.said = QLabel(wordWrap=True)
        self.doubts = QPlainTextEdit(readOnly=True)
        self.doubts.setAccessibleName(self.tr("What is in doubt"))
        self.doubts.setTabChangesFocus(True)
        self.doubts.setFixedHeight(6 * desk.theme.space("wide"))
        self.take = QPushButton()
        self.take.setProperty("role", "primary")
        self.take.clicked.connect(self._apply)
        self.images = QPushButton(self.tr("Show these images"))
        self.images.clicked.connect(self._show_images)
        self.details = QPushButton(self.tr("Save the details…"))
        self.details.clicked.connect(self._save_details)
        self.away = QPushButton(self.tr("Change nothing"))
        self.away.clicked.connect(self._forget)
        desk.session.opened.connect(self._forget)
        desk.decisions.kept.connect(self._kept)
        self._compose()
        self.refresh()

    @property
    def running(self) -> bool:
        """Whether labels are being read."""
        return self._task is not None

    def refresh(self) -> None:
        """Offer what can be done now."""
        writable, plan = self._desk.decisions.writable, self.plan
        possible = writable and self._reporting.asked() is not None and not self.running
        for button in (self.file, self.folder):
            button.setEnabled(possible)
        for widget in (self.take, self.images, self.details, self.away):
            widget.setVisible(plan is not None)
        self.doubts.setVisible(
            plan is not None and bool(plan.doubts or plan.unknown or plan.missing)
        )
        if plan is not None:
            changes = number(len(plan.changes))
            self.take.setText(
                self.tr("Make {n:this|these} {n} {n:change|changes}").format(n=changes)
            )
            self.take.setEnabled(writable and bool(plan.changes))
            self.images.setEnabled(bool(plan.changes))

    def _ask(self, question: str) -> None:
        root = self._desk.session.root
        path = dialogs.ask(self, question, root.parent if root else None)
        asked = self._reporting.asked()
        if path is None or asked is None or self.running:
            return
        from gui.report import exchanging

        self._forget()
        self._name = path.name
        desk = self._desk
        task = desk.workers.start(exchanging.look_at, asked, path, desk.session.classes)
        self._task = desk.watch(task)
        task.done.connect(self._take)
        task.finished.connect(self._end)
        desk.activities.show(Activity(task, self.tr("Reading labels"), images=False))
        self.refresh()

    def _take(self, plan: "Plan") -> None:
        self.plan = plan
        nothing = plan.nothing_fits(self._name)
        self.said.setText(
            say(nothing)
            if nothing
            else say(
                Message(
                    "import.plan",
                    {
                        "changes": number(len(plan.changes)),
                        "same": number(plan.same),
                        "doubts": number(len(plan.doubts)),
                        "missing": number(len(plan.missing)),
                        "unknown": number(sum(plan.unknown.values())),
                        "silent": number(plan.silent),
                    },
                )
            )
        )
        lines = [f"{name}: {number(count)}" for name, count in plan.unknown.items()]
        lines += [
            f"{doubt.claim.path or doubt.claim.where}: {say(doubt.reason)}"
            for doubt in plan.doubts[:_MOST_DOUBTS]
        ]
        lines += [
            f"{claim.path or claim.where}: {say(Message('import.no_image'))}"
            for claim in plan.missing[:_MOST_DOUBTS]
        ]
        self.doubts.setPlainText("\n".join(lines))

    def _end(self) -> None:
        self._task = None
        self.refresh()
        if self.plan is not None:
            (self.take if self.take.isEnabled() else self.away).setFocus()

    def _apply(self) -> None:
        plan, name = self.plan, self._name
        if plan is None:
            return

        def apply(project: "Project", who: str) -> "Edit | None":
            return project.apply("import", plan.edits(), who=who, reason=name)

        self._desk.decisions.ask(apply)

    def _kept(self, edit: "Edit") -> None:
        if edit.action == "import" and self.plan is not None:
            self._forget()
            words = self.tr(
                "{n} {n:change was|changes were} made; undo takes {n:it back|them back as one}."
            )
            self.said.setText(words.format(n=number(len(edit.changes))))
            self.file.setFocus()

    def _show_images(self) -> None:
        if self.plan is not None:
            paths = list(dict.fromkeys(one.path for one in self.plan.changes))
            words = self.tr("Would be changed by {name}").format(name=self._name)
            self._desk.show_images(paths, words)

    def _save_details(self) -> None:
        root = self._desk.session.root
        start = root.with_name(f"{Path(self._name).stem}-details.csv") if root else None
        file = dialogs.ask(self, dialogs.SAVE_TABLE, start)
        if file is None or self.plan is None:
            return
        from engine.exchange.formats.details import details_output, write_details

        with self._desk.saving(file):
            write_details(details_output(file), self.plan)

    def _forget(self) -> None:
        self._desk.workers.drop(self._task)
        self._task = self.plan = None
        self.said.clear()
        self.refresh()

    def _compose(self) -> None:
        small = self._desk.theme.space("small")
        begin, answer = QHBoxLayout(), QHBoxLayout()
        for row, buttons in (
            (begin, (self.file, self.folder)),
            (answer, (self.take, self.images, self.details, self.away)),
        ):
            row.setSpacing(small)
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(small)
        rows.addLayout(begin)
        rows.addWidget(self.said)
        rows.addWidget(self.doubts)
        rows.addLayout(answer)
