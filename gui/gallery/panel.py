"""The gallery with its head: how many images, in which order, how large; or why there is nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gui.gallery.model import BY_CLASS, BY_DOUBT, BY_NAME, GalleryModel
from gui.gallery.thumbnails import Thumbnails
from gui.gallery.view import LARGEST, SMALLEST, GalleryView
from gui.session import Session
from gui.theme import Theme
from gui.words import number


class GalleryPanel(QWidget):
    """The grid of the Review workspace."""

    open_asked = Signal()

    def __init__(self, session: Session, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._scanning = False
        self.setMinimumWidth(14 * theme.space("wide"))
        self.view = GalleryView(session, thumbnails, theme)
        self.model = GalleryModel(session)
        self.view.setModel(self.model)
        self.count = QLabel()
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order of the images"))
        for name, words in (
            (BY_NAME, self.tr("By name")),
            (BY_DOUBT, self.tr("Least certain first")),
            (BY_CLASS, self.tr("By predicted class")),
        ):
            self.order.addItem(words, name)
        self.again = QPushButton(self.tr("Sort again"))
        self.again.setToolTip(self.tr("Results came in since the images were put in order"))
        self.size = QSlider(Qt.Orientation.Horizontal)
        self.size.setRange(SMALLEST, LARGEST)
        self.size.setValue(self.view.edge)
        self.size.setFixedWidth(5 * theme.space("wide"))
        self.size.setAccessibleName(self.tr("Size of the images (Ctrl and + or −)"))
        self.size.setToolTip(self.size.accessibleName())
        self._nothing, self._grid = self._make_nothing(theme), QWidget()
        self._stack = QStackedLayout(self)
        self._fill(theme)
        self.order.activated.connect(self._sort)
        self.again.clicked.connect(self.model.sort_again)
        self.size.valueChanged.connect(self.view.set_edge)
        self.view.size_changed.connect(self.size.setValue)
        self.model.stale_changed.connect(self._refresh)
        for signal in (session.opened, session.added, session.updated):
            signal.connect(self._refresh)
        self._refresh()

    def set_scanning(self, scanning: bool) -> None:
        """Say whether images may still come; until then no folder is called empty."""
        self._scanning = scanning
        self._refresh()

    def _fill(self, theme: Theme) -> None:
        small, large = theme.space("small"), theme.space("large")
        head = QHBoxLayout()
        head.setContentsMargins(large, small, large, small)
        head.setSpacing(small)
        for widget in (self.count, None, self.again, self.order, self.size):
            head.addWidget(widget) if widget else head.addStretch()
        rows = QVBoxLayout(self._grid)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.view, 1)
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._nothing)

    def _make_nothing(self, theme: Theme) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setSpacing(theme.space("large"))
        words = QLabel(self.tr("There are no images in this folder."))
        button = QPushButton(self.tr("Open another folder…"))
        button.clicked.connect(self.open_asked)
        rows.addStretch()
        rows.addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addStretch()
        return page

    def _sort(self) -> None:
        self.model.sort_by(self.order.currentData())
        current = self.view.currentIndex()
        if current.isValid():
            self.view.scrollTo(current)

    def _refresh(self) -> None:
        total = len(self._session.items)
        self._stack.setCurrentWidget(self._grid if total or self._scanning else self._nothing)
        self.again.setVisible(self.model.stale)
        self.count.setText(self.tr("{total} images").format(total=number(total)))
