"""What an import would change, said before it does: matches by content or exact path, never a guess."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.exchange.formats.claims import Claim
from engine.messages import Message
from engine.project.values import NOT_CLASSED, Decision
from engine.writing import printable


@dataclass(frozen=True, slots=True)
class Known:
    """One image that is there: its path, SHA-256 (empty: unknown), folder's label, and decision."""

    path: str
    sha256: str
    label: str | None = None
    decision: Decision = field(default_factory=Decision)


@dataclass(frozen=True, slots=True)
class Planned:
    """One value that would change: `field` of the image at `path`."""

    path: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim that is not followed, why, and the images it may have meant."""

    claim: Claim
    reason: Message
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `changes` is one edit: `Project.apply("import", plan.edits(), …)`. `same` images have already what
    is claimed; `doubts` are listed and left alone; `missing` claims match no image; `unknown` counts
    labels that no class is called by; `silent` images are those that nothing is claimed of.
    """

    changes: tuple[Planned, ...]
    same: int
    doubts: tuple[Doubt, ...]
    missing: tuple[Claim, ...]
    unknown: Mapping[str, int]
    silent: int

    def edits(self) -> list[tuple[str, str, str | None]]:
        """Return the changes as a project takes them."""
        return [(one.path, one.field, one.new) for one in self.changes]


def plan(
    claims: Iterable[Claim], images: Sequence[Known], find: Callable[[str], str | None]
) -> Plan:
    """Match claims with images; `find` gives the class id of a label as the file writes it.

    A claim with a SHA-256 is about images of that content and no other: an image at its path that
    holds something else is not meant. One with a path alone is about the image at exactly that path.
    """
    finder = _Finder(images)
    doubts: list[Doubt] = []
    missing: list[Claim] = []
    unknown: Counter[str] = Counter()
    matched: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found = Doubt(claim, claim.unclear) if claim.unclear else finder.find(claim)
        if isinstance(found, Doubt):
            doubts.append(found)
        elif found is None:
            missing.append(claim)
        else:
            matched[found].append(claim)
    changes: list[Planned] = []
    same = 0
    for image in images:
        if not (about := matched.get(image.path)):
            continue
        wanted = {_wanted(claim, find) for claim in about}
        unknown.update(label for *_, label in wanted if label is not None)
        if len(wanted) > 1:
            reason = Message("import.contradiction", {"count": len(wanted)})
            doubts += [Doubt(claim, reason, (image.path,)) for claim in about]
            continue
        label, removed, no_class = wanted.pop()
        if no_class is not None:
            continue
        own = list(_changes(image, label, removed))
        changes += own
        same += not own
    return Plan(
        tuple(changes),
        same,
        tuple(doubts),
        tuple(missing),
        dict(unknown),
        len(images) - len(matched),
    )


class _Finder:
    def __init__(self, images: Sequence[Known]) -> None:
        self._by_content: dict[str, list[Known]] = defaultdict(list)
        self._by_path: dict[str, list[Known]] = defaultdict(list)
        for image in images:
            # As a table writes it: what is no text has one written form, which two files may share.
            self._by_path[printable(image.path)].append(image)
            if image.sha256:
                self._by_content[image.sha256].append(image)

    def find(self, claim: Claim) -> str | Doubt | None:
        """Return the path of the one image that is meant, a doubt, or None where there is none."""
        there = self._by_path.get(printable(claim.path), []) if claim.path else []
        if claim.sha256:
            same = self._by_content.get(claim.sha256, [])
            at_path = [image for image in there if image.sha256 == claim.sha256]
            unknown = [image for image in there if not image.sha256]
            if not same and unknown:
                return Doubt(claim, Message("import.unread"), _paths(unknown))
            found = at_path or same
            if not found and there:
                return Doubt(claim, Message("import.other_content"), _paths(there))
        else:
            found = there
        if len(found) > 1:
            return Doubt(claim, Message("import.ambiguous", {"count": len(found)}), _paths(found))
        return found[0].path if found else None


def _paths(images: Iterable[Known]) -> tuple[str, ...]:
    return tuple(image.path for image in images)


def _wanted(
    claim: Claim, find: Callable[[str], str | None]
) -> tuple[str | None, str | None, str | None]:
    """Return class id, reason of removal, and the label that no class is called by."""
    if claim.not_classed:
        return NOT_CLASSED, claim.removed, None
    if claim.label is None:
        return None, claim.removed, None
    known = find(claim.label)
    return known, claim.removed, None if known else claim.label


def _changes(image: Known, label: str | None, removed: str | None) -> Iterable[Planned]:
    """Return what differs; a claim without a label leaves the label, one without removal too."""
    has = image.decision.label or image.label
    if label is not None and label != has:
        yield Planned(image.path, "label", has, label)
    if removed is not None and removed != image.decision.removed:
        yield Planned(image.path, "removed", image.decision.removed, removed)
