"""Dataset cards: description, licence and attribution of training images."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.messages import Problem
from engine.paths import resources_dir


class DatasetCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Description, licence and required attribution of a set of images."""

    description: str
    licence: str = ""
    attribution: str = ""


def load_dataset_card(name: str | Path) -> DatasetCard:
    """Load a shipped dataset card by name (`pbc`) or any by its path.

    Raises `Problem` (`train.about`).
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = resources_dir() / "datasets" / f"{name}.toml"
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), DatasetCard)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Problem("train.about", name=str(name), reason=str(error)) from error


def merge_dataset_cards(cards: Sequence[DatasetCard]) -> DatasetCard | None:
    """Merge the cards of several sets of images into one; None for no cards."""
    if not cards:
        return None
    licences = dict.fromkeys(card.licence for card in cards if card.licence)
    return DatasetCard(
        " ".join(card.description for card in cards),
        "; ".join(licences),
        "; ".join(card.attribution for card in cards if card.attribution),
    )
