"""Sign-off page: session fields, check list and sign-off of the count."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton

from engine.exchange.report.report_data import SignOff, SignOffCheck
from engine.messages import Message, Param
from gui.deletion import clear_layout
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.report.session_form import SessionForm
from gui.state.sign_off import void_sign_off_text
from gui.words import moment, number, to_sentence
from gui.workspace.context import WorkspaceContext

_MAX_NOTE_LENGTH = 300
_LEFT = Qt.AlignmentFlag.AlignLeft


class SignOffPage(ReportPage):
    """Session form, check list, and buttons to sign off or revoke."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__(context.theme)
        self._context, self._reporting = context, reporting
        theme = context.theme
        self.session = SessionForm(theme)
        self.session.edited.connect(reporting.save_session)
        self._checks_grid = QGridLayout()
        self._checks_grid.setHorizontalSpacing(theme.space("medium"))
        self._checks_grid.setVerticalSpacing(theme.space("tight"))
        self._checks_grid.setColumnStretch(3, 1)
        self.show_buttons: dict[str, QPushButton] = {}
        self.decided = self.text_label("")
        self.status = self.text_label("")
        self.signing = self.text_label("")
        self.conflicts = self.text_label("warning")
        self.refusal = self.text_label("")
        self.refusal.hide()
        self.note = QLineEdit(maxLength=_MAX_NOTE_LENGTH)
        self.note.setPlaceholderText(self.tr("A note (optional)"))
        self.note.setAccessibleName(self.tr("Sign-off note"))
        self.note.returnPressed.connect(self._sign)
        self.sign = QPushButton(self.tr("Sign off"))
        self.sign.setProperty("role", "primary")
        self.sign.setEnabled(False)  # until there is a report to sign
        self.sign.clicked.connect(self._sign)
        self.revoke = QPushButton(self.tr("Withdraw the sign-off"))
        self.revoke.clicked.connect(reporting.revoke_sign_off)
        row = QHBoxLayout()
        row.setSpacing(theme.space("small"))
        row.addWidget(self.note, 1)
        row.addWidget(self.sign)
        row.addWidget(self.revoke)
        about = self.text_label()
        about.setText(
            self.tr("Stored in the project and printed on the report. Do not enter patient names.")
        )
        context.decisions.reviewer_changed.connect(self.refresh)
        self.add(self.heading(self.tr("Session"), "title"), about, self.refusal, self.session)
        self.add(self.heading(self.tr("Before signing"), "title"), gap_before=True)
        self.add(self._checks_grid, self.decided)
        self.add(self.heading(self.tr("Sign-off"), "title"), self.status, gap_before=True)
        self.add(self.conflicts, self.signing, row)
        self.add_stretch()

    def refresh(self) -> None:
        """Show the current report."""
        draft = self._reporting.draft
        if draft is None:
            return
        writable = self._context.decisions.writable
        # A stale report must not overwrite fields that were just edited.
        if not self._reporting.is_stale:
            self.session.show_session(
                draft.session,
                writable=writable,
                of_fields=self._context.session.holds_fields,
            )
        self._show_checks(draft.report.checks)
        decided = draft.report.decided
        numbers: dict[str, Param] = {
            "single": number(decided.one_by_one),
            "bulk": number(decided.in_bulk),
        }
        self.decided.setText(to_sentence(Message("report.decided", numbers)))
        self.decided.setVisible(decided.one_by_one + decided.in_bulk > 0)
        is_clean = all(check.clean for check in draft.report.checks)
        sign_off = draft.report.sign_off
        self.status.setText(self._status_text(sign_off, clean=is_clean))
        is_void = sign_off is not None and not sign_off.valid
        self.status.setProperty("role", "warning" if is_void else "")
        self.status.style().polish(self.status)
        is_valid = sign_off is not None and sign_off.valid
        self.note.setVisible(not is_valid)
        self.sign.setVisible(not is_valid)
        self.signing.setVisible(is_clean and writable and not is_valid)
        self.signing.setText(self._signing_text())
        conflicts = self._conflicts_text()
        self.conflicts.setText(conflicts)
        self.conflicts.setVisible(bool(conflicts) and writable and not is_valid)
        can_sign = not (self._reporting.is_stale or self._reporting.is_checking)
        self.sign.setEnabled(is_clean and writable and can_sign)
        self.note.setEnabled(is_clean and writable)
        refusal = self._context.decisions.refusal_text
        for widget in (self.session, self.sign, self.note, self.revoke):
            widget.setToolTip(refusal)
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))
        self.revoke.setVisible(sign_off is not None)
        self.revoke.setEnabled(writable)

    def _signing_text(self) -> str:
        """Return what a click signs, and how it is taken back."""
        report = self._reporting.report
        assert report is not None
        count, decided = report.differential, report.decided
        text = self.tr(
            "You sign as {who}: {cells} counted {cells:cell|cells}, {single} decided one by one and "
            "{bulk} in bulk. Undo takes the sign-off back."
        )
        return text.format(
            who=self._context.decisions.reviewer
            or self.tr("the reviewer, whose name is asked first"),
            cells=number(len(count.cells)),
            single=number(decided.one_by_one),
            bulk=number(decided.in_bulk),
        )

    def _conflicts_text(self) -> str:
        """Return what readers and merged projects disagree on, empty if nothing: it may still be signed."""
        report = self._reporting.report
        assert report is not None
        readers, merges = report.reader_conflicts, report.merge_conflicts
        if not readers + merges:
            return ""
        return self.tr(
            "Not settled: {readers} {readers:conflict|conflicts} between readers, {merges} between "
            "merged projects; signing now signs the labels that hold."
        ).format(readers=number(readers), merges=number(merges))

    def _show_checks(self, checks: tuple[SignOffCheck, ...]) -> None:
        clear_layout(self._checks_grid)
        self.show_buttons.clear()
        theme = self._context.theme
        for row, check in enumerate(checks):
            icon_label = QLabel()
            icon = theme.icon("check" if check.clean else "triangle-alert")
            icon_label.setPixmap(icon.pixmap(theme.icon_size()))
            title = QLabel(to_sentence(Message(f"report.{check.id}")))
            remaining = QLabel("" if check.clean else self._remaining_text(check))
            remaining.setProperty("role", "warning")
            for column, widget in enumerate((icon_label, title, remaining)):
                self._checks_grid.addWidget(widget, row, column)
            if not check.clean and check.id != "check_target":
                button = self.show_buttons[check.id] = QPushButton(self.tr("Show"))
                button.setAccessibleName(f"{button.text()}: {title.text()}")
                button.clicked.connect(partial(self._show, check.id, title.text()))
                self._checks_grid.addWidget(button, row, 3)
                self._checks_grid.setAlignment(button, _LEFT)

    def _remaining_text(self, check: SignOffCheck) -> str:
        if check.id == "check_target":
            return self.tr("{n} {n:cell|cells} too few").format(n=number(check.count))
        return self.tr("{n} {n:image|images} left").format(n=number(check.count))

    def _status_text(self, sign_off: SignOff | None, *, clean: bool) -> str:
        if sign_off is None:
            if clean:
                return self.tr("Not signed yet.")
            return self.tr("You can sign once the list above is complete.")
        signed_at = datetime.fromisoformat(sign_off.at)
        now = datetime.now().astimezone()
        text = self.tr("Signed by {who}, {at}.").format(who=sign_off.who, at=moment(signed_at, now))
        note = f" “{sign_off.note}”" if sign_off.note else ""
        return (void_sign_off_text(sign_off) or text) + note

    def _sign(self) -> None:
        if self.sign.isEnabled():
            self._reporting.sign(self.note.text().strip())
            self.note.clear()

    def _show(self, check: str, title: str, *_: object) -> None:
        from gui.report.image_selection import images_failing

        table, report = self._context.session.table, self._reporting.report
        if table is not None and report is not None:
            self._context.show_images(images_failing(table, report.differential, check), title)
