"""Page stack: pages of which one is shown; only that one decides how small the stack can be."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QSplitter, QStackedWidget


class PageStack(QStackedWidget):
    """A stack that a wide page makes no wider while another one is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self._announce_size())

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        return page.minimumSizeHint().expandedTo(page.minimumSize())

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._announce_size()
        return is_handled

    def _announce_size(self) -> None:
        self.updateGeometry()
        # A splitter takes note of what its parts need, and does not pass it on.
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QSplitter):
                above.updateGeometry()
            above = above.parentWidget()
