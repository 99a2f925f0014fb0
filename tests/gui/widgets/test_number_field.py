"""Number field."""

from PySide6.QtWidgets import QApplication, QSpinBox

from gui.theme import Theme
from gui.widgets.number_field import NumberField


def test_text_keeps_its_distance_from_the_edge_and_fits(qtbot):
    theme = Theme(QApplication.instance())
    field, plain = NumberField(theme, minimum=1, maximum=1000), QSpinBox(minimum=1, maximum=1000)
    qtbot.addWidget(field)
    qtbot.addWidget(plain)
    margin = theme.space("small")
    assert field.lineEdit().textMargins().left() == margin
    assert field.sizeHint().width() == plain.sizeHint().width() + margin
    assert field.minimumSizeHint().width() == plain.minimumSizeHint().width() + margin
    assert (field.minimum(), field.maximum()) == (1, 1000)
