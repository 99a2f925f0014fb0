"""Which models there are: the shipped ones, and those a person trained or added."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.classify.architectures import ARCHITECTURES
from engine.classify.bundle import CARD, Bundle, read_card
from engine.classify.card import Card
from engine.classify.devices import Device
from engine.classify.openvino_network import has_network, network_of, why_not
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import data_dir, resources_dir

FAST = "fast"
"""By this name the shipped model that reads quickest is found, whatever its folder is called."""

_QUICK = ("efficientnet_lite0", "mobilenet_v3_small")
"""Architectures of the shipped models that read quickest."""


@dataclass(frozen=True, slots=True)
class Model:
    """An installed model: the name it is found by, its folder, and its card or why there is none."""

    name: str
    folder: Path
    shipped: bool
    card: Card | None
    problem: Message | None = None

    @property
    def title(self) -> str:
        """What people call it: a shipped one by its architecture, one's own by its name."""
        if self.shipped and self.card and self.card.architecture in ARCHITECTURES:
            return ARCHITECTURES[self.card.architecture].name
        return self.card.name if self.card else self.name

    @property
    def fast(self) -> bool:
        """Whether `FAST` means this one."""
        return self.shipped and self.card is not None and self.card.architecture in _QUICK


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model that can be read with at once, and what to say where it is not the one that was meant."""

    bundle: Bundle
    notes: tuple[Message, ...] = ()


def user_models() -> Path:
    """Return the folder where a person's own models are."""
    return data_dir() / "models"


def installed() -> list[Model]:
    """Return all models, the default first; reads their cards only."""
    return [*_models(resources_dir() / "models", shipped=True), *_models(user_models(), shipped=False)]


def find(name_or_path: str | Path | None = None) -> Bundle:
    """Open a model by name or path (a folder or a zip), or the default one; raises `Problem`."""
    models = installed()
    if name_or_path is None:
        usable = [model for model in models if model.card]
        if not usable:
            raise Problem("model.none", folder=str(user_models()))
        return Bundle.open(usable[0].folder)
    # A person's own model may carry the name of a shipped one; then it is the one that is meant.
    for model in reversed(models):
        if model.name == str(name_or_path):
            return Bundle.open(model.folder)
    quick = fast()
    if name_or_path == FAST and quick:
        return Bundle.open(quick.folder)
    path = Path(name_or_path).expanduser()
    if not path.exists():
        known = ", ".join(model.name for model in models) or "-"
        raise Problem("model.unknown", name=str(name_or_path), known=known)
    return Bundle.open(path)


def fast() -> Model | None:
    """Return the shipped model that reads quickest, None where there is none."""
    return next((model for model in installed() if model.fast), None)


def title_of(bundle: Bundle) -> str:
    """Return what people call a model, installed or not."""
    return next((one.title for one in installed() if one.folder == bundle.folder), bundle.card.name)


def unmade(bundle: Bundle, device: Device) -> bool:
    """Return whether a model's network has to be made first, which takes about a minute."""
    return device.backend == "openvino" and not has_network(bundle)


def ready(
    job: Job, name: str | Path | None, device: Device, *, insist: bool = False, again: bool = False
) -> Chosen:
    """Open a model and see to its network; where it cannot be made the fast model stands in.

    One that failed before is only tried `again` on request. Raises `Cancelled`, and `Problem` where
    there is no such model, or nothing may stand in because a person does `insist`.
    """
    bundle = find(name)
    if not unmade(bundle, device):
        return Chosen(bundle)
    quick = None if insist else fast()
    other = quick if quick and quick.folder != bundle.folder else None
    failed = why_not(bundle) if other and not again else None
    if failed is None:
        try:
            network_of(bundle, job)
            return Chosen(bundle)
        except Problem as problem:
            if other is None:
                raise
            failed = problem.message
    assert other is not None
    names = {"name": title_of(bundle), "fast": other.title}
    return Chosen(Bundle.open(other.folder), (failed, Message("network.stand_in", names)))


def make_all(job: Job) -> list[tuple[Model, Problem]]:
    """Make the networks of all shipped models; returns those that failed and why, raises `Cancelled`."""
    failed = []
    for model in installed():
        if not (model.shipped and model.card):
            continue
        try:
            network_of(Bundle.open(model.folder), job)
        except Problem as problem:
            failed.append((model, problem))
    return failed


def _models(home: Path, *, shipped: bool) -> Iterator[Model]:
    try:
        folders = [folder for folder in home.iterdir() if (folder / CARD).is_file()]
    except OSError:
        return
    best_first = list(ARCHITECTURES)

    def rank(folder: Path) -> tuple[int, str]:
        known = folder.name in best_first
        return (best_first.index(folder.name) if known else len(best_first), folder.name)

    for folder in sorted(folders, key=rank):
        # A folder that is being written, or half deleted, has a dot before its name.
        if folder.name.startswith("."):
            continue
        try:
            yield Model(folder.name, folder, shipped, read_card(folder, folder.name))
        except Problem as problem:
            yield Model(folder.name, folder, shipped, None, problem.message)
