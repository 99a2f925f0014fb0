"""The keys overlay: every command with its key, over the window."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.theme import Theme


class KeysOverlay(QWidget):
    """Covers its parent while shown; any key or click puts it away."""

    def __init__(self, parent: QWidget, actions: Iterable[QAction], theme: Theme) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("All keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = QWidget(objectName="overlay")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(card)
        wide = theme.space("wide")
        grid.setContentsMargins(wide, wide, wide, wide)
        grid.setHorizontalSpacing(wide)
        grid.setVerticalSpacing(theme.space("small"))
        title = QLabel(self.tr("Keys"))
        title.setFont(theme.font("title", strong=True))
        grid.addWidget(title, 0, 0, 1, 2)
        rows = [(self.tr("Arrow keys"), self.tr("Another image"))]
        for action in actions:
            keys = [
                key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()
            ]
            rows.append((" / ".join(keys), action.text().rstrip("…")))
        for number, (key, words) in enumerate(rows, 1):
            name = QLabel(key)
            name.setFont(theme.font(strong=True))
            grid.addWidget(name, number, 0)
            grid.addWidget(QLabel(words), number, 1)
        whole = QVBoxLayout(self)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show it, or put it away."""
        if self.isVisible():
            self.put_away()
            return
        self._before = self.window().focusWidget()
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.setFocus()

    def put_away(self) -> None:
        """Hide it and give the keyboard back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.put_away()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.put_away()
