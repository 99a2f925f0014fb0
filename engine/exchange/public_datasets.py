"""Public data sets: what there is, under which licence, and getting it onto this computer."""

import os
import tomllib
import urllib.request
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.exchange.download import Remote, explained, fetch
from engine.exchange.unzip import unzip
from engine.jobs import Job
from engine.messages import Problem
from engine.outputs import Output
from engine.paths import resources_dir

_LISTING_BYTES = 4 << 20
_TIMEOUT = 30.0


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a data set; `listing` is where its repository says size and checksum, if not here."""

    url: str
    name: str
    size: int
    algorithm: str
    checksum: str
    listing: str = ""


class PublicSet(Struct, frozen=True, forbid_unknown_fields=True):
    """A public data set, with what a person has to know before it is fetched.

    `variants` are by name, such as the images' edge in pixels, the smallest first.
    """

    title: str
    description: str
    licence: str
    attribution: str
    page: str
    variants: dict[str, Variant]


class _Details(Struct):
    size: int
    sha256_hash: str


class _Listed(Struct):
    filename: str
    content_details: _Details


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where the images are now: a folder or an npz, and the note of licence and attribution beside it."""

    images: Path
    about: Path


@cache
def public_sets() -> dict[str, PublicSet]:
    """Return the known data sets by name."""
    files = sorted((resources_dir() / "public").glob("*.toml"))
    return {
        file.stem: msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), PublicSet)
        for file in files
    }


def find_variant(name: str, variant: str | None = None) -> tuple[PublicSet, Variant]:
    """Return a data set and one of its files, the first if none is named; raises `Problem`."""
    known = public_sets().get(name)
    if known is None:
        raise Problem("public.unknown", name=name, known=", ".join(public_sets()))
    chosen = variant or next(iter(known.variants))
    if chosen not in known.variants:
        raise Problem("public.no_variant", name=chosen, known=", ".join(known.variants))
    return known, known.variants[chosen]


def get(
    job: Job, known: PublicSet, variant: Variant, folder: Path, *, timeout: float = _TIMEOUT
) -> Fetched:
    """Fetch a data set into `folder` and unpack it; what is there already is not fetched again.

    Raises `Problem` (`fetch.*`, `unzip.*`) and `Cancelled`; a later call goes on where this one ended.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about = folder / f"{Path(variant.name).stem}.about.toml"
    unpacked = folder / Path(variant.name).stem
    if variant.name.endswith(".zip") and unpacked.is_dir():
        return Fetched(_inner(unpacked), about)
    file = fetch(job, _remote(variant, timeout), folder, timeout=timeout)
    # As `train --about` reads it: a model made from these images must carry it.
    facts = {
        "description": known.description,
        "licence": known.licence,
        "attribution": known.attribution,
    }
    lines = "".join(
        f"{name} = {msgspec.json.encode(text).decode()}\n" for name, text in facts.items()
    )
    if not os.path.lexists(about):
        Output(about).write(lines.encode())
    if not variant.name.endswith(".zip"):
        return Fetched(file, about)
    unzip(job, file, unpacked)
    file.unlink()
    return Fetched(_inner(unpacked), about)


def _inner(folder: Path) -> Path:
    inner = [one for one in folder.iterdir() if not one.name.startswith(".")]
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else folder


def _remote(variant: Variant, timeout: float) -> Remote:
    size, checksum = variant.size, variant.checksum
    if variant.listing:
        size, checksum = _ask(variant, timeout)
    return Remote(variant.url, variant.name, size, variant.algorithm, checksum)


def _ask(variant: Variant, timeout: float) -> tuple[int, str]:
    """Return size and SHA-256 of a file as its repository lists them; raises `Problem`."""
    request = urllib.request.Request(variant.listing, headers={"User-Agent": "Bloodbench"})
    with (
        explained(variant.listing, variant.name),
        urllib.request.urlopen(request, timeout=timeout) as answer,
    ):
        data = answer.read(_LISTING_BYTES)
    try:
        listed = msgspec.json.decode(data, type=list[_Listed])
    except msgspec.DecodeError as error:
        raise Problem("fetch.listing", name=variant.name) from error
    for one in listed:
        if one.filename == variant.name:
            return one.content_details.size, one.content_details.sha256_hash.lower()
    raise Problem("fetch.listing", name=variant.name)
