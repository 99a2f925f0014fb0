"""Installed models: the shipped ones and the user's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.classify.architectures import ARCHITECTURES
from engine.classify.bundle import CARD_FILE, Bundle, read_card
from engine.classify.card import Card
from engine.classify.devices import Device
from engine.classify.openvino_network import (
    has_network,
    last_failure,
    prepare_network,
    storage_problem,
)
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import data_dir, resources_dir

FAST_MODEL = "fast"
"""Alias of the fastest shipped model."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """An installed model: its name, its folder, and its card or the problem with it."""

    name: str
    folder: Path
    is_shipped: bool
    card: Card | None
    problem: Message | None = None

    @property
    def title(self) -> str:
        """The display name: of a shipped model its architecture, else the name in its card."""
        if self.is_shipped and self.card and self.card.architecture in ARCHITECTURES:
            return ARCHITECTURES[self.card.architecture].name
        return self.card.name if self.card else self.name

    @property
    def is_fast(self) -> bool:
        """True for the model that `FAST_MODEL` names."""
        if not self.is_shipped or self.card is None:
            return False
        architecture = ARCHITECTURES.get(self.card.architecture)
        return architecture is not None and architecture.is_fast


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """A model that is ready for inference; `notes` say why it is another one, or made anew each time."""

    bundle: Bundle
    notes: tuple[Message, ...] = ()


def user_models_dir() -> Path:
    """Return the folder of the user's own models."""
    return data_dir() / "models"


def installed_models() -> list[InstalledModel]:
    """Return all models, the default first; reads only their cards."""
    return [
        *_models_in(resources_dir() / "models", shipped=True),
        *_models_in(user_models_dir(), shipped=False),
    ]


def open_model(name_or_path: str | Path | None = None) -> Bundle:
    """Open a model by name or path (a folder or a zip), or the default one; raises `Problem`."""
    models = installed_models()
    if name_or_path is None:
        usable = [model for model in models if model.card]
        if not usable:
            raise Problem("model.none", folder=str(user_models_dir()))
        return Bundle.open(usable[0].folder)
    # The user's own model takes precedence over a shipped one of the same name.
    for model in reversed(models):
        if model.name == str(name_or_path):
            return Bundle.open(model.folder)
    fast_model = find_fast_model()
    if name_or_path == FAST_MODEL and fast_model:
        return Bundle.open(fast_model.folder)
    path = Path(name_or_path).expanduser()
    if not path.exists():
        names = ", ".join(model.name for model in models) or "-"
        raise Problem("model.unknown", name=str(name_or_path), known=names)
    return Bundle.open(path)


def find_fast_model() -> InstalledModel | None:
    """Return the fastest shipped model, or None."""
    return next((model for model in installed_models() if model.is_fast), None)


def model_title(bundle: Bundle) -> str:
    """Return the display name of a model, installed or not."""
    return next(
        (model.title for model in installed_models() if model.folder == bundle.folder),
        bundle.card.name,
    )


def needs_network(bundle: Bundle, device: Device) -> bool:
    """Return whether the model's network has yet to be made: seconds, without an EfficientNet a minute."""
    return device.backend == "openvino" and not has_network(bundle)


def prepare_model(
    job: Job,
    name: str | Path | None,
    device: Device,
    *,
    required: bool = False,
    retry: bool = False,
) -> PreparedModel:
    """Open a model and prepare its network; if the conversion fails, the fast model replaces it.

    A conversion that failed before is only repeated with `retry`. Raises `Cancelled`, and `Problem` for
    an unknown model, or where the conversion fails and the model is `required`.
    """
    bundle = open_model(name)
    if not needs_network(bundle, device):
        return PreparedModel(bundle)
    fast_model = None if required else find_fast_model()
    fallback = fast_model if fast_model and fast_model.folder != bundle.folder else None
    failure = last_failure(bundle) if fallback and not retry else None
    if failure is None:
        try:
            prepare_network(bundle, job)
            problem = storage_problem(bundle)
            return PreparedModel(bundle, (problem,) if problem else ())
        except Problem as error:
            if fallback is None:
                raise
            failure = error.message
    assert fallback is not None
    params = {"name": model_title(bundle), "fast": fallback.title}
    return PreparedModel(
        Bundle.open(fallback.folder), (failure, Message("network.stand_in", params))
    )


def make_all_networks(job: Job) -> list[tuple[InstalledModel, Problem]]:
    """Convert the networks of all shipped models; return the failures. Raises `Cancelled`."""
    failures = []
    for model in installed_models():
        if not (model.is_shipped and model.card):
            continue
        try:
            prepare_network(Bundle.open(model.folder), job)
        except Problem as problem:
            failures.append((model, problem))
    return failures


def _models_in(models_folder: Path, *, shipped: bool) -> Iterator[InstalledModel]:
    try:
        folders = [folder for folder in models_folder.iterdir() if (folder / CARD_FILE).is_file()]
    except OSError:
        return
    best_first = list(ARCHITECTURES)

    def rank(folder: Path) -> tuple[int, str]:
        is_known = folder.name in best_first
        return (best_first.index(folder.name) if is_known else len(best_first), folder.name)

    for folder in sorted(folders, key=rank):
        # A leading dot marks a folder that is being written or deleted.
        if folder.name.startswith("."):
            continue
        try:
            yield InstalledModel(folder.name, folder, shipped, read_card(folder, folder.name))
        except Problem as problem:
            yield InstalledModel(folder.name, folder, shipped, None, problem.message)
