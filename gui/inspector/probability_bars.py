"""Probability bars in model order: hovering over one shows its activation map, a click keeps it."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gui.deletion import delete_later
from gui.gallery.delegate import paint_class_letter
from gui.inspector.activation_overlay import ActivationOverlay
from gui.state.class_styles import ClassStyle
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.click_focus import leave_keyboard_on_click
from gui.words import percent


def text_width(font: QFont, texts: Iterable[str]) -> int:
    """Return the width in pixels in which none of the texts is elided."""
    metrics = QFontMetricsF(font)
    # Rounded up: `QFontMetrics` rounds to the nearest pixel, and a smaller width elides the text.
    return max(math.ceil(metrics.horizontalAdvance(text)) for text in texts)


class ProbabilityBar(QAbstractButton):
    """One class: letter, name, bar and percentage."""

    hovered = Signal(str)
    unhovered = Signal()
    chosen = Signal(str)

    def __init__(self, class_id: str, style: ClassStyle, theme: Theme, name_width: int) -> None:
        super().__init__()
        self.class_id = class_id
        self.class_style = style
        self._theme = theme
        self._name_width = name_width
        self._probability: float | None = None
        self._is_best = False
        self._is_highlighted = False
        leave_keyboard_on_click(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(style.name)
        self.clicked.connect(lambda: self.chosen.emit(class_id))
        self.set_probability(None, is_best=False)

    def set_probability(self, probability: float | None, *, is_best: bool) -> None:
        """Show a probability (0..1) or none; `is_best` marks the largest of all classes."""
        self._probability, self._is_best = probability, is_best
        self.setAccessibleName(
            self.class_style.name
            if probability is None
            else f"{self.class_style.name} {percent(probability)}"
        )
        self.update()

    def set_highlighted(self, highlighted: bool) -> None:
        """Highlight the class whose activation map is shown."""
        if highlighted != self._is_highlighted:
            self._is_highlighted = highlighted
            self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._theme.font()).height()
        return QSize(240, line + self._theme.space("small"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tight, small = theme.space("tight"), theme.space("small")
        radius = tight
        if self._is_highlighted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius
            )
        content = self.rect().adjusted(tight, 0, -tight, 0)
        centre_y = QPointF(content.center()).y()
        edge = self.height() - 2 * tight
        paint_class_letter(
            painter, theme, self.class_style, QRect(content.left(), tight, edge, edge)
        )
        font = theme.font(strong=self._is_best)
        metrics = QFontMetrics(theme.font(strong=True))
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        percent_width = metrics.horizontalAdvance("100.0%")
        available = content.width() - edge - percent_width - 3 * small
        # Names get room before bars: a short bar is still readable.
        name_width = min(self._name_width, round(0.8 * available))
        name = QRect(content.left() + edge + small, 0, name_width, self.height())
        elided = QFontMetrics(font).elidedText(
            self.class_style.name, Qt.TextElideMode.ElideRight, name.width()
        )
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, flags | Qt.AlignmentFlag.AlignLeft, elided)
        track = QRectF(name.right() + small, centre_y - tight, 0, 2 * tight)
        track.setRight(content.right() - percent_width - small)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, 2, 2)
        if self._probability is None:
            return
        filled = QRectF(track)
        filled.setWidth(
            max(2.0 if self._probability >= 0.001 else 0.0, track.width() * self._probability)
        )
        painter.setBrush(theme.colour("accent" if self._is_best else "bar"))
        painter.drawRoundedRect(filled, 2, 2)
        painter.setPen(theme.colour("text" if self._is_best else "muted"))
        painter.drawText(content, flags | Qt.AlignmentFlag.AlignRight, percent(self._probability))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(self.class_id)

    def leaveEvent(self, event: QEvent) -> None:
        self.unhovered.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.hovered.emit(self.class_id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.unhovered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            event.ignore()


class ProbabilityBars(QWidget):
    """One bar per class of the model, in a fixed order so that positions are stable between images."""

    def __init__(self, session: Session, heat: ActivationOverlay, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._heat = heat
        self._theme = theme
        self.bars: list[ProbabilityBar] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.setAccessibleName(self.tr("Probabilities"))
        session.model_changed.connect(self._rebuild)
        session.classes_changed.connect(self._rebuild)
        session.current_changed.connect(self._refresh)
        heat.changed.connect(self._update_highlight)
        theme.changed.connect(self.update)

    def _rebuild(self) -> None:
        for bar in self.bars:
            self._rows.removeWidget(bar)
            delete_later(bar)
        classes = self._session.active_model.card.classes if self._session.active_model else ()
        if not classes:
            return
        class_styles = [self._session.class_styles.of_model(class_id) for class_id in classes]
        font = self._theme.font(strong=True)
        names = [style.name for style in class_styles]
        name_width = min(text_width(font, names), 6 * self._theme.space("wide"))
        self.bars = [
            ProbabilityBar(class_id, style, self._theme, name_width)
            for class_id, style in zip(classes, class_styles, strict=True)
        ]
        for bar in self.bars:
            bar.hovered.connect(self._heat.set_pointed_class)
            bar.unhovered.connect(self._handle_unhover)
            bar.chosen.connect(self._heat.choose_class)
            self._rows.addWidget(bar)
        self._refresh()

    def _handle_unhover(self) -> None:
        focused = next((bar.class_id for bar in self.bars if bar.hasFocus()), None)
        self._heat.set_pointed_class(focused)

    def _refresh(self) -> None:
        item = self._session.current
        prediction = item.prediction if item else None
        for index, bar in enumerate(self.bars):
            probability = float(prediction.probabilities[index]) if prediction else None
            is_best = prediction is not None and prediction.model_class == bar.class_id
            bar.set_probability(probability, is_best=is_best)
        self._update_highlight()

    def _update_highlight(self) -> None:
        for bar in self.bars:
            bar.set_highlighted(self._heat.is_on and bar.class_id == self._heat.class_id)
