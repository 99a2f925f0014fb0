"""Where training images come from: what a model trained on them must carry in its card."""

import tomllib
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
