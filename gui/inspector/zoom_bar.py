"""Zoom bar under an image: image size, zoom level and zoom buttons."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui.inspector.image_view import ImageView
from gui.theme import Theme


class ZoomBar(QWidget):
    """Zoom buttons of an image view; `can_keep` adds a toggle that keeps the zoom for the next image."""

    def __init__(self, image: ImageView, theme: Theme, *, can_keep: bool = False) -> None:
        super().__init__()
        self._image = image
        self._theme = theme
        self._icons: dict[QToolButton, str] = {}
        self.size_label = QLabel()
        self.size_label.setProperty("role", "muted")
        self.size_label.setFont(theme.font("small"))
        # The text width varies, but the buttons must not move.
        self.size_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.size_label.setMinimumWidth(
            self.size_label.fontMetrics().horizontalAdvance("0,000 × 0,000 · 100%")
        )
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space("hair"))
        self._row.addWidget(self.size_label, 1)
        self.keep_button = self._button(
            "lock", "", self.tr("Keep the zoom for the next image"), None
        )
        self.keep_button.setCheckable(True)
        self.keep_button.setVisible(can_keep)
        self.keep_button.toggled.connect(self._set_keeps_zoom)
        self.zoom_out_button = self._button("minus", "", self.tr("Zoom out (−)"), image.zoom_out)
        self.zoom_in_button = self._button("plus", "", self.tr("Zoom in (+)"), image.zoom_in)
        self.fit_button = self._button("maximize", "", self.tr("The whole image"), image.fit)
        self.actual_size_button = self._button(
            "", "1:1", self.tr("Pixel by pixel (100%)"), image.one_to_one
        )
        image.zoomed.connect(self._refresh)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._refresh()

    def _button(
        self, icon: str, text: str, tip: str, action: Callable[[], object] | None
    ) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("role", "tool")
        button.setFont(self._theme.font("small"))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(self._theme.icon_size())
        if icon:
            self._icons[button] = icon
        if action is not None:
            button.clicked.connect(action)
        self._row.addWidget(button)
        return button

    def _set_keeps_zoom(self, keeps: bool) -> None:
        self._image.keeps_zoom = keeps

    def _restyle(self) -> None:
        for button, icon in self._icons.items():
            button.setIcon(self._theme.icon(icon))

    def _refresh(self) -> None:
        size = self._image.image_size
        has_image = not size.isEmpty()
        for button in (
            self.zoom_out_button,
            self.zoom_in_button,
            self.fit_button,
            self.actual_size_button,
        ):
            button.setEnabled(has_image)
        if not has_image:
            self.size_label.setText("")
            return
        local = QLocale()
        self.size_label.setText(
            self.tr("{width} × {height} · {zoom}%").format(
                width=local.toString(size.width()),
                height=local.toString(size.height()),
                zoom=local.toString(round(100 * self._image.scale)),
            )
        )
