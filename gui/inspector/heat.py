"""Which heat lies over the image, and how strongly: shared by all views of the current image."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gui.session import Session
from gui.settings import keep, recall

if TYPE_CHECKING:
    from engine.classify.card import Card
    from engine.classify.reading import Reading

_EDGE = 192  # pixels a heat is calculated at; the painter smooths it further
STANDARD_OPACITY = 0.6
_SETTING = "heat map"


class Heat(QObject):
    """The Grad-CAM of one class of the current image: the pointed-at one, else the predicted one."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._pointed: str | None = None
        self._made: tuple[tuple[str, str, str], QImage | None] | None = None
        # Off until it is asked for: a picture is judged by itself first.
        self.on = recall(_SETTING, False) is True
        self.opacity = STANDARD_OPACITY
        session.current_changed.connect(self._renew)

    @property
    def class_id(self) -> str | None:
        """The class whose heat it is, None if there is no reading."""
        item = self._session.current
        if item is None or item.prediction is None:
            return None
        return self._pointed or item.prediction.model_class

    @property
    def image(self) -> QImage | None:
        """The heat as a transparent picture: while it is switched on, or a class is pointed at."""
        return self._made_image() if self.on or self._pointed else None

    @property
    def empty(self) -> bool:
        """Whether there is a reading, but nothing in the image speaks for the class."""
        return self.class_id is not None and self._made_image() is None

    def switch(self, on: bool) -> None:
        """Show the heat or not."""
        if on != self.on:
            self.on = on
            keep(_SETTING, on)
            self.changed.emit()

    def set_opacity(self, opacity: float) -> None:
        """Say how opaque the hottest place is, 0 to 1."""
        self.opacity = opacity
        self.changed.emit()

    def point(self, class_id: str | None) -> None:
        """Show another class's heat; None is the predicted one."""
        if class_id != self._pointed:
            self._pointed = class_id
            self.changed.emit()

    def _renew(self) -> None:
        self.changed.emit()

    def _made_image(self) -> QImage | None:
        class_id, item, engine = self.class_id, self._session.current, self._session.engine
        reading = self._session.reading(item.path) if item else None
        if item is None or reading is None or class_id is None or engine is None:
            return None
        key = (item.path, class_id, engine.card.model_id)
        if self._made is None or self._made[0] != key:
            place = engine.card.classes.index(class_id)
            self._made = (key, picture(reading, engine.card, place))
        return self._made[1]


def picture(reading: "Reading", card: "Card", place: int) -> QImage | None:
    """Return the heat of the class at a place of the model's, transparent; None where it is cold."""
    from engine.classify.activation import heat, layer, upsample
    from engine.classify.placement import placement_of

    values = heat(reading.maps[..., place])
    if values is None:
        return None
    drawn = layer(upsample(values, placement_of(card), _EDGE, _EDGE), 1.0)
    image = QImage(drawn.tobytes(), _EDGE, _EDGE, 4 * _EDGE, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
