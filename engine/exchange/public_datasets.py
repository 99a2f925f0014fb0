"""Public data sets: catalogue with licences, and download."""

import os
import tomllib
import urllib.request
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.damaged_data import DamagedData, decoding
from engine.exchange.download import RemoteFile, download, network_errors_as_problems
from engine.exchange.unzip import unzip
from engine.jobs import Job
from engine.messages import Problem
from engine.outputs import Output
from engine.paths import resources_dir

_MAX_LISTING_BYTES = 4 << 20
_TIMEOUT_SECONDS = 30.0


class DatasetVariant(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a data set; `listing` is the URL that gives size and checksum if they are not here."""

    url: str
    name: str
    size: int
    algorithm: str
    checksum: str
    listing: str = ""


class PublicDataset(Struct, frozen=True, forbid_unknown_fields=True):
    """A public data set, with what a person has to know before downloading it.

    `variants` are keyed by name, such as the images' edge in pixels, smallest first.
    """

    title: str
    description: str
    licence: str
    attribution: str
    page: str
    variants: dict[str, DatasetVariant]


class _ListedContent(Struct):
    size: int
    sha256_hash: str


class _ListedFile(Struct):
    filename: str
    content_details: _ListedContent


@dataclass(frozen=True, slots=True)
class DownloadedDataset:
    """Downloaded images (a folder or an npz), and the file with licence and attribution beside them."""

    images: Path
    about: Path


@cache
def load_public_datasets() -> dict[str, PublicDataset]:
    """Return the data sets of the catalogue by name."""
    files = sorted((resources_dir() / "public").glob("*.toml"))
    return {
        file.stem: msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), PublicDataset)
        for file in files
    }


def find_variant(name: str, variant: str | None = None) -> tuple[PublicDataset, DatasetVariant]:
    """Return a data set and one of its variants, by default the first; raises `Problem`."""
    dataset = load_public_datasets().get(name)
    if dataset is None:
        raise Problem("public.unknown", name=name, known=", ".join(load_public_datasets()))
    chosen = variant or next(iter(dataset.variants))
    if chosen not in dataset.variants:
        raise Problem("public.no_variant", name=chosen, known=", ".join(dataset.variants))
    return dataset, dataset.variants[chosen]


def download_dataset(
    job: Job,
    dataset: PublicDataset,
    variant: DatasetVariant,
    folder: Path,
    *,
    timeout: float = _TIMEOUT_SECONDS,
) -> DownloadedDataset:
    """Download a data set into `folder` and unpack it; existing data is kept.

    Raises `Problem` (`fetch.*`, `unzip.*`) and `Cancelled`; a later call resumes the download.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about = folder / f"{Path(variant.name).stem}.about.toml"
    unpacked = folder / Path(variant.name).stem
    if variant.name.endswith(".zip") and unpacked.is_dir():
        return DownloadedDataset(_only_subfolder(unpacked), about)
    file = download(job, _remote_file(variant, timeout), folder, timeout=timeout)
    # The format that `train --about` reads: a model trained on these images must carry these facts.
    about_entries = {
        "description": dataset.description,
        "licence": dataset.licence,
        "attribution": dataset.attribution,
    }
    lines = "".join(
        f"{name} = {msgspec.json.encode(text).decode()}\n" for name, text in about_entries.items()
    )
    if not os.path.lexists(about):
        Output(about).write(lines.encode())
    if not variant.name.endswith(".zip"):
        return DownloadedDataset(file, about)
    unzip(job, file, unpacked)
    file.unlink()
    return DownloadedDataset(_only_subfolder(unpacked), about)


def _only_subfolder(folder: Path) -> Path:
    children = [child for child in folder.iterdir() if not child.name.startswith(".")]
    return children[0] if len(children) == 1 and children[0].is_dir() else folder


def _remote_file(variant: DatasetVariant, timeout: float) -> RemoteFile:
    size, checksum = variant.size, variant.checksum
    if variant.listing:
        size, checksum = _read_listing(variant, timeout)
    return RemoteFile(variant.url, variant.name, size, variant.algorithm, checksum)


def _read_listing(variant: DatasetVariant, timeout: float) -> tuple[int, str]:
    """Return size and SHA-256 of a file from its repository's listing; raises `Problem`."""
    request = urllib.request.Request(variant.listing, headers={"User-Agent": "Bloodbench"})
    with (
        network_errors_as_problems(variant.listing, variant.name),
        urllib.request.urlopen(request, timeout=timeout) as response,
    ):
        data = response.read(_MAX_LISTING_BYTES)
    try:
        with decoding():
            files = msgspec.json.decode(data, type=list[_ListedFile])
    except DamagedData as error:
        raise Problem("fetch.listing", name=variant.name) from error
    for file in files:
        if file.filename == variant.name:
            return file.content_details.size, file.content_details.sha256_hash.lower()
    raise Problem("fetch.listing", name=variant.name)
