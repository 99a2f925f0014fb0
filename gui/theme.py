"""Theme: design tokens from one file as palette, style sheet, fonts and icons."""

import tomllib
from functools import cache
from string import Template
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from engine.paths import resources_dir

_STANDARD_LINE = 15.0  # height in pixels of a line of text at which the spacing tokens are meant


@cache
def tokens() -> dict[str, Any]:
    """Return the parsed token file."""
    return tomllib.loads((resources_dir() / "themes" / "tokens.toml").read_text(encoding="utf-8"))


class Theme(QObject):
    """Colours, spacing and fonts of the current colour scheme, light or dark; follows the system."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._font = QFont(app.font())
        self._scale = max(1.0, QFontMetricsF(self._font).height() / _STANDARD_LINE)
        hints = app.styleHints()
        self.dark = hints.colorScheme() == Qt.ColorScheme.Dark
        hints.colorSchemeChanged.connect(self._follow)
        self._apply()

    def set_dark(self, dark: bool) -> None:
        """Use the dark or the light scheme until the system changes its own."""
        if dark != self.dark:
            self.dark = dark
            self._apply()
            self.changed.emit()

    def colour(self, name: str) -> QColor:
        """Return a named colour of the current scheme."""
        return QColor(tokens()["dark" if self.dark else "light"][name])

    def letter_colour(self, ground: QColor) -> QColor:
        """Return the letter colour, dark or light, with more contrast on a background."""
        classes = tokens()["classes"]
        dark, light = QColor(classes["dark_letter"]), QColor(classes["light_letter"])
        return max((dark, light), key=lambda letter: contrast(letter, ground))

    def space(self, name: str) -> int:
        """Return a distance in pixels, scaled with the system's font."""
        pixels: int = round(tokens()["space"][name] * self._scale)
        return pixels

    def font(self, size: str = "body", *, strong: bool = False) -> QFont:
        """Return the system's font in one of three sizes and two weights, with tabular figures."""
        kind = tokens()["type"]
        font = QFont(self._font)
        if font.pointSizeF() > 0:
            font.setPointSizeF(self._font.pointSizeF() * kind[size])
        else:
            font.setPixelSize(round(self._font.pixelSize() * kind[size]))
        font.setWeight(QFont.Weight(kind["strong" if strong else "regular"]))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """Return an icon in a colour of the current scheme; ask again when the scheme changes."""
        # Qt scales pixmaps down but not up: the two sizes in use, on screens of 100% to 300%.
        sizes = (self.space("large"), self.space("wide"))
        icon = QIcon()
        for edge in sorted({round(size * ratio) for size in sizes for ratio in (1, 1.5, 2, 3)}):
            icon.addPixmap(self.pixmap(name, edge, colour))
        return icon

    def icon_size(self) -> QSize:
        """Return the size of an icon beside text, scaled with the system's font."""
        edge = self.space("large")
        return QSize(edge, edge)

    def pixmap(self, name: str, edge: int, colour: str = "text") -> QPixmap:
        """Return an icon as a pixmap of `edge` × `edge` pixels."""
        svg = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        svg = svg.replace("currentColor", self.colour(colour).name())
        image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        return QPixmap.fromImage(image)

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        self.set_dark(scheme == Qt.ColorScheme.Dark)

    def _apply(self) -> None:
        palette = QPalette()
        for role, name in {
            QPalette.ColorRole.Window: "panel",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surround",
            QPalette.ColorRole.AlternateBase: "panel",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "panel",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.ToolTipBase: "raised",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.PlaceholderText: "muted",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.Link: "accent",
        }.items():
            palette.setColor(role, self.colour(name))
        self._app.setPalette(palette)
        self._app.setFont(self.font())
        self._app.setStyleSheet(self._style_sheet())

    def _style_sheet(self) -> str:
        themes = resources_dir() / "themes"
        scheme = "dark" if self.dark else "light"
        values: dict[str, object] = {
            **tokens()[scheme],
            "scheme": scheme,
            "themes": themes.as_posix(),
        }
        values |= {name: self.space(name) for name in tokens()["space"]}
        values["half"] = self.space("tight") // 2
        values["handle"] = (self.space("medium") + 2 - self.space("tight")) // 2
        values["knob"] = self.space("medium") // 2
        return Template((themes / "window.qss").read_text(encoding="utf-8")).substitute(values)


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = colour.redF(), colour.greenF(), colour.blueF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
