"""Session form: specimen, operator, instrument, stain and custom fields, saved when a field loses focus."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from engine.exchange.report.field_counts import PLATELET_FACTOR
from engine.exchange.report.report_data import SESSION_FIELDS
from gui.deletion import delete_later
from gui.theme import Theme

_MAX_LENGTH = 200


class SessionForm(QWidget):
    """The standard fields of a session, and custom ones."""

    edited = Signal(object)
    """All non-empty fields, as a dictionary."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._saved: dict[str, str] = {}
        self.fields = {name: self._field() for name in SESSION_FIELDS}
        self._labels: dict[str, QLabel] = {}
        self.custom_fields: list[tuple[QLineEdit, QLineEdit, QToolButton]] = []
        self.add_button = QPushButton(self.tr("Add a field"))
        self.add_button.setProperty("role", "flat")
        self.add_button.clicked.connect(self._add)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("medium"))
        self._grid.setVerticalSpacing(theme.space("tight"))
        self._grid.setColumnMinimumWidth(0, 6 * theme.space("wide"))
        self._grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(self.fields.items()):
            label = self._labels[name] = QLabel(self._field_title(name))
            label.setBuddy(field)
            field.setAccessibleName(self._field_title(name))
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(field, row, 1)
        self._show_factor(False)
        self._place_add_button()
        theme.changed.connect(self._restyle)

    def show_session(
        self, session: dict[str, str], *, writable: bool, of_fields: bool = False
    ) -> None:
        """Show saved fields, unless a field is being edited; `of_fields`: the images are cells of fields."""
        self.setEnabled(writable)
        self._show_factor(of_fields or PLATELET_FACTOR in session)
        if session == self._saved:
            return
        if self.isAncestorOf(self.focusWidget() or self) and self._entered() != self._saved:
            return
        self._saved = dict(session)
        for name, field in self.fields.items():
            field.setText(session.get(name, ""))
        while self.custom_fields:
            self._remove(self.custom_fields[-1])
        for name, text in session.items():
            if name not in self.fields:
                self._add_custom_field(name, text)

    def _show_factor(self, shown: bool) -> None:
        for widget in (self._labels[PLATELET_FACTOR], self.fields[PLATELET_FACTOR]):
            widget.setVisible(shown)

    def _entered(self) -> dict[str, str]:
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        texts |= {
            name.text().strip(): text.text().strip()
            for name, text, _ in self.custom_fields
            if name.text().strip() not in texts
        }
        return {name: text for name, text in texts.items() if name and text}

    def _save(self) -> None:
        entered = self._entered()
        if entered != self._saved:
            self._saved = entered
            self.edited.emit(entered)

    def _add(self) -> None:
        self._add_custom_field("", "")[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_custom_field(self, name: str, text: str) -> tuple[QLineEdit, QLineEdit, QToolButton]:
        remove_button = QToolButton()
        remove_button.setProperty("role", "tool")
        remove_button.setAccessibleName(self.tr("Remove this field"))
        remove_button.setToolTip(remove_button.accessibleName())
        remove_button.setIconSize(self._theme.icon_size())
        field = self._field(), self._field(), remove_button
        field[0].setPlaceholderText(self.tr("Name of the field"))
        field[0].setAccessibleName(self.tr("Name of the field"))
        field[1].setAccessibleName(self.tr("Value of the field"))
        field[0].setText(name)
        field[1].setText(text)
        remove_button.clicked.connect(partial(self._remove_and_save, field))
        self.custom_fields.append(field)
        self._place_custom_fields()
        self._restyle()
        return field

    def _remove_and_save(self, field: tuple[QLineEdit, QLineEdit, QToolButton], *_: object) -> None:
        self._remove(field)
        self._save()

    def _remove(self, field: tuple[QLineEdit, QLineEdit, QToolButton]) -> None:
        self.custom_fields.remove(field)
        for widget in field:
            self._grid.removeWidget(widget)
            delete_later(widget)
        self._place_custom_fields()

    def _place_custom_fields(self) -> None:
        for row, field in enumerate(self.custom_fields, len(self.fields)):
            for column, widget in enumerate(field):
                self._grid.addWidget(widget, row, column)
        self._place_add_button()
        previous: QWidget = self.fields[SESSION_FIELDS[-1]]
        for field in self.custom_fields:
            for widget in field:
                QWidget.setTabOrder(previous, widget)
                previous = widget
        QWidget.setTabOrder(previous, self.add_button)

    def _place_add_button(self) -> None:
        row = len(self.fields) + len(self.custom_fields)
        self._grid.addWidget(self.add_button, row, 0, Qt.AlignmentFlag.AlignLeft)

    def _field(self) -> QLineEdit:
        field = QLineEdit(maxLength=_MAX_LENGTH)
        field.editingFinished.connect(self._save)
        return field

    def _field_title(self, name: str) -> str:
        return {
            "specimen": self.tr("Specimen or slide"),
            "operator": self.tr("Operator"),
            "instrument": self.tr("Instrument"),
            "stain": self.tr("Stain"),
            PLATELET_FACTOR: self.tr("Platelets per µL for one per field"),
        }[name]

    def _restyle(self) -> None:
        for *_, remove_button in self.custom_fields:
            remove_button.setIcon(self._theme.icon("x"))
