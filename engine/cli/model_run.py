"""Model runs: source, model, device and inference of the commands that read images."""

import argparse
import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.image_input import open_labelled_source
from engine.cli.progress import progress_job, say
from engine.cli.source_files import scan_images
from engine.fields.cell_path import file_path
from engine.messages import Message, render

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.devices import Device
    from engine.classify.pipeline import ReadSummary
    from engine.classify.reading import Reading
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source

Results = Sequence[tuple["ImageRecord", "Reading | Message"]]


def add_model_arguments(
    parser: argparse.ArgumentParser, *, project: bool = False, are_fields: bool = False
) -> None:
    """Add the arguments for the folder, the model, the device and the cache.

    `project`: a project may be given instead, whose model is used. `are_fields`: the images are fields in
    any case.
    """
    images = "images in folders of any depth, an .npz archive or one image"
    parser.add_argument(
        "folder",
        metavar="FOLDER|PROJECT" if project else "FOLDER",
        help=f"{images}, or a .bloodbench file" if project else images,
    )
    parser.add_argument(
        "--model",
        metavar="NAME|PATH",
        help="a model listed by `models` or its folder, or “fast” for the fastest; default: "
        f"{'the one that the project adopted, else ' if project else ''}the best shipped one",
    )
    parser.add_argument(
        "--fields",
        action="store_true",
        help=argparse.SUPPRESS
        if are_fields
        else "the images are whole fields of a smear: find their cells, and take each as an image",
    )
    parser.add_argument(
        "--device", choices=("auto", "cpu", "gpu"), default="auto", help="default: auto"
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="read every image again, ignoring cached readings",
    )


def add_views_argument(parser: argparse.ArgumentParser) -> None:
    """Add the argument for test-time augmentation: the number of views per image."""
    parser.add_argument(
        "--views",
        metavar="N",
        type=int,
        choices=range(1, 9),
        help="average N rotated and mirrored views of each image (1 to 8): more stable, but "
        "takes N times as long; default: as the model was made for, usually 1",
    )


def prepare_bundle(model: "str | Path | None", device: "Device") -> "Bundle":
    """Open a model with its network, made now if it has yet to be; say what is done and why.

    Without a name: the default model, or the fast one where the network of that cannot be made. Raises
    `Problem` for a model that was named.
    """
    from engine.classify.models import model_title, needs_network, open_model, prepare_model

    bundle = open_model(model)
    if needs_network(bundle, device):
        say(render(Message("network.making", {"name": model_title(bundle)})))
    with progress_job("step") as job:
        chosen = prepare_model(job, model, device, required=bool(model))
    for note in chosen.notes:
        say(render(note))
    return chosen.bundle


@dataclass(frozen=True, slots=True)
class InputFiles:
    """Iterable of every file that a command reads: those of the source, and other inputs."""

    source: "Source"
    files: Sequence["ImageRecord | BadFile"]
    other_inputs: Sequence[str | Path] = ()

    def __iter__(self) -> Iterator[Path]:
        yield from map(Path, self.other_inputs)
        for file in self.files:
            yield self.source.root / file_path(file.path)


@dataclass(frozen=True, slots=True)
class ModelRun:
    """An image source and the model, device and options to read it with."""

    source: "Source"
    bundle: "Bundle"
    device: "Device"
    use_cache: bool = True

    @classmethod
    def open(cls, args: argparse.Namespace) -> "ModelRun":
        """Open the source and the model that the arguments name; raises `Problem`."""
        from engine.classify.devices import choose_device
        from engine.classify.models import open_model
        from engine.images.class_set import load_class_set

        bundle = open_model(args.model)
        class_set = load_class_set(bundle.card.class_set)
        source = open_labelled_source(
            args.folder,
            class_set,
            fields=args.fields,
            folder_classes=getattr(args, "folder_classes", ()),
        )
        device = choose_device(args.device)
        bundle = prepare_bundle(args.model, device)
        if views := getattr(args, "views", None):
            bundle = bundle.with_views(views)
        return cls(source, bundle, device, not args.no_cache)

    def scan(self, shown: str) -> list["ImageRecord | BadFile"]:
        """Return all files of the source in their order; of fields, their cells.

        Raises `Problem` with the name that the user gave the source if it is empty.
        """
        return scan_images(self.source, shown)

    def read(
        self, records: Sequence["ImageRecord"], on_results: Callable[[Results], None]
    ) -> "ReadSummary":
        """Read images and pass on results as they are ready; raises `Cancelled` and `Problem`."""
        from engine.classify.pipeline import read_images
        from engine.classify.reading_cache import ReadingCache
        from engine.classify.runtime import open_runtime

        say(render(self.device.note))
        with progress_job("image", on_results) as job:
            card = self.bundle.card
            with contextlib.ExitStack() as stack:
                opened_cache = ReadingCache(card) if self.use_cache else None
                cache = stack.enter_context(opened_cache) if opened_cache else None
                if opened_cache and opened_cache.note:
                    say(render(opened_cache.note))
                runtime = open_runtime(self.bundle, self.device, job)
                stack.callback(runtime.close)
                return read_images(job, self.source, records, runtime, card, cache)
