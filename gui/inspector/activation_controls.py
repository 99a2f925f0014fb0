"""Activation-map controls: on/off switch and opacity."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from gui.inspector.activation_overlay import ActivationOverlay
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.click_focus import leave_keyboard_on_click


class ActivationControls(QWidget):
    """Switch and opacity of the activation map, and a line that names its class."""

    def __init__(self, session: Session, heat: ActivationOverlay, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._heat = heat
        self._theme = theme
        self.switch = QToolButton()
        self.switch.setCheckable(True)
        self.switch.setChecked(heat.is_on)
        self.switch.setText(self.tr("Grad-CAM"))
        self.switch.setToolTip(self.tr("Show the evidence for a class (G)"))
        self.switch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.switch.setIconSize(theme.icon_size())
        self.switch.toggled.connect(heat.set_on)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(5, 100)
        self.slider.setValue(round(heat.opacity * 100))
        self.slider.setAccessibleName(self.tr("Grad-CAM opacity"))
        self.slider.setToolTip(self.slider.accessibleName())
        leave_keyboard_on_click(self.slider)
        self.slider.valueChanged.connect(self._set_opacity)
        self.caption = QLabel()
        self.caption.setProperty("role", "muted")
        self.caption.setFont(theme.font("small"))
        self.caption.setWordWrap(True)
        # Always two lines, so that the bars below do not move while the pointer hovers over them.
        self.caption.setFixedHeight(2 * self.caption.fontMetrics().lineSpacing())
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(theme.space("medium"))
        row.addWidget(self.switch)
        row.addWidget(self.slider, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addLayout(row)
        rows.addWidget(self.caption)
        heat.changed.connect(self._refresh)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._refresh()

    def _set_opacity(self, value: int) -> None:
        self._heat.set_opacity(value / 100)

    def _restyle(self) -> None:
        self.switch.setIcon(self._theme.icon("flame"))

    def _refresh(self) -> None:
        heat = self._heat
        if self.switch.isChecked() != heat.is_on:
            self.switch.setChecked(heat.is_on)
        self.slider.setEnabled(heat.is_on)
        if heat.class_id is None:
            self.caption.setText("")
            return
        name = self._session.class_styles.find(heat.class_id).name
        if heat.is_empty:
            text = self.tr("No evidence for {name} in this image: its map is zero everywhere.")
        elif heat.is_on:
            text = self.tr("Yellow: strongest evidence for {name}.")
        else:
            text = ""
        self.caption.setText(text.format(name=name))
