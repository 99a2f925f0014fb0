"""The session: which specimen, who, with what; kept in the project as soon as a field is left."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from engine.exchange.report.model import SESSION_FIELDS
from gui.theme import Theme

_LONGEST = 200


class SessionForm(QWidget):
    """The fields of every session, and those that a person added."""

    edited = Signal(object)
    """All fields that are not empty, as a dictionary."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._kept: dict[str, str] = {}
        self.fields = {name: self._field() for name in SESSION_FIELDS}
        self.own: list[tuple[QLineEdit, QLineEdit, QToolButton]] = []
        self.more = QPushButton(self.tr("Add a field"))
        self.more.setProperty("role", "flat")
        self.more.clicked.connect(self._add)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("medium"))
        self._grid.setVerticalSpacing(theme.space("tight"))
        self._grid.setColumnMinimumWidth(0, 6 * theme.space("wide"))
        self._grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(self.fields.items()):
            label = QLabel(self._called(name))
            label.setBuddy(field)
            field.setAccessibleName(self._called(name))
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(field, row, 1)
        self._place_more()
        theme.changed.connect(self._restyle)

    def show_session(self, session: dict[str, str], *, writable: bool) -> None:
        """Show what is kept, unless a person is writing."""
        self.setEnabled(writable)
        if session == self._kept:
            return
        if self.isAncestorOf(self.focusWidget() or self) and self._said() != self._kept:
            return
        self._kept = dict(session)
        for name, field in self.fields.items():
            field.setText(session.get(name, ""))
        while self.own:
            self._take_away(self.own[-1])
        for name, text in session.items():
            if name not in self.fields:
                self._add_own(name, text)

    def _said(self) -> dict[str, str]:
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        texts |= {
            name.text().strip(): text.text().strip()
            for name, text, _ in self.own
            if name.text().strip() not in texts
        }
        return {name: text for name, text in texts.items() if name and text}

    def _keep(self) -> None:
        said = self._said()
        if said != self._kept:
            self._kept = said
            self.edited.emit(said)

    def _add(self) -> None:
        self._add_own("", "")[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_own(self, name: str, text: str) -> tuple[QLineEdit, QLineEdit, QToolButton]:
        away = QToolButton()
        away.setProperty("role", "tool")
        away.setAccessibleName(self.tr("Take this field away"))
        away.setToolTip(away.accessibleName())
        away.setIconSize(self._theme.icon_size())
        made = self._field(), self._field(), away
        made[0].setPlaceholderText(self.tr("Name of the field"))
        made[0].setAccessibleName(self.tr("Name of the field"))
        made[1].setAccessibleName(self.tr("What it says"))
        made[0].setText(name)
        made[1].setText(text)
        away.clicked.connect(partial(self._drop, made))
        self.own.append(made)
        self._place_own()
        self._restyle()
        return made

    def _drop(self, field: tuple[QLineEdit, QLineEdit, QToolButton], *_: object) -> None:
        self._take_away(field)
        self._keep()

    def _take_away(self, field: tuple[QLineEdit, QLineEdit, QToolButton]) -> None:
        self.own.remove(field)
        for widget in field:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._place_own()

    def _place_own(self) -> None:
        for row, field in enumerate(self.own, len(self.fields)):
            for column, widget in enumerate(field):
                self._grid.addWidget(widget, row, column)
        self._place_more()
        before: QWidget = self.fields[SESSION_FIELDS[-1]]
        for field in self.own:
            for widget in field:
                QWidget.setTabOrder(before, widget)
                before = widget
        QWidget.setTabOrder(before, self.more)

    def _place_more(self) -> None:
        row = len(self.fields) + len(self.own)
        self._grid.addWidget(self.more, row, 0, Qt.AlignmentFlag.AlignLeft)

    def _field(self) -> QLineEdit:
        field = QLineEdit(maxLength=_LONGEST)
        field.editingFinished.connect(self._keep)
        return field

    def _called(self, name: str) -> str:
        return {
            "specimen": self.tr("Specimen or slide"),
            "operator": self.tr("Operator"),
            "instrument": self.tr("Instrument"),
            "stain": self.tr("Stain"),
        }[name]

    def _restyle(self) -> None:
        for *_, away in self.own:
            away.setIcon(self._theme.icon("x"))
