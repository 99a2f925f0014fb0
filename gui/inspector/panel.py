"""The inspector: the image that is looked at, what the model says of it, and why."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui.classes import ClassLook
from gui.inspector.bars import ProbabilityBars
from gui.inspector.controls import HeatControls
from gui.inspector.facts import Facts
from gui.inspector.heat import Heat
from gui.inspector.history import History
from gui.inspector.image import ImageView
from gui.inspector.neighbours import Neighbours
from gui.inspector.note import NoteField
from gui.inspector.reasons import Reasons
from gui.inspector.section import Section
from gui.inspector.zoombar import ZoomBar
from gui.pictures import Pictures
from gui.session import Session
from gui.settings import keep, recall
from gui.theme import Theme

_KEPT = "inspector_image"  # height of the image in the smallest distances of the theme


class InspectorPanel(QWidget):
    """The image, and below it what is said of it: the most telling first, the rest by scrolling.

    `neighbours`, `reasons`, `history` and `note` are filled from outside; `picture` gives the
    thumbnails of the first (see `Neighbours`).
    """

    def __init__(
        self,
        session: Session,
        pictures: Pictures,
        heat: Heat,
        picture: Callable[[str], QImage | None],
        theme: Theme,
    ) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(10 * theme.space("wide"))
        self.image = ImageView(pictures, heat, theme)
        self.zoom = ZoomBar(self.image, theme)
        self.controls = HeatControls(session, heat, theme)
        self.bars = ProbabilityBars(session, heat, theme)
        self.reasons = Reasons(theme)
        self.facts = Facts(session, pictures, theme)
        self.neighbours = Neighbours(self._look, picture, theme)
        self.note = NoteField(theme)
        self.history = History(self._class_name, theme)
        self.sections = {
            key: Section(key, title, body, theme)
            for key, title, body in (
                ("neighbours", self.tr("Looks like these"), self.neighbours),
                ("note", self.tr("Note"), self.note),
                ("history", self.tr("History"), self.history),
                ("file", self.tr("File"), self.facts),
            )
        }
        self._hint = QLabel(self.tr("Choose an image to see what the model sees."))
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("role", "muted")
        self._hint.setMargin(theme.space("large"))
        self._compose()
        self._image_elsewhere = False
        for signal in (session.current_changed, session.engine_changed, session.added):
            signal.connect(self._refresh)
        session.classes_changed.connect(self._refresh)
        self._bars_shown = 0
        self._refresh()

    def show_image(self, shown: bool) -> None:
        """Show the image here, or leave it to the large view."""
        self._image_elsewhere = not shown
        self._refresh()

    def write_note(self) -> None:
        """Give the keyboard to the note, wherever it is hidden."""
        self.sections["note"].unfold()
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(self.sections["note"])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _compose(self) -> None:
        theme = self._theme
        small, large = theme.space("small"), theme.space("large")
        self._top = QWidget()
        above = QVBoxLayout(self._top)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        self.zoom.setContentsMargins(large, 0, small, 0)
        above.addWidget(self.image, 1)
        above.addWidget(self.zoom)
        inside = QWidget(objectName="scrolled")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(large, small, large, large)
        rows.setSpacing(theme.space("medium"))
        for part in (self.controls, self.bars, self.reasons, *self.sections.values()):
            rows.addWidget(part)
        rows.addStretch()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setWidget(inside)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(4 * theme.space("wide"))
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(theme.space("hair"))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._top)
        self._split.addWidget(self._scroll)
        self._split.splitterMoved.connect(self._keep_share)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._split, 1)
        whole.addWidget(self._hint, 1)

    def _share_out(self) -> None:
        # The image as a person left it; else the largest with which the bars, and a reason or two, are
        # in sight without scrolling. It never depends on the image, or it would jump from one to the next.
        kept = recall(_KEPT)
        if isinstance(kept, int | float) and kept > 0:
            image = round(kept * self._theme.space("tight"))
        else:
            line = self.reasons.fontMetrics().lineSpacing()
            below = self.controls.sizeHint().height() + self.bars.sizeHint().height() + 5 * line
            below += 6 * self._theme.space("medium")
            image = min(self.height() - below, self.width() + self.zoom.sizeHint().height())
        self._split.setSizes([image, self.height() - image])

    def _keep_share(self) -> None:
        keep(_KEPT, round(self._split.sizes()[0] / self._theme.space("tight"), 1))

    def _look(self, class_id: str) -> ClassLook:
        return self._session.looks.find(class_id)

    def _class_name(self, class_id: str) -> str:
        return self._look(class_id).name

    def _refresh(self) -> None:
        chosen = self._session.current is not None
        model = self._session.engine is not None
        self._top.setVisible(not self._image_elsewhere)
        self._split.setVisible(chosen)
        self.controls.setVisible(model)
        self.bars.setVisible(model)
        if model and self._bars_shown != len(self.bars.bars):
            self._bars_shown = len(self.bars.bars)
            self._share_out()
        self._hint.setVisible(not chosen and bool(self._session.total))
