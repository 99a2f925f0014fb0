"""Where training images come from: what a model trained on them must carry in its card."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.messages import Problem
from engine.paths import resources


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of images: what it is, its licence, and the attribution that the licence asks for."""

    description: str
    licence: str = ""
    attribution: str = ""


def load_about(name: str | Path) -> About:
    """Read the note of a known data set by name (`pbc`) or any by its path; raises `Problem`."""
    path = Path(name)
    if path.suffix != ".toml":
        path = resources() / "datasets" / f"{name}.toml"
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), About)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Problem("train.about", name=str(name), reason=str(error)) from error


def joined(abouts: Sequence[About]) -> About | None:
    """Return the notes of several sets of images as one, None without any."""
    if not abouts:
        return None
    licences = dict.fromkeys(about.licence for about in abouts if about.licence)
    return About(
        " ".join(about.description for about in abouts),
        "; ".join(licences),
        "; ".join(about.attribution for about in abouts if about.attribution),
    )
