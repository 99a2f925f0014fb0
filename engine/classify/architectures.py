"""The networks there are, as far as it can be said without Keras; `engine.train.child` builds them."""

from dataclasses import dataclass

from engine.messages import Problem


@dataclass(frozen=True, slots=True)
class Architecture:
    """A kind of network: its id in cards and recipes, its name for people, its usual input size."""

    id: str
    name: str
    size: int


ARCHITECTURES = {
    one.id: one
    for one in (
        Architecture("efficientnet_b4", "EfficientNetB4", 380),
        Architecture("mobilenet_v3_small", "MobileNetV3Small", 128),
    )
}
"""By id; the one that reads best first, which is the default of the shipped models."""


def architecture(name: str) -> Architecture:
    """Return the architecture with this id; raises `Problem` that lists what there is."""
    if name not in ARCHITECTURES:
        raise Problem("model.architecture", name=name, known=", ".join(ARCHITECTURES))
    return ARCHITECTURES[name]
