"""Cell tile: one cell at a scale that several tiles share."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from gui.inspector.cell_images import Cell, CellImages
from gui.theme import Theme

_STEP_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CellTile(QAbstractButton):
    """Shows the middle of a cell's image; `scale` is screen pixels per image pixel."""

    focused = Signal()
    stepped = Signal(int)
    """An arrow key: the previous (-1) or the next tile (1) is wanted."""

    def __init__(self, images: CellImages, theme: Theme) -> None:
        super().__init__()
        self._images = images
        self._theme = theme
        self.cell: Cell | None = None
        self.scale = 1.0
        self.is_marked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        images.ready.connect(self._on_ready)
        theme.changed.connect(self.update)

    @property
    def image(self) -> QImage | None:
        """The image, None until it is decoded; painting the tile requests it."""
        return self._images.peek(self.cell) if self.cell is not None else None

    def set_cell(self, cell: Cell | None, description: str) -> None:
        """Show a cell with a tooltip."""
        self.cell = cell
        self.setToolTip(description)
        self.setAccessibleName(description)
        self.update()

    def set_scale(self, scale: float) -> None:
        """Show the cell at another scale."""
        if scale != self.scale:
            self.scale = scale
            self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        painter.fillRect(box, self._theme.colour("surround"))
        image = self._images.get(self.cell) if self.cell is not None else None
        if image is not None:
            ratio = self.devicePixelRatioF()
            size = QSizeF(image.size()) * (self.scale / ratio)
            corner = box.center() - QPointF(size.width() / 2, size.height() / 2)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(corner, size), image)
        is_marked = self.is_marked or self.hasFocus()
        if is_marked or self.underMouse():
            # The accent says on which tile the next key acts; the pointer must not look like it.
            width = (4 if is_marked else 2) * self._theme.space("hair")
            painter.setPen(QPen(self._theme.colour("accent" if is_marked else "muted"), width))
            inset = width / 2
            painter.drawRect(box.adjusted(inset, inset, -inset, -inset))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _STEP_KEYS:
            self.stepped.emit(_STEP_KEYS[key])
        else:
            # The space bar too: it belongs to the view around it.
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def _on_ready(self, cell: Cell) -> None:
        if cell == self.cell:
            self.update()


def common_scale(images: "list[QImage]", size: QSizeF) -> float:
    """Return the largest scale at which every image fits into `size` (in screen pixels)."""
    scales = [
        min(size.width() / image.width(), size.height() / image.height())
        for image in images
        if not image.isNull()
    ]
    return min(scales, default=1.0)
