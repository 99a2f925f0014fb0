"""Room for a part that can be wider than its page: it alone goes sideways, the text around it stays."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class Sideways(QScrollArea):
    """Shows the whole height of a part, and as much of its width as there is room for."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(part)
        # What is behind it shows through, as everywhere on the page.
        part.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.horizontalScrollBar().rangeChanged.connect(self.updateGeometry)

    def reveal(self, box: QRect) -> None:
        """Bring a place of the part into sight, here and in every page around it."""
        part, area = self.widget(), QWidget.parentWidget(self)
        self._bring(self, part, box)
        while area is not None:
            if isinstance(area, QScrollArea):
                inside = area.widget()
                self._bring(area, inside, QRect(part.mapTo(inside, box.topLeft()), box.size()))
            area = area.parentWidget()

    def sizeHint(self) -> QSize:
        part, bar = self.widget(), self.horizontalScrollBar()
        size = part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
        more = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        return QSize(size.width(), size.height() + more)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # What the part says of its size comes by its viewport.
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done

    @staticmethod
    def _bring(area: QScrollArea, inside: QWidget, box: QRect) -> None:
        if not inside.rect().isEmpty():
            middle = box.center()
            area.ensureVisible(middle.x(), middle.y(), box.width() // 2 + 1, box.height() // 2 + 1)
