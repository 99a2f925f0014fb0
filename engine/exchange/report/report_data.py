"""Report as data, independent of language and output format; the fields are written to JSON."""

from msgspec import Struct, field

from engine.evaluate.agreement import Agreement
from engine.evaluate.curves import AcceptanceCurve, ClassCurve, ReliabilityBin, ReviewEffort
from engine.evaluate.differential import Differential
from engine.evaluate.evaluation_basis import EvaluationBasis, SeenImages
from engine.evaluate.metrics import Metrics
from engine.evaluate.robustness import RobustnessScorecard
from engine.exchange.report.field_counts import PLATELET_FACTOR, FieldCounts, SlideCounts
from engine.exchange.report.second_readings import SecondReading
from engine.project.settled_conflicts import SettledConflict

CREATOR = "Bloodbench report"
"""Creator entry of PDF and HTML reports, by which an earlier report is recognised."""

ACCURACY_TARGETS = (0.99, 0.995, 0.999)
"""Accuracies for which a report gives the review effort."""

SESSION_FIELDS = ("specimen", "operator", "instrument", "stain", PLATELET_FACTOR)
"""Standard fields of a session; a person may add others."""


class ModelFacts(Struct, frozen=True):
    """The model that made the predictions; `id` is the SHA-256 of its weights.

    It was read in `views` rotated and mirrored views of each image.
    """

    name: str
    architecture: str
    id: str
    created: str
    licence: str
    attribution: str
    views: int = 1


class DataFacts(Struct, frozen=True):
    """The images of the report.

    `name` is the folder's, empty where names are omitted. Of `images`, `removed` are in no figure.
    `fingerprint` is the SHA-256 over the sorted SHA-256 of every readable image, so it does not depend on
    file names.
    """

    name: str
    images: int
    unreadable: int
    labelled: int
    fingerprint: str
    removed: int = 0


class Reviewer(Struct, frozen=True):
    """One person's activity: number of images and edits, first and last time (ISO 8601, UTC)."""

    who: str
    images: int
    edits: int
    first: str
    last: str


class DecidedCells(Struct, frozen=True):
    """Counted cells with a person's class: decided alone, and several with one action."""

    one_by_one: int
    in_bulk: int


class SignOffCheck(Struct, frozen=True):
    """One requirement of the sign-off; `count` is the number of images that do not meet it."""

    id: str
    count: int

    @property
    def clean(self) -> bool:
        """True if the requirement is met."""
        return self.count == 0


class SignOff(Struct, frozen=True):
    """A sign-off; `valid` is False if anything was changed afterwards."""

    who: str
    at: str
    note: str
    valid: bool


class Mistake(Struct, frozen=True):
    """A wrong prediction; `image` is the image's name in the report."""

    image: str
    label: str
    predicted: str
    confidence: float


class Evaluation(Struct, frozen=True):
    """The model's performance on labelled images, and its most confident mistakes.

    `basis` says whether the model was trained on these images; `seen_images` has the figures of images it was
    trained on, which are in no other figure. `bulk_confirmed` counts the predictions confirmed in bulk, which
    are no labels here; `together` of these images have no other label and are left out. `robustness` is None
    unless it was measured. In the JSON file of a report two fields have other names, as in earlier versions:
    `needs` and `apart`.
    """

    metrics: Metrics
    roc: dict[str, ClassCurve]
    precision_recall: dict[str, ClassCurve]
    reliability: tuple[ReliabilityBin, ...]
    acceptance: AcceptanceCurve
    review_efforts: tuple[ReviewEffort, ...] = field(name="needs")
    mistakes: tuple[Mistake, ...]
    robustness: RobustnessScorecard | None = None
    basis: EvaluationBasis = "unknown"
    seen_images: SeenImages | None = field(default=None, name="apart")
    together: int = 0
    bulk_confirmed: int = 0


class AccuracyEstimate(Struct, frozen=True):
    """An accuracy on `n` images, with an interval."""

    n: int
    accuracy: float
    interval: tuple[float, float]


class Trust(Struct, frozen=True):
    """Basis of the figures of a report.

    `expected` is from calibrated confidence, `measured` from the `confirmed` cells that were decided one by
    one and that the model was not trained on, None for too few. `unknown` and `several_possible` count
    unreviewed cells of none of the classes (None for models without limits) and with several possible
    classes; of usual cells `usual_unknown_share` are unknown. `held_out_accuracy` is the model's own.
    `read` counts the images that were read and not removed. `missing_classes` are classes of the count that
    the model does not know.
    """

    expected: AccuracyEstimate | None
    measured: AccuracyEstimate | None
    confirmed: int
    unknown: int | None
    usual_unknown_share: float
    several_possible: int
    sets_recalibrated: bool
    held_out_accuracy: float | None
    training_images: int
    read: int = 0
    missing_classes: tuple[str, ...] = ()


class BulkAgreement(Struct, frozen=True):
    """Images labelled several at once: their number, and for how many the model agrees."""

    n: int
    agreed: int


class ClassStyle(Struct, frozen=True):
    """Name and colour of a class."""

    name: str
    colour: str


class NotedImage(Struct, frozen=True):
    """An image with a note; `label` is empty where it has none."""

    image: str
    label: str
    tags: tuple[str, ...]
    note: str


class Report(Struct, frozen=True):
    """One report; `created` is ISO 8601 in UTC, `software` maps names to versions.

    `agreement` covers the images decided one by one, of which the model was trained on `agreement_seen`;
    `together` covers the others. `fields` is None unless the
    images are cells of fields; `slides` has the count of each folder of fields, if there are several. `tags`
    has the number of images with each tag. `merge_conflicts` counts the different decisions of merged
    projects that nobody has settled. `decided` covers the counted cells.
    """

    title: str
    created: str
    software: dict[str, str]
    session: dict[str, str]
    model: ModelFacts
    data: DataFacts
    classes: dict[str, ClassStyle]
    differential: Differential
    agreement: Agreement
    together: BulkAgreement
    reviewers: tuple[Reviewer, ...]
    checks: tuple[SignOffCheck, ...]
    sign_off: SignOff | None
    evaluation: Evaluation | None
    trust: Trust | None = None
    fields: FieldCounts | None = None
    slides: tuple[SlideCounts, ...] = ()
    second_readings: tuple[SecondReading, ...] = ()
    tags: dict[str, int] = {}
    noted_images: tuple[NotedImage, ...] = ()
    settled_conflicts: tuple[SettledConflict, ...] = ()
    merge_conflicts: int = 0
    decided: DecidedCells = DecidedCells(0, 0)
    agreement_seen: int = 0

    @property
    def reader_conflicts(self) -> int:
        """The number of conflicts of ended second readings that nobody has settled."""
        return sum(reading.open_conflicts for reading in self.second_readings if reading.ended)

    @property
    def class_styles(self) -> dict[str, tuple[str, str]]:
        """Name and colour of each class, in the form that figures take."""
        return {class_id: (style.name, style.colour) for class_id, style in self.classes.items()}
