"""Activation overlay: class, visibility and opacity of the activation map, shared by all image views."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gui.settings import load_setting, save_setting
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.classify.card import Card
    from engine.classify.reading import Reading

_EDGE_PIXELS = 192  # resolution of the map; the painter interpolates further
DEFAULT_OPACITY = 0.6
_SETTING_KEY = "heat map"


class ActivationOverlay(QObject):
    """Activation map (Grad-CAM) of the current image.

    Its class is the hovered one, else the one chosen for this image, else the predicted one.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._hovered_class: str | None = None
        self._chosen: tuple[str, str] | None = None
        self._cached: tuple[tuple[str, str, str], QImage | None] | None = None
        # Off by default, so that the image is first judged without it.
        self.is_on = load_setting(_SETTING_KEY, False) is True
        self.opacity = DEFAULT_OPACITY
        session.current_changed.connect(self._emit_changed)

    @property
    def class_id(self) -> str | None:
        """The class of the map, None without a prediction."""
        item = self._session.current
        if item is None or item.prediction is None:
            return None
        return self._hovered_class or self._chosen_class or item.prediction.model_class

    @property
    def _chosen_class(self) -> str | None:
        # Of this image only: another one starts with its own prediction.
        item, model = self._session.current, self._session.active_model
        if self._chosen is None or item is None or model is None or item.path != self._chosen[0]:
            return None
        return self._chosen[1] if self._chosen[1] in model.card.classes else None

    @property
    def layer(self) -> QImage | None:
        """The map as a translucent image, None if it is off and no class is hovered, or if it is empty."""
        return self._render() if self.is_on or self._hovered_class else None

    @property
    def is_empty(self) -> bool:
        """True if there is a prediction but no positive activation for the class."""
        return self.class_id is not None and self._render() is None

    def set_on(self, on: bool) -> None:
        """Switch the map on or off and remember the setting."""
        if on != self.is_on:
            self.is_on = on
            save_setting(_SETTING_KEY, on)
            self.changed.emit()

    def set_opacity(self, opacity: float) -> None:
        """Set the opacity of the strongest activation, 0 to 1."""
        self.opacity = opacity
        self.changed.emit()

    def set_pointed_class(self, class_id: str | None) -> None:
        """Show the map of a class; None for the predicted class."""
        if class_id != self._hovered_class:
            self._hovered_class = class_id
            self.changed.emit()

    def choose_class(self, class_id: str) -> None:
        """Keep a class for the map of the current image, also when its bar loses the focus."""
        item = self._session.current
        self._chosen = (item.path, class_id) if item is not None else None
        self.changed.emit()

    def _emit_changed(self) -> None:
        self.changed.emit()

    def _render(self) -> QImage | None:
        class_id, item, engine = self.class_id, self._session.current, self._session.active_model
        reading = self._session.reading(item.path) if item else None
        if item is None or reading is None or class_id is None or engine is None:
            return None
        key = (item.path, class_id, engine.card.model_id)
        if self._cached is None or self._cached[0] != key:
            index = engine.card.classes.index(class_id)
            self._cached = (key, render_activation(reading, engine.card, index))
        return self._cached[1]


def render_activation(reading: "Reading", card: "Card", class_index: int) -> QImage | None:
    """Return the activation map of a class as a translucent image, None if it is zero everywhere."""
    from engine.classify.activation_maps import compute_heat, make_heat_layer, upsample_heat
    from engine.classify.map_placement import placement_for_model

    values = compute_heat(reading.maps[..., class_index])
    if values is None:
        return None
    pixels = make_heat_layer(
        upsample_heat(values, placement_for_model(card), _EDGE_PIXELS, _EDGE_PIXELS), 1.0
    )
    image = QImage(
        pixels.tobytes(),
        _EDGE_PIXELS,
        _EDGE_PIXELS,
        4 * _EDGE_PIXELS,
        QImage.Format.Format_RGBA8888,
    )
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
