"""The card of a model bundle: everything about a model that is not a weight."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

MAX_VIEWS = 8
"""The orientations of a square."""

FORMAT = 5
"""Version of the bundle format; newer ones are refused.

2: the network may be absent. 3: distance exponent. 4: map shift and limits of the unknown score.
5: views, version 2 of the preprocessing.
"""


PREPROCESSING = 2
"""Version of the preprocessing of new models."""


class Preprocessing(Struct, frozen=True, forbid_unknown_fields=True):
    """Conversion of an RGB uint8 image to the network's input.

    The image is resized to `size` x `size` pixels (stretched; area averaging when shrinking, cubic when
    growing) and passed as RGB 0-255; further scaling is inside the network. `version` changes whenever
    the same file would give other input pixels, so that cached readings are never mixed. A reading is the
    mean over `views` rotated and mirrored views (`engine.classify.multi_view`).

    2: stain deposits are filled in (`engine.images.stain_deposits`).
    """

    size: Annotated[int, Meta(ge=32, le=1024)]
    version: Annotated[int, Meta(ge=1, le=PREPROCESSING)] = 1
    views: Annotated[int, Meta(ge=1, le=MAX_VIEWS)] = 1

    @property
    def fills_deposits(self) -> bool:
        """Filling of stain deposits: true from version 2 of the preprocessing on."""
        return self.version >= 2


class Calibration(Struct, frozen=True, forbid_unknown_fields=True):
    """Temperature that divides the logits, and the expected calibration error before and after.

    With `distance_exponent` b the temperature grows with an image's distance d from the training images:
    temperature * ((1 + d^2) / 2)^(b/4), where 1 is the usual distance of a training image. 0: constant.
    """

    temperature: Annotated[float, Meta(gt=0)] = 1.0
    distance_exponent: Annotated[float, Meta(ge=0, le=4)] = 0.0
    ece_before: float | None = None
    ece_after: float | None = None


class TrainingData(Struct, frozen=True, forbid_unknown_fields=True):
    """The training data of a model, with the licence and attribution to pass on.

    `grouped_by` is what kept images together in the split beside slides named in paths: `folder`, the name
    of a table's column, or nothing.
    """

    description: str
    images: int
    per_class: dict[str, int]
    licence: str = ""
    attribution: str = ""
    fingerprint: str = ""
    grouped_by: str = ""


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything about a model that is not a weight; `card.json` of a bundle.

    `classes` is the class order of every output and is never inferred from folders. `bias` is the
    dense layer's, (c,), for the self-check of the activation maps. `map_shift` is how far maps spread
    evenly over the image lie right of and below what they show, in cells (`engine.classify.map_shift`);
    None where it was not measured. `metrics` maps the name of a split
    to its figures. `files` maps each other file of the bundle to its SHA-256. `unknown_limits` maps a
    share of usual cells to the unknown score above which it lies (`engine.classify.unknown_score`); older
    bundles have none.
    """

    format: int
    name: str
    architecture: str
    classes: tuple[str, ...]
    class_set: str
    preprocessing: Preprocessing
    calibration: Calibration
    bias: tuple[float, ...]
    embedding_size: int
    map_size: tuple[int, int]
    training_data: TrainingData
    recipe: dict[str, object]
    metrics: dict[str, dict[str, float]]
    software: dict[str, str]
    files: dict[str, str]
    command: str = ""
    parent: str | None = None
    created: str = ""
    map_shift: float | None = None
    unknown_limits: dict[Annotated[float, Meta(gt=0, lt=1)], Annotated[float, Meta(gt=0)]] = {}

    @property
    def model_id(self) -> str:
        """The identity of the network: the SHA-256 of its weights, 64 hex digits."""
        return self.files["weights.npz"]


def encode_card(card: Card) -> bytes:
    """Return the card as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(card), indent=2)


def decode_card(data: bytes) -> Card:
    """Parse a card; raises `msgspec.ValidationError` that names the invalid field."""
    return msgspec.json.decode(data, type=Card)
