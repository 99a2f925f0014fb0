"""A report as data: everything that is printed, in no language and no format."""

from msgspec import Struct

from engine.evaluate.agreement import Agreement
from engine.evaluate.curves import Acceptance, Bin, Curve, Needs
from engine.evaluate.differential import Differential
from engine.evaluate.evaluation_basis import Apart, Basis
from engine.evaluate.metrics import Metrics
from engine.evaluate.robustness import Scorecard

CREATOR = "Bloodbench report"
"""What a PDF or HTML report says of its maker; an earlier report is known by it."""

TARGETS = (0.99, 0.995, 0.999)
"""Accuracies for which a report says how many images a person must look at."""

SESSION_FIELDS = ("specimen", "operator", "instrument", "stain")
"""What every session asks for; a person may add fields of their own."""


class ModelFacts(Struct, frozen=True):
    """Which model read the images; `id` is the SHA-256 of its weights."""

    name: str
    architecture: str
    id: str
    created: str
    licence: str
    attribution: str


class DataFacts(Struct, frozen=True):
    """Which images were read.

    `name` is the folder's, or empty where names are kept back. `fingerprint` is the SHA-256 over the
    sorted SHA-256 of every readable image: the same images give the same, whatever they are called.
    """

    name: str
    images: int
    unreadable: int
    labelled: int
    fingerprint: str


class Reviewer(Struct, frozen=True):
    """What one person did: how many images and edits, and when (ISO 8601, UTC)."""

    who: str
    images: int
    edits: int
    first: str
    last: str


class Check(Struct, frozen=True):
    """One thing that must be clean before sign-off; `count` is how many images it is not for."""

    id: str
    count: int

    @property
    def clean(self) -> bool:
        """Whether nothing is left to do."""
        return self.count == 0


class SignOff(Struct, frozen=True):
    """Who signed, when, and with what note; `valid` is False once anything changed afterwards."""

    who: str
    at: str
    note: str
    valid: bool


class Mistake(Struct, frozen=True):
    """An image whose label and prediction differ, by the name it is shown by."""

    image: str
    label: str
    predicted: str
    confidence: float


class Evaluation(Struct, frozen=True):
    """How good the model is on the labelled images, and the surest of its mistakes.

    `basis` says whether it learned from these; those that it did learn from are `apart`, in no other
    figure. `together` more images have no label but what the model said, confirmed for several at once.
    `robustness` is None unless it was asked for: it reads spoiled images.
    """

    metrics: Metrics
    roc: dict[str, Curve]
    precision_recall: dict[str, Curve]
    reliability: tuple[Bin, ...]
    acceptance: Acceptance
    needs: tuple[Needs, ...]
    mistakes: tuple[Mistake, ...]
    robustness: Scorecard | None = None
    basis: Basis = "unknown"
    apart: Apart | None = None
    together: int = 0


class Together(Struct, frozen=True):
    """The images whose class was given to several at once, and of how many the model says the same."""

    n: int
    agreed: int


class ClassName(Struct, frozen=True):
    """How a class is called and coloured."""

    name: str
    colour: str


class Report(Struct, frozen=True):
    """One report; `created` is ISO 8601 in UTC, `software` maps names to versions.

    `agreement` is of the images that were decided one by one, `together` of the others.
    """

    title: str
    created: str
    software: dict[str, str]
    session: dict[str, str]
    model: ModelFacts
    data: DataFacts
    classes: dict[str, ClassName]
    differential: Differential
    agreement: Agreement
    together: Together
    reviewers: tuple[Reviewer, ...]
    checks: tuple[Check, ...]
    sign_off: SignOff | None
    evaluation: Evaluation | None

    @property
    def looks(self) -> dict[str, tuple[str, str]]:
        """Name and colour of each class, as figures want them."""
        return {name: (one.name, one.colour) for name, one in self.classes.items()}
