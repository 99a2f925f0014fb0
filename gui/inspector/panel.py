"""The inspector: the image that is looked at, what the model says of it, and why."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.inspector.bars import ProbabilityBars
from gui.inspector.facts import Facts
from gui.inspector.heat import Heat
from gui.inspector.image import ImageView
from gui.pictures import Pictures
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


class _Scroll(QScrollArea):
    # As tall as what is in it, so that the image above gets the rest; scrolls only where there is no room.

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()


class InspectorPanel(QWidget):
    """Image, heat controls, probabilities and facts, from top to bottom."""

    def __init__(self, session: Session, pictures: Pictures, heat: Heat, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(12 * theme.space("wide"))
        self.image = ImageView(pictures, heat, theme)
        self.controls = HeatControls(session, heat, theme)
        self.bars = ProbabilityBars(session, heat, theme)
        self.facts = Facts(session, pictures, theme)
        self._hint = QLabel(self.tr("Choose an image to see what the model sees."))
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("role", "muted")
        inside = QWidget(objectName="scrolled")
        rows = QVBoxLayout(inside)
        large = theme.space("large")
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(large)
        rows.addWidget(self.controls)
        rows.addWidget(self.bars)
        rows.addWidget(self.facts)
        rows.addStretch()
        self._scroll = _Scroll(widgetResizable=True)
        self._scroll.setWidget(inside)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.image, 1)
        whole.addWidget(self._scroll)
        whole.addWidget(self._hint, 1)
        whole.addStretch(0)
        for signal in (session.current_changed, session.engine_changed, session.added):
            signal.connect(self._refresh)
        self._image_elsewhere = False
        self._refresh()

    def show_image(self, shown: bool) -> None:
        """Show the image here, or leave it to the large view."""
        self._image_elsewhere = not shown
        self._refresh()

    def _refresh(self) -> None:
        chosen = self._session.current is not None
        model = self._session.engine is not None
        self.image.setVisible(chosen and not self._image_elsewhere)
        self._scroll.setVisible(chosen)
        self.controls.setVisible(model)
        self.bars.setVisible(model)
        self._hint.setVisible(not chosen and bool(self._session.total))
