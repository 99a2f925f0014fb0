"""Second reading page: starting, continuing and ending second readings, and the agreement of readers."""

import secrets
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel

from engine.text import comparable_name
from gui.report.blind_form_page import BlindFormPage, entered_name
from gui.report.reader_agreement_view import ReaderAgreementView
from gui.report.reading_list import ReadingList
from gui.report.report_controller import ReportController
from gui.second_reading.reader_names import first_readers_text, started_text
from gui.second_reading.readings import SecondReadings
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.exchange.report.second_readings import SecondReading

_MAX_IMAGES = 1_000_000
_USUAL_IMAGES = 200


class SecondReadingPage(BlindFormPage):
    """The form for a new second reading, those there are, and how far the readers of the chosen one agree."""

    conflicts_requested = Signal(str)
    """The id of the reading whose conflicts are to be settled."""

    def __init__(
        self, context: WorkspaceContext, reporting: ReportController, readings: SecondReadings
    ) -> None:
        super().__init__(context.theme)
        self._context, self._reporting, self._readings = context, reporting, readings
        self.reader = self.name_field(
            self.tr("Name of the second reader"), self.tr("Second reader")
        )
        self.method = QComboBox()
        self.method.setAccessibleName(self.tr("Images to read again"))
        self.method.addItem(self.tr("all images"), "all")
        self.method.addItem(self.tr("a random share of each class"), "by_class")
        self.method.addItem(
            self.tr("the images of which the model is least certain"), "least_certain"
        )
        self.count = self.count_field(self.tr("Number of images"), 1, _MAX_IMAGES, _USUAL_IMAGES)
        self.start.setText(self.tr("Start reading"))
        self.end.setText(self.tr("End the reading"))
        self.explanation.setText(
            self.tr(
                "Another person labels images again that already have a label, in random order "
                "and blind: the first label, the model, names and folders are not on the screen. "
                "Their labels are kept apart from the first ones."
            )
        )
        self.own = self.text_label("warning")
        self.agreement = ReaderAgreementView(context)
        self.agreement.conflicts.clicked.connect(self._request_conflicts)
        self.list = ReadingList(context.theme, readings)
        self.list.chosen_changed.connect(self.refresh)
        self._compose()
        self.method.currentIndexChanged.connect(self.refresh)
        self.reader.textChanged.connect(self.refresh)
        readings.changed.connect(self.refresh)
        readings.started.connect(context.blind_reading_requested)

    def focus_form(self) -> None:
        """Move the focus to the name of the second reader, or to the button that goes on with a reading."""
        (self.reader if self.reader.isVisibleTo(self) else self.go_on).setFocus()

    def focus_results(self) -> None:
        """Move the focus to what comes next: to go on reading, the conflicts, the list, or the form."""
        if not self.go_on.isHidden() and not self.end.isHidden():
            self.go_on.setFocus()
        elif self.agreement.conflicts.isVisible():
            self.agreement.conflicts.setFocus()
        elif self.list.isVisible():
            self.list.table.setFocus()
        else:
            self.focus_form()

    def refresh(self, *_: object) -> None:
        """Show the rounds of the project and the agreement in the current report."""
        self._readings.refresh()
        keyboard = self.window().focusWidget()
        self.list.refresh(self._summaries())
        chosen = self.list.chosen
        is_running = any(not reading.ended for reading, _ in self._readings.rounds)
        is_chosen_running = chosen is not None and not chosen[0].ended
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
        self.own.setText(
            self.tr(
                "{who} has already labelled images here: the reading would say how far {who} "
                "agrees with their own labels."
            ).format(who=entered_name(self.reader))
        )
        self.own.setVisible(not is_running and self._is_first_reader())
        unread = self._unread_count()
        self.go_on.setVisible(is_chosen_running or unread > 0)
        self.go_on.setText(
            self.tr("Continue reading")
            if is_chosen_running
            else self.tr("Continue with {n} unread {n:image|images}").format(n=number(unread))
        )
        self.end.setVisible(is_chosen_running)
        self._show_chosen()
        # A reading was started, or ended, with a control that is gone now.
        if keyboard in (self.reader, self.method, self.count, self.start, self.go_on, self.end):
            assert keyboard is not None
            if keyboard.isHidden():
                self.focus_results()

    def _is_first_reader(self) -> bool:
        """True if the entered name is that of a person who labelled images here."""
        report, name = self._reporting.report, comparable_name(entered_name(self.reader))
        people = report.reviewers if report is not None else ()
        return name in {comparable_name(person.who) for person in people}

    def _show_chosen(self) -> None:
        from engine.project.reader_comparison import first_readers

        chosen = self.list.chosen
        if chosen is None:
            self.state.setText(self.tr("No second reading yet."))
            for widget in (self._agreement_heading, self.agreement):
                widget.hide()
            return
        reading, images = chosen
        template = (
            self.tr(
                "{who} has read {n} of {total} {total:image|images} again (started {when}); the "
                "reading has ended. First reading: {first}."
            )
            if reading.ended
            else self.tr(
                "{who} has read {n} of {total} {total:image|images} again so far (started {when}). "
                "First reading: {first}."
            )
        )
        done = sum(image.is_read for image in images)
        first = first_readers_text(first_readers(images))
        self.state.setText(
            template.format(
                who=reading.reader,
                n=number(done),
                total=number(len(images)),
                when=started_text(reading),
                first=first,
            )
        )
        summary = self._summaries().get(reading.id)
        # While it runs, nobody sees how far the readers agree.
        shown = summary is not None and reading.ended is not None
        self._agreement_heading.setVisible(shown)
        self.agreement.setVisible(shown)
        if shown and summary is not None:
            conflicts = sum(pair[0].id == reading.id for pair in self._readings.conflicts())
            self.agreement.show_agreement(summary.agreement, conflicts, first, reading.reader)

    def _summaries(self) -> "dict[str, SecondReading]":
        """Return the figures of ended readings by id."""
        report = self._reporting.report
        # A report from before the end would show the figures of fewer images.
        found = report.second_readings if report is not None else ()
        return {reading.id: reading for reading in found if reading.ended}

    def _request_conflicts(self) -> None:
        if self.list.chosen is not None:
            self.conflicts_requested.emit(self.list.chosen[0].id)

    def _start(self) -> None:
        name = entered_name(self.reader)
        if not self._readings.candidates():
            self.state.setText(
                self.tr("No image has a label yet: a second reading needs labelled images.")
            )
            return
        self._readings.start(
            name, self.method.currentData(), self.count.value(), secrets.randbelow(2**31)
        )

    def _continue(self) -> None:
        if self.list.chosen is None:
            return
        reading = self.list.chosen[0]
        if reading.ended:
            self._readings.resume(reading)
        else:
            self._context.blind_reading_requested.emit(reading)

    def _unread_count(self) -> int:
        """Return how many images of the chosen reading are in the folder and not read."""
        chosen, session = self.list.chosen, self._context.session
        if chosen is None:
            return 0
        return sum(not i.is_read and session.item(i.path) is not None for i in chosen[1])

    def _end(self) -> None:
        if self.list.chosen is not None:
            self._readings.end(self.list.chosen[0])

    def _compose(self) -> None:
        self._count_label = QLabel(self.tr("Number of images"))
        form = self.row(self.reader, self.method, self._count_label, self.count, self.start)
        self._agreement_heading = self.heading(self.tr("Agreement of the readers"))
        self.add(self.heading(self.tr("Second reading"), "title"), self.explanation, form, self.own)
        self.add(self.list, self.state, self.row(self.go_on, self.end))
        self.add(self._agreement_heading, self.agreement, gap_before=True)
        self.add_stretch()
        agreement = self.agreement
        order = (self.start, self.list.table, self.go_on, self.end, agreement.conflicts)
        for before, after in pairwise((*order, agreement.table)):
            self.setTabOrder(before, after)
