"""The line under an image: its size, how closely it is seen, and the buttons for that."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui.inspector.image import ImageView
from gui.theme import Theme


class ZoomBar(QWidget):
    """Buttons for one image view; `keeps` adds the one that keeps the zoom from image to image."""

    def __init__(self, image: ImageView, theme: Theme, *, keeps: bool = False) -> None:
        super().__init__()
        self._image = image
        self._theme = theme
        self._icons: dict[QToolButton, str] = {}
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setFont(theme.font("small"))
        # What is said gets longer and shorter; the buttons stay where they are.
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setMinimumWidth(
            self.words.fontMetrics().horizontalAdvance("0,000 × 0,000 · 100%")
        )
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space("hair"))
        self._row.addWidget(self.words, 1)
        self.keep = self._button("lock", "", self.tr("Keep the zoom for the next image"), None)
        self.keep.setCheckable(True)
        self.keep.setVisible(keeps)
        self.keep.toggled.connect(self._keep)
        self.farther = self._button("minus", "", self.tr("Zoom out (−)"), image.farther)
        self.closer = self._button("plus", "", self.tr("Zoom in (+)"), image.closer)
        self.fit = self._button("maximize", "", self.tr("The whole image"), image.fit)
        self.whole = self._button("", "1:1", self.tr("Pixel by pixel (100%)"), image.one_to_one)
        image.zoomed.connect(self._refresh)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._refresh()

    def _button(
        self, icon: str, words: str, tip: str, run: Callable[[], object] | None
    ) -> QToolButton:
        button = QToolButton(text=words)
        button.setProperty("role", "tool")
        button.setFont(self._theme.font("small"))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(self._theme.icon_size())
        if icon:
            self._icons[button] = icon
        if run is not None:
            button.clicked.connect(run)
        self._row.addWidget(button)
        return button

    def _keep(self, keeps: bool) -> None:
        self._image.keeps_zoom = keeps

    def _restyle(self) -> None:
        for button, icon in self._icons.items():
            button.setIcon(self._theme.icon(icon))

    def _refresh(self) -> None:
        size = self._image.natural
        there = not size.isEmpty()
        for button in (self.farther, self.closer, self.fit, self.whole):
            button.setEnabled(there)
        if not there:
            self.words.setText("")
            return
        local = QLocale()
        self.words.setText(
            self.tr("{width} × {height} · {zoom}%").format(
                width=local.toString(size.width()),
                height=local.toString(size.height()),
                zoom=local.toString(round(100 * self._image.scale)),
            )
        )
