"""Switch and opacity of the heat over the image."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from gui.inspector.heat import Heat
from gui.session import Session
from gui.theme import Theme


class HeatControls(QWidget):
    """Switch and opacity of the heat, and in words whose heat it is."""

    def __init__(self, session: Session, heat: Heat, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._heat = heat
        self._theme = theme
        self.switch = QToolButton(checkable=True, checked=heat.on)
        self.switch.setText(self.tr("Grad-CAM"))
        self.switch.setToolTip(self.tr("Show where the image speaks for a class (G)"))
        self.switch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.switch.setIconSize(theme.icon_size())
        self.switch.toggled.connect(heat.switch)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(5, 100)
        self.slider.setValue(round(heat.opacity * 100))
        self.slider.setAccessibleName(self.tr("Opacity of the Grad-CAM"))
        self.slider.setToolTip(self.slider.accessibleName())
        self.slider.valueChanged.connect(self._slide)
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setFont(theme.font("small"))
        self.words.setWordWrap(True)
        # Two lines, always: the bars below must not jump when the pointer moves over them.
        self.words.setFixedHeight(2 * self.words.fontMetrics().lineSpacing())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(theme.space("medium"))
        row.addWidget(self.switch)
        row.addWidget(self.slider, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addLayout(row)
        rows.addWidget(self.words)
        heat.changed.connect(self._refresh)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._refresh()

    def _slide(self, value: int) -> None:
        self._heat.set_opacity(value / 100)

    def _restyle(self) -> None:
        self.switch.setIcon(self._theme.icon("flame"))

    def _refresh(self) -> None:
        heat = self._heat
        if self.switch.isChecked() != heat.on:
            self.switch.setChecked(heat.on)
        self.slider.setEnabled(heat.on)
        if heat.class_id is None:
            self.words.setText("")
            return
        name = self._session.looks.find(heat.class_id).name
        if heat.empty:
            text = self.tr("Nothing in this image speaks for {name}: its map is zero everywhere.")
        elif heat.on:
            text = self.tr("Yellow is what speaks most for {name}.")
        else:
            text = ""
        self.words.setText(text.format(name=name))
