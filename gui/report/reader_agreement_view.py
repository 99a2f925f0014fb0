"""View of the agreement of two readers: overall, by class, and what they confused."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.report.class_table import ClassTable, TableRow
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.words import decimal, number, percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.evaluate.agreement import ReaderAgreement


class ReaderAgreementView(QWidget):
    """A sentence, a button for the conflicts, a table with a row for each class, and the confused classes."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self.summary = QLabel(wordWrap=True)
        self.conflicts = QPushButton()
        self.table = ClassTable(context.theme, self._titles())
        self.table.setAccessibleName(self.tr("Agreement by class"))
        self.confusion = QLabel(wordWrap=True)
        self.confusion.setProperty("role", "muted")
        self._compose()

    def show_agreement(
        self, agreement: "ReaderAgreement", conflicts: int, first: str, second: str
    ) -> None:
        """Show the agreement of two readers, by name, and how many conflicts nobody has settled."""
        self.conflicts.setText(
            self.tr("Settle {n} {n:conflict|conflicts}").format(n=number(conflicts))
        )
        self.conflicts.setVisible(conflicts > 0)
        overall = agreement.overall
        if overall.share is None:
            self.summary.setText(self.tr("No image was read a second time."))
        else:
            low, high = overall.interval
            text = self.tr(
                "The first reading ({first}) and the second ({second}) agree on {share} of {n} "
                "{n:image|images} (95% interval {low} to {high})."
            ).format(
                first=first,
                second=second,
                share=percent(overall.share),
                n=number(overall.n),
                low=percent(low),
                high=percent(high),
            )
            if overall.kappa is not None and overall.kappa_interval is not None:
                low, high = overall.kappa_interval
                text += " " + self.tr(
                    "Cohen's kappa is {kappa} (95% interval {low} to {high})."
                ).format(
                    kappa=decimal(overall.kappa, 3), low=decimal(low, 3), high=decimal(high, 3)
                )
            self.summary.setText(text)
        styles = self._context.session.class_styles
        self.table.show_rows(
            [
                TableRow(
                    None if row.class_id == NOT_CLASSED else styles.find(row.class_id),
                    (
                        self._name(row.class_id),
                        number(row.first),
                        number(row.second),
                        number(row.both),
                        percent(row.share),
                        "" if row.kappa is None else decimal(row.kappa, 3),
                    ),
                    is_total=False,
                )
                for row in agreement.classes
            ],
            self._titles(first, second),
        )
        self.confusion.setText(self._confusion_text(agreement, first, second))

    def _titles(self, first: str = "", second: str = "") -> tuple[str, ...]:
        return (
            self.tr("Class"),
            self._column_title(self.tr("first: {who}"), first),
            self._column_title(self.tr("second: {who}"), second),
            self.tr("both"),
            self.tr("agreement"),
            self.tr("kappa"),
        )

    def _column_title(self, template: str, who: str) -> str:
        # The sentence above has the name in full.
        width = 6 * self._context.theme.space("wide")
        name = self.fontMetrics().elidedText(who, Qt.TextElideMode.ElideRight, width)
        return template.format(who=name)

    def _confusion_text(self, agreement: "ReaderAgreement", who_first: str, who_second: str) -> str:
        names = [self._name(row.class_id) for row in agreement.classes]
        cells = [
            (count, first, second)
            for first, counts in zip(names, agreement.confusion, strict=True)
            for second, count in zip(names, counts, strict=True)
            if count and first != second
        ]
        lines = [
            self.tr("{first} → {second}: {n}").format(first=first, second=second, n=number(count))
            for count, first, second in sorted(cells, key=lambda cell: (-cell[0], cell[1:]))
        ]
        title = self.tr("Confused ({first} → {second}):").format(first=who_first, second=who_second)
        return "\n".join([title, *lines]) if lines else ""

    def _name(self, class_id: str) -> str:
        if class_id == NOT_CLASSED:
            return self.tr("Not classed")
        return self._context.session.class_styles.find(class_id).name

    def _compose(self) -> None:
        table_area = HorizontalScrollArea(self.table)
        self.table.reached.connect(table_area.reveal)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._context.theme.space("small"))
        rows.addWidget(self.summary)
        rows.addWidget(self.conflicts, alignment=Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(table_area)
        rows.addWidget(self.confusion)
