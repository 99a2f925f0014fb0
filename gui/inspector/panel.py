"""Inspector panel: the current image, its prediction, findings, neighbours, note and history."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui.inspector.activation_controls import ActivationControls
from gui.inspector.activation_overlay import ActivationOverlay
from gui.inspector.collapsible_section import CollapsibleSection
from gui.inspector.edit_history import EditHistory
from gui.inspector.field_loader import FieldLoader
from gui.inspector.field_tools import FieldTools
from gui.inspector.field_view import FieldView
from gui.inspector.file_details import FileDetails
from gui.inspector.image_loader import ImageLoader
from gui.inspector.image_view import ImageView
from gui.inspector.neighbours import Neighbours
from gui.inspector.note_field import NoteField
from gui.inspector.possible_classes import PossibleClasses
from gui.inspector.probability_bars import ProbabilityBars
from gui.inspector.reason_list import ReasonList
from gui.inspector.reference_section import ReferenceSection
from gui.inspector.tag_field import TagField
from gui.inspector.zoom_bar import ZoomBar
from gui.settings import load_setting, save_setting
from gui.state.class_styles import ClassStyle
from gui.state.session import Session
from gui.theme import Theme

_MAX_IMAGE_HEIGHT = 10_000
_IMAGE_HEIGHT_KEY = "inspector_image"  # stored in units of the theme's smallest spacing


class InspectorPanel(QWidget):
    """The image with its details below, the most important ones visible without scrolling.

    `neighbours`, `reasons`, `history`, `tags` and `note` are filled from outside; `thumbnail` is passed to
    `Neighbours`.
    """

    def __init__(
        self,
        session: Session,
        image_loader: ImageLoader,
        field_loader: FieldLoader,
        heat: ActivationOverlay,
        references: ReferenceSection,
        thumbnail: Callable[[str], QImage | None],
        theme: Theme,
    ) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(10 * theme.space("wide"))
        self.image = ImageView(image_loader, heat, theme)
        self.zoom = ZoomBar(self.image, theme)
        self.controls = ActivationControls(session, heat, theme)
        self.bars = ProbabilityBars(session, heat, theme)
        self.possible = PossibleClasses(session, theme)
        self.reasons = ReasonList(theme)
        self.facts = FileDetails(session, image_loader, theme)
        self.field = FieldView(session, field_loader, theme)
        self.field_tools = FieldTools(self.field, theme)
        self.neighbours = Neighbours(self._class_style, thumbnail, theme)
        self.tags = TagField(theme)
        self.references = references
        self.note = NoteField(theme)
        self.history = EditHistory(self._class_name, theme)
        self.sections = {
            key: CollapsibleSection(key, title, body, theme)
            for key, title, body in (
                ("field", self.tr("Field"), self.field_tools),
                ("neighbours", self.tr("Similar images"), self.neighbours),
                ("tags", self.tr("Tags"), self.tags),
                ("references", self.tr("Typical cells"), self.references),
                ("note", self.tr("Note"), self.note),
                ("history", self.tr("History"), self.history),
                ("file", self.tr("File"), self.facts),
            )
        }
        self._empty_hint = QLabel(self.tr("Select an image to see what the model sees."))
        self._empty_hint.setWordWrap(True)
        self._empty_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_hint.setProperty("role", "muted")
        self._empty_hint.setMargin(theme.space("large"))
        self._build_layout()
        self._image_hidden = False
        for signal in (session.current_changed, session.model_changed, session.added):
            signal.connect(self._refresh)
        session.classes_changed.connect(self._refresh)
        self._laid_out_bars = 0
        self._refresh()

    def show_image(self, shown: bool) -> None:
        """Show the image here, or hide it while the large view shows it."""
        self._image_hidden = not shown
        self._refresh()

    def set_refusal(self, refusal: str) -> None:
        """Set why nothing can be decided now, empty if it can."""
        self.note.set_refusal(refusal)
        self.field_tools.set_refusal(refusal)

    def write_note(self) -> None:
        """Focus the note field, expanding and scrolling as needed."""
        self.sections["note"].expand()
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(self.sections["note"])
        self._reveal_timer.start()

    def write_tags(self) -> None:
        """Focus the tag field, expanding and scrolling as needed."""
        self.sections["tags"].expand()
        self.tags.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(self.sections["tags"])
        self._reveal_timer.start()

    def add_cell(self) -> None:
        """Let the person add a missed cell to the field."""
        self._show_field(self.field.start_adding)

    def move_box(self) -> None:
        """Let the person move or resize the box of the current cell."""
        self._show_field(self.field.start_moving)

    def _show_field(self, start: Callable[[], None]) -> None:
        field = self.sections["field"]
        field.expand()
        start()
        # Once the section has the height that the text below the field needs.
        QTimer.singleShot(0, field, lambda: self._scroll.ensureWidgetVisible(field))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The first events come while the panel is being built.
        if event.type() == QEvent.Type.Resize and "_reveal_timer" in self.__dict__:
            self._reveal_timer.start()
        return super().eventFilter(watched, event)

    def _reveal_written(self) -> None:
        """Keep the field in sight into which a person writes."""
        for key, field in (("note", self.note), ("tags", self.tags.line)):
            if field.hasFocus():
                self._scroll.ensureWidgetVisible(self.sections[key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._split_height()

    def _build_layout(self) -> None:
        theme = self._theme
        small, large = theme.space("small"), theme.space("large")
        self._top = QWidget()
        top_layout = QVBoxLayout(self._top)
        top_layout.setContentsMargins(0, 0, 0, 0)
        top_layout.setSpacing(0)
        self.zoom.setContentsMargins(large, 0, small, 0)
        top_layout.addWidget(self.image, 1)
        top_layout.addWidget(self.zoom)
        inside = QWidget()
        inside.setObjectName("scrolled")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(large, small, large, large)
        rows.setSpacing(theme.space("medium"))
        # A cell of a field is judged in its surroundings, so these come before the reasons.
        field, *other_sections = self.sections.values()
        for part in (self.controls, self.bars, self.possible, field, self.reasons, *other_sections):
            rows.addWidget(part)
        rows.addStretch()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setWidget(inside)
        # Typical cells and similar images come later and move what is below them.
        inside.installEventFilter(self)
        self._reveal_timer = QTimer(self, singleShot=True, interval=0)
        self._reveal_timer.timeout.connect(self._reveal_written)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(4 * theme.space("wide"))
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(theme.space("hair"))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._top)
        self._split.addWidget(self._scroll)
        self._split.splitterMoved.connect(self._store_split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._split, 1)
        layout.addWidget(self._empty_hint, 1)

    def _split_height(self) -> None:
        # The stored height, else the largest that leaves the bars and two reasons visible. Independent of
        # the image, so that the layout is stable from image to image.
        stored = load_setting(_IMAGE_HEIGHT_KEY)
        if isinstance(stored, int | float) and 0 < stored <= _MAX_IMAGE_HEIGHT:
            image_height = round(stored * self._theme.space("tight"))
        else:
            line = self.reasons.fontMetrics().lineSpacing()
            details_height = (
                self.controls.sizeHint().height() + self.bars.sizeHint().height() + 5 * line
            )
            details_height += 6 * self._theme.space("medium")
            image_height = min(
                self.height() - details_height, self.width() + self.zoom.sizeHint().height()
            )
        self._split.setSizes([image_height, self.height() - image_height])

    def _store_split(self) -> None:
        save_setting(
            _IMAGE_HEIGHT_KEY, round(self._split.sizes()[0] / self._theme.space("tight"), 1)
        )

    def _class_style(self, class_id: str) -> ClassStyle:
        return self._session.class_styles.find(class_id)

    def _class_name(self, class_id: str) -> str:
        return self._class_style(class_id).name

    def _refresh(self) -> None:
        has_image = self._session.current is not None
        # A field without a cell has only the section in which one is added.
        is_empty_field = not has_image and self._session.empty_field is not None
        has_model = self._session.active_model is not None
        self._top.setVisible(not self._image_hidden and not is_empty_field)
        self._split.setVisible(has_image or is_empty_field)
        for key, section in self.sections.items():
            section.setVisible(self._session.holds_fields if key == "field" else not is_empty_field)
        self.controls.setVisible(has_model and not is_empty_field)
        self.bars.setVisible(has_model and not is_empty_field)
        if has_model and self._laid_out_bars != len(self.bars.bars):
            self._laid_out_bars = len(self.bars.bars)
            self._split_height()
        self.field_tools.move_box.setVisible(not is_empty_field)
        if is_empty_field:
            self.sections["field"].expand()
        self._empty_hint.setVisible(
            not has_image and not is_empty_field and bool(self._session.total)
        )
