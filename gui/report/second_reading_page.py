"""Second reading page: starting, continuing and ending second readings, and the agreement of readers."""

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox

from engine.project.decisions import NOT_CLASSED
from gui.report.class_table import ClassTable, TableRow
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.second_reading.readings import SecondReadings
from gui.words import decimal, number, percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.exchange.report.second_readings import SecondReading

_MAX_NAME = 60
_MAX_IMAGES = 1_000_000


class SecondReadingPage(ReportPage):
    """The form for a new second reading, the last one, and how far its readers agree."""

    conflicts_requested = Signal()

    def __init__(
        self, context: WorkspaceContext, reporting: ReportController, readings: SecondReadings
    ) -> None:
        super().__init__(context.theme)
        self._context, self._reporting, self._readings = context, reporting, readings
        self.reader = QLineEdit(maxLength=_MAX_NAME)
        self.reader.setPlaceholderText(self.tr("Name of the second reader"))
        self.reader.setAccessibleName(self.tr("Second reader"))
        self.method = QComboBox()
        self.method.setAccessibleName(self.tr("Images to read again"))
        self.method.addItem(self.tr("all images"), "all")
        self.method.addItem(self.tr("a random share of each class"), "by_class")
        self.method.addItem(self.tr("the images of which the model is least certain"), "doubtful")
        self.count = QSpinBox(minimum=1, maximum=_MAX_IMAGES, value=200)
        self.count.setAccessibleName(self.tr("Number of images"))
        self.start = QPushButton(self.tr("Start reading"))
        self.start.setProperty("role", "primary")
        self.start.clicked.connect(self._start)
        self.explanation = self.text_label()
        self.explanation.setText(
            self.tr(
                "Another person labels images again that already have a label, in random order "
                "and blind: the first label, the model, names and folders are not on the screen. "
                "Their labels are kept apart from the first ones."
            )
        )
        self.state = self.text_label("")
        self.go_on = QPushButton(self.tr("Continue reading"))
        self.go_on.clicked.connect(self._continue)
        self.end = QPushButton(self.tr("End the reading"))
        self.end.clicked.connect(self._end)
        self.conflicts = QPushButton(self.tr("Settle the conflicts"))
        self.conflicts.clicked.connect(self.conflicts_requested)
        self.agreement = self.text_label("")
        self.table = ClassTable(
            context.theme,
            (
                self.tr("Class"),
                self.tr("first"),
                self.tr("second"),
                self.tr("both"),
                self.tr("agreement"),
                self.tr("kappa"),
            ),
        )
        self.table.setAccessibleName(self.tr("Agreement by class"))
        self.confusion = self.text_label()
        self._compose()
        self.method.currentIndexChanged.connect(self.refresh)
        self.reader.textChanged.connect(self.refresh)
        self.reader.returnPressed.connect(self.start.click)
        readings.changed.connect(self.refresh)
        readings.started.connect(context.blind_reading_requested)

    def focus_form(self) -> None:
        """Move the focus to the name of the second reader, or to the button that goes on with a reading."""
        (self.reader if self.reader.isVisibleTo(self) else self.go_on).setFocus()

    def refresh(self, *_: object) -> None:
        """Show the rounds of the project and the agreement in the current report."""
        self._readings.refresh()
        is_running = bool(self._readings.rounds) and not self._readings.rounds[0][0].ended
        for widget in (self.reader, self.method, self.count, self._count_label, self.start):
            widget.setVisible(not is_running)
        is_share = self.method.currentData() != "all"
        self.count.setVisible(is_share and not is_running)
        self._count_label.setVisible(is_share and not is_running)
        refusal = self._context.decisions.refusal_text
        for widget in (self.reader, self.method, self.count, self.go_on, self.end):
            widget.setEnabled(not refusal)
            widget.setToolTip(refusal)
        self.start.setEnabled(bool(self.reader.text().strip()) and not refusal)
        self.start.setToolTip(refusal)
        unread = self._unread_count()
        self.go_on.setVisible(is_running or unread > 0)
        self.go_on.setText(
            self.tr("Continue reading")
            if is_running
            else self.tr("Continue with {n} unread {n:image|images}").format(n=number(unread))
        )
        self.end.setVisible(is_running)
        self._show_last()

    def _show_last(self) -> None:
        rounds = self._readings.rounds
        if not rounds:
            self.state.setText(self.tr("No second reading yet."))
        else:
            reading, images = rounds[0]
            template = (
                self.tr(
                    "{who} has read {n} of {total} {total:image|images}; the reading has ended."
                )
                if reading.ended
                else self.tr("{who} has read {n} of {total} {total:image|images} so far.")
            )
            done = sum(image.is_read for image in images)
            self.state.setText(
                template.format(who=reading.reader, n=number(done), total=number(len(images)))
            )
        summary = self._summary()
        # While it runs, nobody sees how far the readers agree.
        shown = summary is not None and bool(rounds) and rounds[0][0].ended is not None
        for widget in (self._agreement_heading, self.agreement, self._table_area, self.confusion):
            widget.setVisible(shown)
        conflicts = len(self._readings.conflicts())
        self.conflicts.setText(
            self.tr("Settle {n} {n:conflict|conflicts}").format(n=number(conflicts))
        )
        self.conflicts.setVisible(shown and conflicts > 0)
        if shown and summary is not None:
            self._show_agreement(summary)

    def _summary(self) -> "SecondReading | None":
        report, rounds = self._reporting.report, self._readings.rounds
        if report is None or not rounds:
            return None
        # A report from before the end would show the figures of fewer images.
        found = (r for r in report.second_readings if r.id == rounds[0][0].id and r.ended)
        return next(found, None)

    def _show_agreement(self, summary: "SecondReading") -> None:
        overall = summary.agreement.overall
        if overall.share is None:
            self.agreement.setText(self.tr("No image was read a second time."))
        else:
            low, high = overall.interval
            text = self.tr(
                "The readers agree on {share} of {n} {n:image|images} (95% interval {low} to {high})."
            ).format(
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
            self.agreement.setText(text)
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
                )
                for row in summary.agreement.classes
            ]
        )
        self.confusion.setText(self._confusion(summary))

    def _confusion(self, summary: "SecondReading") -> str:
        names = [self._name(row.class_id) for row in summary.agreement.classes]
        cells = [
            (count, first, second)
            for first, counts in zip(names, summary.agreement.confusion, strict=True)
            for second, count in zip(names, counts, strict=True)
            if count and first != second
        ]
        lines = [
            self.tr("{first} → {second}: {n}").format(first=first, second=second, n=number(count))
            for count, first, second in sorted(cells, key=lambda cell: (-cell[0], cell[1:]))
        ]
        title = self.tr("Confused (first → second reading):")
        return "\n".join([title, *lines]) if lines else ""

    def _name(self, class_id: str) -> str:
        if class_id == NOT_CLASSED:
            return self.tr("Not classed")
        return self._context.session.class_styles.find(class_id).name

    def _start(self) -> None:
        name = " ".join(self.reader.text().split())
        if not self._readings.candidates():
            self.state.setText(
                self.tr("No image has a label yet: a second reading needs labelled images.")
            )
            return
        self._readings.start(
            name, self.method.currentData(), self.count.value(), secrets.randbelow(2**31)
        )

    def _continue(self) -> None:
        if not self._readings.rounds:
            return
        reading = self._readings.rounds[0][0]
        if reading.ended:
            self._readings.resume(reading)
        else:
            self._context.blind_reading_requested.emit(reading)

    def _unread_count(self) -> int:
        """Return how many images of the last round are in the folder and not read."""
        rounds, session = self._readings.rounds, self._context.session
        if not rounds:
            return 0
        return sum(not i.is_read and session.item(i.path) is not None for i in rounds[0][1])

    def _end(self) -> None:
        if self._readings.rounds:
            self._readings.end(self._readings.rounds[0][0])

    def _compose(self) -> None:
        self._count_label = QLabel(self.tr("Number of images"))
        form = QHBoxLayout()
        for widget in (self.reader, self.method, self._count_label, self.count, self.start):
            form.addWidget(widget)
        form.addStretch()
        buttons = QHBoxLayout()
        for button in (self.go_on, self.end):
            buttons.addWidget(button)
        buttons.addStretch()
        settle = QHBoxLayout()
        settle.addWidget(self.conflicts)
        settle.addStretch()
        self._agreement_heading = self.heading(self.tr("Agreement of the readers"))
        self._table_area = HorizontalScrollArea(self.table)
        self.table.reached.connect(self._table_area.reveal)
        self.add(self.heading(self.tr("Second reading"), "title"), self.explanation, form)
        self.add(self.state, buttons)
        self.add(self._agreement_heading, self.agreement, settle, gap_before=True)
        self.add(self._table_area, self.confusion)
        self.add_stretch()
