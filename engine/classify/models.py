"""Which models there are: the shipped ones, and those a person trained or added."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.classify.architectures import ARCHITECTURES
from engine.classify.bundle import CARD, Bundle, read_card
from engine.classify.card import Card
from engine.messages import Message, Problem
from engine.paths import data_dir, resources


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


def user_models() -> Path:
    """Return the folder where a person's own models are."""
    return data_dir() / "models"


def installed() -> list[Model]:
    """Return all models, the default first; reads their cards only."""
    return [*_models(resources() / "models", shipped=True), *_models(user_models(), shipped=False)]


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
    path = Path(name_or_path).expanduser()
    if not path.exists():
        known = ", ".join(model.name for model in models) or "-"
        raise Problem("model.unknown", name=str(name_or_path), known=known)
    return Bundle.open(path)


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
