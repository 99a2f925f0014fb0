"""What the commands that read images have in common: source, model, device, the reading."""

import argparse
import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.progress import progress_job, say
from engine.messages import Message, render

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.devices import Device
    from engine.classify.pipeline import ReadSummary
    from engine.classify.reading import Reading
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source

Results = Sequence[tuple["ImageRecord", "Reading | Message"]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say what is read, by which model, on what."""
    parser.add_argument(
        "folder", metavar="FOLDER", help="images in folders of any depth, or an .npz archive"
    )
    parser.add_argument(
        "--model",
        metavar="NAME|PATH",
        help="a model listed by `models`, or “fast” for the fastest; default: the best shipped one",
    )
    parser.add_argument(
        "--device", choices=("auto", "cpu", "gpu"), default="auto", help="default: auto"
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="read every image again, ignoring cached readings",
    )


def add_views(parser: argparse.ArgumentParser) -> None:
    """Add the argument that says in how many views each image is read."""
    parser.add_argument(
        "--views",
        metavar="N",
        type=int,
        choices=range(1, 9),
        default=1,
        help="average N rotated and mirrored views of each image (1 to 8): more stable, but "
        "takes N times as long",
    )


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every file that a command reads: the folder's, or the archive, and whatever else it is given.

    Nothing is looked at before somebody goes through them.
    """

    source: "Source"
    found: Sequence["ImageRecord | BadFile"]
    more: Sequence[str | Path] = ()

    def __iter__(self) -> Iterator[Path]:
        yield from map(Path, self.more)
        for one in self.found:
            yield self.source.root / one.path


@dataclass(frozen=True, slots=True)
class Engine:
    """A source of images and the model that reads them."""

    source: "Source"
    bundle: "Bundle"
    device: "Device"
    cached: bool = True
    views: int = 1

    @classmethod
    def open(cls, args: argparse.Namespace) -> "Engine":
        """Find what the arguments name; raises `Problem`."""
        from engine.classify.devices import choose
        from engine.classify.models import find, ready, title_of, unmade
        from engine.images.class_set import load_class_set
        from engine.images.source import open_source

        bundle = find(args.model)
        source = open_source(args.folder, load_class_set(bundle.card.class_set))
        device = choose(args.device)
        if unmade(bundle, device):
            say(render(Message("network.making", {"name": title_of(bundle)})))
        with progress_job("step") as job:
            chosen = ready(job, args.model, device, insist=bool(args.model))
        for note in chosen.notes:
            say(render(note))
        return cls(source, chosen.bundle, device, not args.no_cache, getattr(args, "views", 1))

    def scan(self) -> list["ImageRecord | BadFile"]:
        """Return all files of the source in its order."""
        with progress_job("file") as job:
            return list(self.source.scan(job))

    def read(
        self, records: Sequence["ImageRecord"], on_results: Callable[[Results], None]
    ) -> "ReadSummary":
        """Read images and hand out results as they get ready; raises `Cancelled`, `Problem`."""
        from engine.classify.reading_cache import ReadingCache
        from engine.classify.pipeline import read
        from engine.classify.runtime import open_runtime
        from engine.classify.multi_view import Views

        say(render(self.device.note))
        with progress_job("image", on_results) as job:
            card = self.bundle.card
            with contextlib.ExitStack() as stack:
                kept = ReadingCache(card, views=self.views) if self.cached else None
                cache = stack.enter_context(kept) if kept else None
                if kept and kept.note:
                    say(render(kept.note))
                runtime = open_runtime(self.bundle, self.device, job)
                stack.callback(runtime.close)
                if self.views > 1:
                    runtime = Views(runtime, self.views)
                return read(job, self.source, records, runtime, card, cache)
