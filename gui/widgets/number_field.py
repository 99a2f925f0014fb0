"""Number field: a spin box whose text is as far from its edge as that of other fields."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSpinBox

from gui.theme import Theme


class NumberField(QSpinBox):
    """A spin box; `properties` are Qt's, such as `minimum` and `value`."""

    def __init__(self, theme: Theme, **properties: Any) -> None:
        super().__init__(**properties)
        # Style sheets do not reach the line edit in a spin box.
        self._margin = theme.space("small")
        self.lineEdit().setTextMargins(self._margin, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._margin, 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(self._margin, 0)
