"""Import plan: claims matched with images by content or path, and the changes that follow."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.exchange.formats.claims import LabelClaim
from engine.images.path_matching import PathFinder
from engine.messages import Message, Param
from engine.project.decisions import NOT_CLASSED, Decision
from engine.project.tags import spelt_as_before, tag_field
from engine.text import to_printable

TAG = "tag"
"""Field of a planned change that gives an image a tag."""


@dataclass(frozen=True, slots=True)
class KnownImage:
    """One image of the folder: path, SHA-256 (empty if unknown), the folder's label, and decision."""

    path: str
    sha256: str
    label: str | None = None
    decision: Decision = field(default_factory=Decision)


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One value that would change: `field` of the image at `path`; a `tag` is the new value."""

    path: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class DoubtfulClaim:
    """A claim that is not applied (or only its tags), the reason, and the images that it may mean."""

    claim: LabelClaim
    reason: Message
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Outcome of matching, before anything is changed.

    `changes` become one edit: `Project.apply("import", plan.edits(), …)`. `unchanged` counts images that
    already have what is claimed; `doubts` are not applied; `unmatched` claims match no image;
    `unknown_labels` counts labels that name no class; `unclaimed` counts images without a claim.
    """

    changes: tuple[PlannedChange, ...]
    unchanged: int
    doubts: tuple[DoubtfulClaim, ...]
    unmatched: tuple[LabelClaim, ...]
    unknown_labels: Mapping[str, int]
    unclaimed: int

    def no_match_message(self, name: str) -> Message | None:
        """Return a message if none of the claims of the file `name` matches an image, else None."""
        if (
            not self.unmatched
            or self.changes
            or self.unchanged
            or self.doubts
            or self.unknown_labels
        ):
            return None
        claim = self.unmatched[0]
        params: dict[str, Param] = {"name": name, "count": len(self.unmatched)}
        params["example"] = to_printable(claim.path or claim.sha256 or claim.location)
        return Message("import.none_fits", params)

    def edits(self) -> list[tuple[str, str, str | bool | None]]:
        """Return the changes in the form that `Project.apply` takes."""
        return [
            (change.path, tag_field(change.new or ""), True)
            if change.field == TAG
            else (change.path, change.field, change.new)
            for change in self.changes
        ]


def match_claims(
    claims: Iterable[LabelClaim], images: Sequence[KnownImage], find: Callable[[str], str | None]
) -> ImportPlan:
    """Match claims with images; `find` returns the class id of a label as written in the file.

    A claim with a SHA-256 matches only images of that content, even if another image has its path. A
    claim with a path alone matches the image that `PathFinder` finds; of several paths that lead to one
    image, only the exact one counts. Tags are added, never taken away.
    """
    project_tags = sorted({tag for image in images for tag in image.decision.tags})
    matcher = _ImageMatcher(images)
    doubts: list[DoubtfulClaim] = []
    unmatched: list[LabelClaim] = []
    unknown_labels: Counter[str] = Counter()
    matched: dict[str, list[LabelClaim]] = defaultdict(list)
    for claim in claims:
        found = matcher.find(claim)
        if claim.unusable_reason:
            found = DoubtfulClaim(
                claim, claim.unusable_reason, (found,) if isinstance(found, str) else ()
            )
        if isinstance(found, DoubtfulClaim):
            doubts.append(found)
        elif found is None:
            unmatched.append(claim)
        else:
            matched[found].append(claim)
    changes: list[PlannedChange] = []
    unchanged = 0
    for image in images:
        if not (image_claims := matched.get(image.path)):
            continue
        image_claims, inexact = _reject_inexact_paths(image_claims, image.path, matcher)
        doubts += inexact
        if not image_claims:
            continue
        claimed = {_claimed_values(claim, find) for claim in image_claims}
        unknown_labels.update(label for *_, label in claimed if label is not None)
        if len(claimed) > 1:
            reason = Message("import.contradiction", {"count": len(claimed)})
            doubts += [DoubtfulClaim(claim, reason, (image.path,)) for claim in image_claims]
            continue
        label, removed, unknown_label = claimed.pop()
        if unknown_label is not None:
            continue
        image_changes = list(_changes(image, label, removed))
        doubts += [
            DoubtfulClaim(claim, claim.tag_problem, (image.path,))
            for claim in image_claims
            if claim.tag_problem
        ]
        image_changes += _tag_changes(image, image_claims, project_tags)
        changes += image_changes
        unchanged += not image_changes
    return ImportPlan(
        tuple(changes),
        unchanged,
        tuple(doubts),
        tuple(unmatched),
        dict(unknown_labels),
        len(images) - len(matched),
    )


class _ImageMatcher:
    def __init__(self, images: Sequence[KnownImage]) -> None:
        self._by_content: dict[str, list[KnownImage]] = defaultdict(list)
        self._by_path = {image.path: image for image in images}
        self.paths = PathFinder(self._by_path)
        for image in images:
            if image.sha256:
                self._by_content[image.sha256].append(image)

    def find(self, claim: LabelClaim) -> str | DoubtfulClaim | None:
        """Return the path of the one matching image, a doubt, or None if no image matches."""
        paths = self.paths.find(claim.path).paths if claim.path else ()
        at_claimed_path = [self._by_path[path] for path in paths]
        if claim.sha256:
            same_content = self._by_content.get(claim.sha256, [])
            same_content_and_path = [
                image for image in at_claimed_path if image.sha256 == claim.sha256
            ]
            unhashed = [image for image in at_claimed_path if not image.sha256]
            if not same_content and unhashed:
                return DoubtfulClaim(claim, Message("import.unread"), _paths(unhashed))
            found = same_content_and_path or same_content
            if not found and at_claimed_path:
                return DoubtfulClaim(
                    claim, Message("import.other_content"), _paths(at_claimed_path)
                )
        else:
            found = at_claimed_path
        if len(found) > 1:
            return DoubtfulClaim(
                claim, Message("import.ambiguous", {"count": len(found)}), _paths(found)
            )
        return found[0].path if found else None


def _reject_inexact_paths(
    claims: list[LabelClaim], path: str, matcher: _ImageMatcher
) -> tuple[list[LabelClaim], list[DoubtfulClaim]]:
    """Return the claims to apply to the image at `path`, and doubts about inexact paths."""
    path_claims = [claim for claim in claims if claim.path and not claim.sha256]
    if len({claim.path for claim in path_claims}) < 2:
        return claims, []
    inexact = [claim for claim in path_claims if not matcher.paths.find(claim.path).exact]
    reason = Message("import.several_paths", {"count": len({claim.path for claim in path_claims})})
    return (
        [claim for claim in claims if claim not in inexact],
        [DoubtfulClaim(claim, reason, (path,)) for claim in inexact],
    )


def _paths(images: Iterable[KnownImage]) -> tuple[str, ...]:
    return tuple(image.path for image in images)


def _claimed_values(
    claim: LabelClaim, find: Callable[[str], str | None]
) -> tuple[str | None, str | None, str | None]:
    """Return class id, reason of removal, and a label that names no class."""
    if claim.not_classed:
        return NOT_CLASSED, claim.removed, None
    if claim.label is None:
        return None, claim.removed, None
    class_id = find(claim.label)
    return class_id, claim.removed, None if class_id else claim.label


def _tag_changes(
    image: KnownImage, claims: Iterable[LabelClaim], project_tags: Sequence[str]
) -> list[PlannedChange]:
    tags = dict.fromkeys(
        spelt_as_before(tag, project_tags) for claim in claims for tag in claim.tags
    )
    return [
        PlannedChange(image.path, TAG, None, tag) for tag in tags if tag not in image.decision.tags
    ]


def _changes(image: KnownImage, label: str | None, removed: str | None) -> Iterable[PlannedChange]:
    """Yield what differs; a claim without a label or removal leaves that field unchanged."""
    old_label = image.decision.label or image.label
    if label is not None and label != old_label:
        yield PlannedChange(image.path, "label", old_label, label)
    if removed is not None and removed != image.decision.removed:
        yield PlannedChange(image.path, "removed", image.decision.removed, removed)
