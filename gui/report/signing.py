"""What must be clean before the count is signed, and the sign-off itself."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton

from engine.exchange.report.model import Check, SignOff
from engine.messages import Message
from gui.desk import Desk
from gui.report.page import ReportPage
from gui.report.reporting import Reporting
from gui.report.session_form import SessionForm
from gui.signed import void_words
from gui.words import moment, number, say

_LONGEST = 300
_LEFT = Qt.AlignmentFlag.AlignLeft


class SigningPage(ReportPage):
    """The session, the check list, and who signed."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(desk.theme)
        self._desk, self._reporting = desk, reporting
        theme = desk.theme
        self.session = SessionForm(theme)
        self.session.edited.connect(reporting.keep_session)
        self._checks = QGridLayout()
        self._checks.setHorizontalSpacing(theme.space("medium"))
        self._checks.setVerticalSpacing(theme.space("tight"))
        self._checks.setColumnStretch(3, 1)
        self.show_buttons: dict[str, QPushButton] = {}
        self.standing = self.said("")
        self.note = QLineEdit(maxLength=_LONGEST)
        self.note.setPlaceholderText(self.tr("A note, if there is something to say"))
        self.note.setAccessibleName(self.tr("Note of the sign-off"))
        self.note.returnPressed.connect(self._sign)
        self.sign = QPushButton(self.tr("Sign off"))
        self.sign.setProperty("role", "primary")
        self.sign.clicked.connect(self._sign)
        self.back = QPushButton(self.tr("Take the sign-off back"))
        self.back.clicked.connect(reporting.take_back)
        row = QHBoxLayout()
        row.setSpacing(theme.space("small"))
        row.addWidget(self.note, 1)
        row.addWidget(self.sign)
        row.addWidget(self.back)
        about = self.said()
        about.setText(
            self.tr(
                "It is kept in the project and printed on the report. Names of patients do not belong here."
            )
        )
        self.add(self.heading(self.tr("Session"), "title"), about, self.session)
        self.add(self.heading(self.tr("Before signing"), "title"), apart=True)
        self.add(self._checks)
        self.add(self.heading(self.tr("Sign-off"), "title"), self.standing, row, apart=True)
        self.end()

    def refresh(self) -> None:
        """Show the report that is there now."""
        drawn = self._reporting.drawn
        if drawn is None:
            return
        writable = self._desk.decisions.writable
        # What is of the past must not take the place of what a person has just written.
        if not self._reporting.stale:
            self.session.show_session(drawn.session, writable=writable)
        self._show_checks(drawn.report.checks)
        clean = all(one.clean for one in drawn.report.checks)
        signed = drawn.report.sign_off
        self.standing.setText(self._standing(signed, clean=clean))
        void = signed is not None and not signed.valid
        self.standing.setProperty("role", "warning" if void else "")
        self.standing.style().polish(self.standing)
        valid = signed is not None and signed.valid
        self.note.setVisible(not valid)
        self.sign.setVisible(not valid)
        self.sign.setEnabled(clean and writable and not self._reporting.stale)
        self.note.setEnabled(clean and writable)
        self.back.setVisible(signed is not None)
        self.back.setEnabled(writable)

    def _show_checks(self, checks: tuple[Check, ...]) -> None:
        while (item := self._checks.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.show_buttons.clear()
        theme = self._desk.theme
        for row, check in enumerate(checks):
            mark = QLabel()
            icon = theme.icon("check" if check.clean else "triangle-alert")
            mark.setPixmap(icon.pixmap(theme.icon_size()))
            words = QLabel(say(Message(f"report.{check.id}")))
            left = QLabel("" if check.clean else self._left(check))
            left.setProperty("role", "warning")
            for column, widget in enumerate((mark, words, left)):
                self._checks.addWidget(widget, row, column)
            if not check.clean and check.id != "check_target":
                button = self.show_buttons[check.id] = QPushButton(self.tr("Show"))
                button.setAccessibleName(f"{button.text()}: {words.text()}")
                button.clicked.connect(partial(self._show, check.id, words.text()))
                self._checks.addWidget(button, row, 3)
                self._checks.setAlignment(button, _LEFT)

    def _left(self, check: Check) -> str:
        if check.id == "check_target":
            return self.tr("{n} {n:cell|cells} too few").format(n=number(check.count))
        return self.tr("{n} {n:image|images} left").format(n=number(check.count))

    def _standing(self, signed: SignOff | None, *, clean: bool) -> str:
        if signed is None:
            if clean:
                return self.tr("Nobody has signed yet.")
            return self.tr("It can be signed once the list above is clean.")
        at = datetime.fromisoformat(signed.at)
        now = datetime.now().astimezone()
        words = self.tr("Signed by {who}, {at}.").format(who=signed.who, at=moment(at, now))
        note = f" “{signed.note}”" if signed.note else ""
        return (void_words(signed) or words) + note

    def _sign(self) -> None:
        if self.sign.isEnabled():
            self._reporting.sign(self.note.text().strip())
            self.note.clear()

    def _show(self, check: str, words: str, *_: object) -> None:
        from gui.report.which import failing

        table, report = self._desk.session.table, self._reporting.report
        if table is not None and report is not None:
            self._desk.show_images(failing(table, report.differential, check), words)
