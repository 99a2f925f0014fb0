"""Probabilities of all classes as bars, in the model's order; pointing at one shows its heat."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gui.classes import ClassLook
from gui.gallery.delegate import paint_letter
from gui.inspector.heat import Heat
from gui.session import Session
from gui.theme import Theme
from gui.words import percent


class Bar(QAbstractButton):
    """One class: letter, name, bar, number."""

    pointed = Signal(str)
    left = Signal()

    def __init__(self, class_id: str, look: ClassLook, theme: Theme, names: int) -> None:
        super().__init__()
        self.class_id = class_id
        self.look = look
        self._theme = theme
        self._names = names
        self._share: float | None = None
        self._best = False
        self._shown = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(look.name)
        self.show_share(None, best=False)

    def show_share(self, share: float | None, *, best: bool) -> None:
        """Show a probability; `best` is the largest of all."""
        self._share, self._best = share, best
        self.setAccessibleName(
            self.look.name if share is None else f"{self.look.name} {percent(share)}"
        )
        self.update()

    def set_shown(self, shown: bool) -> None:
        """Mark the class whose heat is shown."""
        if shown != self._shown:
            self._shown = shown
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
        if self._shown:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius
            )
        inside = self.rect().adjusted(tight, 0, -tight, 0)
        middle = QPointF(inside.center()).y()
        edge = self.height() - 2 * tight
        paint_letter(painter, theme, self.look, QRect(inside.left(), tight, edge, edge))
        font = theme.font(strong=self._best)
        metrics = QFontMetrics(theme.font(strong=True))
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        number = metrics.horizontalAdvance("100.0%")
        room = inside.width() - edge - number - 3 * small
        names = min(self._names, round(0.65 * room))
        name = QRect(inside.left() + edge + small, 0, names, self.height())
        elided = QFontMetrics(font).elidedText(
            self.look.name, Qt.TextElideMode.ElideRight, name.width()
        )
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, flags | Qt.AlignmentFlag.AlignLeft, elided)
        track = QRectF(name.right() + small, middle - tight, 0, 2 * tight)
        track.setRight(inside.right() - number - small)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, 2, 2)
        if self._share is None:
            return
        filled = QRectF(track)
        filled.setWidth(max(2.0 if self._share >= 0.001 else 0.0, track.width() * self._share))
        painter.setBrush(theme.colour("accent" if self._best else "bar"))
        painter.drawRoundedRect(filled, 2, 2)
        painter.setPen(theme.colour("text" if self._best else "muted"))
        painter.drawText(inside, flags | Qt.AlignmentFlag.AlignRight, percent(self._share))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(self.class_id)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(self.class_id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            event.ignore()


class ProbabilityBars(QWidget):
    """All classes of the model. The order never changes, so nothing jumps from image to image."""

    def __init__(self, session: Session, heat: Heat, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._heat = heat
        self._theme = theme
        self.bars: list[Bar] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.setAccessibleName(self.tr("Probabilities"))
        session.engine_changed.connect(self._rebuild)
        session.classes_changed.connect(self._rebuild)
        session.current_changed.connect(self._refresh)
        heat.changed.connect(self._mark)
        theme.changed.connect(self.update)

    def _rebuild(self) -> None:
        for bar in self.bars:
            self._rows.removeWidget(bar)
            bar.deleteLater()
        classes = self._session.engine.card.classes if self._session.engine else ()
        if not classes:
            return
        looks = [self._session.looks.of_model(one) for one in classes]
        metrics = QFontMetrics(self._theme.font(strong=True))
        names = min(
            max(metrics.horizontalAdvance(look.name) for look in looks),
            6 * self._theme.space("wide"),
        )
        self.bars = [
            Bar(one, look, self._theme, names) for one, look in zip(classes, looks, strict=True)
        ]
        for bar in self.bars:
            bar.pointed.connect(self._heat.point)
            bar.left.connect(self._let_go)
            self._rows.addWidget(bar)
        self._refresh()

    def _let_go(self) -> None:
        focused = next((bar.class_id for bar in self.bars if bar.hasFocus()), None)
        self._heat.point(focused)

    def _refresh(self) -> None:
        item = self._session.current
        said = item.prediction if item else None
        for place, bar in enumerate(self.bars):
            share = float(said.probabilities[place]) if said else None
            bar.show_share(share, best=said is not None and said.model_class == bar.class_id)
        self._mark()

    def _mark(self) -> None:
        for bar in self.bars:
            bar.set_shown(self._heat.on and bar.class_id == self._heat.class_id)
