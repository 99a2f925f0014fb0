"""Detectors of copies: exact ones, near ones, and copies on both sides of a split."""

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from engine.curate.detector import Detector, View
from engine.curate.finding import Action, Finding, Kind
from engine.curate.original import Version, original
from engine.messages import Message, Param

_EVIDENCE = 5


class ExactDuplicates(Detector):
    """Files of the same bytes, or whose decoded pixels are the same."""

    kinds = (Kind.EXACT_DUPLICATE,)

    def find(self, view: View) -> Iterator[Finding]:
        """Yield every image of every cluster; clusters are numbered by the row they begin with."""
        pixels: dict[bytes, int] = {}
        groups: dict[int, list[int]] = {}
        hashes = view.folder.facts["pixels"]
        for row, images in view.members().items():
            start = pixels.setdefault(bytes(hashes[row]), row)
            groups.setdefault(start, []).extend(images)
        for row, images in groups.items():
            if len(images) > 1:
                yield from cluster(view, Kind.EXACT_DUPLICATE, row, sorted(images))


class NearDuplicates(Detector):
    """Pictures of the same cell in another version."""

    kinds = (Kind.NEAR_DUPLICATE,)

    def find(self, view: View) -> Iterator[Finding]:
        """Yield every image of every cluster of more than one picture; exact copies are left out."""
        group = view.compared["group"].tolist()
        hashes = view.folder.facts["pixels"]
        rows: dict[int, dict[bytes, int]] = {}
        for row, root in enumerate(group):
            rows.setdefault(root, {}).setdefault(bytes(hashes[row]), row)
        for root, different in rows.items():
            if len(different) > 1:
                images = sorted(int(view.folder.first[row]) for row in different.values())
                yield from cluster(view, Kind.NEAR_DUPLICATE, root, images)


class SplitLeaks(Detector):
    """Copies in training images and in validation or test images."""

    kinds = (Kind.SPLIT_LEAK,)

    def find(self, view: View) -> Iterator[Finding]:
        """Yield the training images that have a copy among the others."""
        records = view.folder.records
        groups: dict[int, list[int]] = {}
        for image, row in enumerate(view.folder.content.tolist()):
            groups.setdefault(int(view.compared["group"][row]), []).append(image)
        for root, images in groups.items():
            held = [one for one in images if records[one].split in ("val", "test")]
            trained = [one for one in images if records[one].split == "train"]
            for one in trained if held else []:
                shown = tuple(records[other].path for other in held[:_EVIDENCE])
                says: dict[str, Param] = {"count": len(held), "split": str(records[held[0]].split)}
                reason = Message("finding.split_leak", says)
                yield Finding(
                    Kind.SPLIT_LEAK,
                    records[one].path,
                    0.95,
                    reason,
                    Action.REVIEW,
                    root,
                    None,
                    shown,
                )


def cluster(view: View, kind: Kind, number: int, images: list[int]) -> Iterator[Finding]:
    """Yield the findings of one cluster: larger ones and those of several labels weigh more.

    The keeper is a file and no link where there is one: a link without its file is nothing. Of near copies it
    is the original, whatever its label. Of exact copies it has the label that most of them have, in a tie the
    one that the model reads; of equal ones it is the first. No keeper where it is off-topic.
    """
    records, content, facts = view.folder.records, view.folder.content, view.folder.facts
    logits, classes = view.folder.logits, view.folder.classes
    votes = Counter(records[one].label for one in images if records[one].label)
    named = sorted(map(str, votes))
    size, labels = len(images), max(1, len(named))
    weight = 1 - 1 / (1 + math.log2(size) + 2 * (labels - 1))
    base = 0.5 if kind is Kind.EXACT_DUPLICATE else 0.3
    score = min(1.0, base + 0.5 * weight)

    def area(one: int) -> int:
        row = content[one]
        return int(facts[row]["height"]) * int(facts[row]["width"])

    def agrees(one: int) -> bool:
        return records[one].label == classes[int(logits[content[one]].argmax())]

    def version(one: int) -> Version:
        suffix = PurePath(records[one].path).suffix.casefold()
        return Version(area(one), float(facts[content[one]]["detail"]), suffix, records[one].size)

    def rank(one: int) -> tuple[bool, int, bool, int]:
        return records[one].link, -votes[records[one].label], not agrees(one), one

    unwanted = view.off_topic(int(content[images[0]]))
    keeper = None
    if not unwanted and kind is Kind.NEAR_DUPLICATE:
        files = [one for one in images if not records[one].link] or images
        keeper = files[original([version(one) for one in files])]
    elif not unwanted:
        keeper = min(images, key=rank)
    exact = "exact" if kind is Kind.EXACT_DUPLICATE else "near"
    suffix = "_off_topic" if unwanted else "_conflict" if labels > 1 else ""
    says: dict[str, Param] = {"size": size, "labels": ", ".join(named)}
    reason = Message(f"finding.{exact}{suffix}", says)
    for one in images:
        action = Action.KEEP if one == keeper else Action.REMOVE
        # Versions of one cell: which of them is worth keeping, a person says.
        if action is Action.REMOVE and kind is Kind.NEAR_DUPLICATE and not unwanted:
            action = Action.REVIEW
        shown = tuple(records[other].path for other in images[: _EVIDENCE + 1] if other != one)
        yield Finding(
            kind, records[one].path, score, reason, action, number, None, shown[:_EVIDENCE]
        )
