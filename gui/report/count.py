"""The differential count: what is counted, in which cells, and how far the model and the person agree."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from gui.desk import Desk
from gui.report import counts
from gui.report.page import ReportPage
from gui.report.reporting import Reporting
from gui.report.sideways import Sideways
from gui.report.table import ClassTable, Line
from gui.report.target import TargetChoice
from gui.running_on import RunningOn
from gui.words import decimal, number, percent


class CountPage(ReportPage):
    """The table, the images that are in no class of it, and the agreement."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(desk.theme)
        self._desk, self._reporting = desk, reporting
        self.target = TargetChoice(desk.theme)
        self.target.chosen.connect(reporting.set_target)
        self.cells = QPushButton(self.tr("Show the counted cells"))
        self.cells.clicked.connect(self._show_cells)
        self.summary = self.said()
        self.table = ClassTable(desk.theme, counts.head(), bars=counts.BARS)
        self.table.setAccessibleName(self.tr("Differential count"))
        self.table.opened.connect(self._open)
        wide = Sideways(self.table)
        self.table.reached.connect(wide.reveal)
        self.note = self.said()
        self.agreement = self.said("")
        self.apart: dict[str, QPushButton] = {}
        self._apart = RunningOn(desk.theme.space("small"))
        for name in ("not_classed", "removed", "unread", "unreviewed", "unidentified"):
            button = self.apart[name] = QPushButton()
            button.clicked.connect(partial(self._show_apart, name))
            self._apart.addWidget(button)
        choice = QHBoxLayout()
        choice.addWidget(self.target, 1)
        choice.addWidget(self.cells)
        self.add(self.heading(self.tr("Differential count"), "title"), self.summary)
        self.add(choice, wide, self.note)
        self._apart_head = self.heading(self.tr("In no class, or not sure"))
        self.add(self._apart_head, self._apart, apart=True)
        self.add(self.heading(self.tr("Model and person")), self.agreement, apart=True)
        self.end()

    def refresh(self) -> None:
        """Show the report that is there now."""
        report = self._reporting.report
        if report is None:
            return
        count = report.differential
        self.target.show_target(self._reporting.target)
        self.summary.setText(self._summary())
        self.table.show_lines(counts.lines(count, self._desk.session.looks))
        self.note.setText(
            self.tr(
                "The share is of the leukocytes, with its 95% Wilson interval; “model alone” is what the "
                "model counted in the same cells. Return on a line shows its images, Ctrl+C copies the table."
            )
        )
        self._show_counts()
        self.agreement.setText(self._agreement())

    def _summary(self) -> str:
        report = self._reporting.report
        assert report is not None
        count = report.differential
        if count.target is None:
            words = self.tr("{n} {n:leukocyte|leukocytes} in {seen} {seen:image|images}.")
        elif count.complete:
            words = self.tr(
                "{n} {n:leukocyte|leukocytes}, counted in the first {seen} {seen:image|images}."
            )
        else:
            words = self.tr(
                "Only {n} {n:leukocyte|leukocytes} of {target} in {seen:the|all} {seen} {seen:image|images}."
            )
        return words.format(
            n=number(count.leukocytes), seen=number(count.seen), target=number(count.target or 0)
        )

    def _show_counts(self) -> None:
        report = self._reporting.report
        assert report is not None
        count = report.differential
        shown = False
        for name, button in self.apart.items():
            n = getattr(count, name)
            button.setText(f"{self._called(name)}: {number(n)}")
            button.setVisible(n > 0)
            shown = shown or n > 0
        self._apart_head.setVisible(shown)

    def _called(self, name: str) -> str:
        return {
            "not_classed": self.tr("Not classed"),
            "removed": self.tr("Removed"),
            "unread": self.tr("Not read"),
            "unreviewed": self.tr("Nobody looked"),
            "unidentified": self.tr("Model unsure"),
        }[name]

    def _agreement(self) -> str:
        report = self._reporting.report
        assert report is not None
        found, together = report.agreement, report.together
        apart = ""
        if together.n:
            apart = self.tr(
                "{n} {n:image|images} more got {n:its class|their classes} together with others, and "
                "{n:counts|count} as no agreement; the model says the same of {agreed}."
            ).format(n=number(together.n), agreed=number(together.agreed))
        if not found.n or found.share is None:
            alone = self.tr("Nobody has confirmed or corrected an image on its own yet.")
            return f"{alone} {apart}".rstrip()
        low, high = found.interval
        text = self.tr(
            "They agree on {share} of the {n} {n:image|images} that a person decided one by one "
            "(95% interval {low} to {high})."
        ).format(
            share=percent(found.share), n=number(found.n), low=percent(low), high=percent(high)
        )
        said = ""
        if found.kappa is not None:
            said = self.tr("Cohen's kappa is {kappa}.").format(kappa=decimal(found.kappa, 3))
        return " ".join(filter(None, (text, said, apart)))

    def _show_cells(self) -> None:
        self._show(None, self.tr("Counted cells"))

    def _open(self, line: Line) -> None:
        if line.look is not None:
            self._show(line.look.id, self.tr("Counted: {name}").format(name=line.look.name))

    def _show(self, class_id: str | None, words: str) -> None:
        from gui.report.which import counted

        table, report = self._desk.session.table, self._reporting.report
        if table is None or report is None:
            return
        if paths := counted(table, report.differential, class_id):
            self._desk.show_images(paths, words)

    def _show_apart(self, name: str) -> None:
        from gui.report.which import seen

        table, report = self._desk.session.table, self._reporting.report
        if table is not None and report is not None:
            self._desk.show_images(seen(table, report.differential)[name], self._called(name))
