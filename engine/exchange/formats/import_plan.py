"""What an import would change, said before it does: matches by content or by path, never a guess."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.exchange.formats.claims import Claim
from engine.images.path_matching import PathFinder
from engine.messages import Message, Param
from engine.project.decisions import NOT_CLASSED, Decision
from engine.writing import to_printable


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

    def nothing_fits(self, name: str) -> Message | None:
        """Return what to say of a file called `name` none of whose claims is about any image here."""
        if not self.missing or self.changes or self.same or self.doubts or self.unknown:
            return None
        claim = self.missing[0]
        says: dict[str, Param] = {"name": name, "count": len(self.missing)}
        says["example"] = to_printable(claim.path or claim.sha256 or claim.where)
        return Message("import.none_fits", says)

    def edits(self) -> list[tuple[str, str, str | None]]:
        """Return the changes as a project takes them."""
        return [(one.path, one.field, one.new) for one in self.changes]


def plan(
    claims: Iterable[Claim], images: Sequence[Known], find: Callable[[str], str | None]
) -> Plan:
    """Match claims with images; `find` gives the class id of a label as the file writes it.

    A claim with a SHA-256 is about images of that content and no other: an image at its path that
    holds something else is not meant. One with a path alone is about the image that `PathFinder` finds;
    where several paths lead to one image, only the exact one does.
    """
    finder = _Finder(images)
    doubts: list[Doubt] = []
    missing: list[Claim] = []
    unknown: Counter[str] = Counter()
    matched: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found = finder.find(claim)
        if claim.unclear:
            found = Doubt(claim, claim.unclear, (found,) if isinstance(found, str) else ())
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
        about, guesses = _one_path(about, image.path, finder)
        doubts += guesses
        if not about:
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
        self._at = {image.path: image for image in images}
        self.paths = PathFinder(self._at)
        for image in images:
            if image.sha256:
                self._by_content[image.sha256].append(image)

    def find(self, claim: Claim) -> str | Doubt | None:
        """Return the path of the one image that is meant, a doubt, or None where there is none."""
        meant = self.paths.find(claim.path).paths if claim.path else ()
        there = [self._at[path] for path in meant]
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


def _one_path(claims: list[Claim], path: str, finder: _Finder) -> tuple[list[Claim], list[Doubt]]:
    """Return the claims that hold for the image at `path`, and those whose path only seems to mean it."""
    named = [claim for claim in claims if claim.path and not claim.sha256]
    if len({claim.path for claim in named}) < 2:
        return claims, []
    guesses = [claim for claim in named if not finder.paths.find(claim.path).exact]
    reason = Message("import.several_paths", {"count": len({claim.path for claim in named})})
    return (
        [claim for claim in claims if claim not in guesses],
        [Doubt(claim, reason, (path,)) for claim in guesses],
    )


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
