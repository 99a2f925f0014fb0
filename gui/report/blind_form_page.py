"""Blind form page: base of the pages from which a person starts, continues and ends blind labelling."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from gui.report.report_page import ReportPage
from gui.theme import Theme
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.number_field import NumberField

_MAX_NAME = 60


class BlindFormPage(ReportPage):
    """A form with a name, a number of images and a button, and below it what is unfinished."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.explanation = self.text_label()
        self.start = QPushButton()
        self.start.setProperty("role", "primary")
        self.start.clicked.connect(self._start)
        self.state = self.text_label("")
        """The progress of the unfinished labelling."""
        self.go_on = QPushButton()
        self.go_on.clicked.connect(self._continue)
        self.end = QPushButton()
        self.end.clicked.connect(self._end)

    def name_field(self, placeholder: str, title: str) -> QLineEdit:
        """Return a field for the name of a person; Enter starts."""
        field = QLineEdit(maxLength=_MAX_NAME)
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(title)
        # Wide enough for the placeholder and the padding.
        text_width = field.fontMetrics().horizontalAdvance(placeholder)
        field.setMinimumWidth(max(field.sizeHint().width(), text_width + self._theme.space("wide")))
        field.returnPressed.connect(self.start.click)
        return field

    def count_field(self, title: str, minimum: int, maximum: int, usual: int) -> NumberField:
        """Return a field for the number of images."""
        field = NumberField(self._theme, minimum=minimum, maximum=maximum, value=usual)
        field.setAccessibleName(title)
        return field

    def row(self, *widgets: QWidget) -> FlowLayout:
        """Return widgets side by side, at the left, in several lines where the page is narrow."""
        row = FlowLayout(self._theme.space("small"))
        for widget in widgets:
            row.addWidget(widget)
        return row

    def _start(self) -> None:
        raise NotImplementedError

    def _continue(self) -> None:
        raise NotImplementedError

    def _end(self) -> None:
        raise NotImplementedError


def entered_name(field: QLineEdit) -> str:
    """Return the name in a field, with single spaces."""
    return " ".join(field.text().split())
