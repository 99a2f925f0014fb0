"""`export-model` command: a model as a file for other programs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.output_options import OutputKind
from engine.cli.progress import progress_job, say
from engine.messages import Message, Param, render

if TYPE_CHECKING:
    from engine.images.record import Pixels

_FORMATS = ("bundle", "compact", "keras", "onnx", "openvino", "codabench")


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "export-model",
        help="export a model as Keras, ONNX, OpenVINO, a bundle zip or a challenge submission",
        description="Export a model for other programs; the exported file is kept only if its "
        "predictions match on test images. compact: a bundle zip of half the size, whose "
        "network is built at first use. codabench: a zip of model.py and weights that "
        "runs on its own.",
        allow_abbrev=False,
    )
    parser.add_argument("kind", metavar="KIND", choices=_FORMATS, help=" | ".join(_FORMATS))
    parser.add_output(
        "--out",
        OutputKind.WHOLE_FOLDER,
        metavar="PATH",
        required=True,
        type=Path,
        help="the file (a new folder for openvino)",
    )
    parser.add_argument(
        "--model",
        metavar="NAME|PATH",
        help="a model listed by `models`; default: the best shipped one",
    )
    parser.add_argument(
        "--check", metavar="FOLDER", help="images to compare on (default: drawn cells)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Export a model; raises `Problem`, and writes nothing, if the file's output differs from the model's."""
    from engine.classify.models import open_model
    from engine.exchange.models.export import export_model

    bundle = open_model(args.model)
    images = _load_check_images(args.check, bundle.card.preprocessing.size)
    with progress_job("step") as job:
        done = export_model(job, bundle, args.kind, args.out, images)
    params: dict[str, Param] = {"path": str(done.path), "images": done.compared}
    say(render(Message("model_export.done", {**params, "difference": done.difference})))
    return 0


def _load_check_images(folder: str | None, size: int) -> "Pixels":
    from engine.exchange.models.comparison_images import load_spread_images, render_sample_images
    from engine.images.record import ImageRecord
    from engine.images.source import open_source

    if folder is None:
        return render_sample_images(size)
    source = open_source(folder)
    with progress_job("file") as job:
        records = [file for file in source.scan(job) if isinstance(file, ImageRecord)]
        return load_spread_images(job, source, records, size)
