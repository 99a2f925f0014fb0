"""Duplicate detectors: exact copies, near copies, and copies across a split."""

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from engine.curate.detectors.base import Detector, DetectorContext
from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.original_version import ImageVersion, find_original
from engine.messages import Message, Param

_MAX_EVIDENCE = 5


class ExactDuplicates(Detector):
    """Files with the same bytes or the same decoded pixels."""

    kinds = (FindingKind.EXACT_DUPLICATE,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield every image of every cluster; the cluster number is its first content row."""
        row_by_hash: dict[bytes, int] = {}
        images_by_row: dict[int, list[int]] = {}
        hashes = context.image_set.features["pixels"]
        for row, images in context.images_by_content().items():
            first_row = row_by_hash.setdefault(bytes(hashes[row]), row)
            images_by_row.setdefault(first_row, []).extend(images)
        for row, images in images_by_row.items():
            if len(images) > 1:
                yield from cluster_findings(
                    context, FindingKind.EXACT_DUPLICATE, row, sorted(images)
                )


class NearDuplicates(Detector):
    """Different versions of the same image."""

    kinds = (FindingKind.NEAR_DUPLICATE,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield every image of every cluster of several versions; exact copies are left out."""
        group = context.comparison["group"].tolist()
        hashes = context.image_set.features["pixels"]
        rows_by_root: dict[int, dict[bytes, int]] = {}
        for row, root in enumerate(group):
            rows_by_root.setdefault(root, {}).setdefault(bytes(hashes[row]), row)
        for root, row_by_hash in rows_by_root.items():
            if len(row_by_hash) > 1:
                images = sorted(
                    int(context.image_set.first_images[row]) for row in row_by_hash.values()
                )
                yield from cluster_findings(context, FindingKind.NEAR_DUPLICATE, root, images)


class SplitLeaks(Detector):
    """Training images with a copy in the validation or test set."""

    kinds = (FindingKind.SPLIT_LEAK,)

    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield the training images that have such a copy."""
        records = context.image_set.records
        images_by_root: dict[int, list[int]] = {}
        for image, row in enumerate(context.image_set.content_rows.tolist()):
            images_by_root.setdefault(int(context.comparison["group"][row]), []).append(image)
        for root, images in images_by_root.items():
            held_out = [image for image in images if records[image].split in ("val", "test")]
            training = [image for image in images if records[image].split == "train"]
            for image in training if held_out else []:
                evidence = tuple(records[copy].path for copy in held_out[:_MAX_EVIDENCE])
                params: dict[str, Param] = {
                    "count": len(held_out),
                    "split": str(records[held_out[0]].split),
                }
                reason = Message("finding.split_leak", params)
                yield Finding(
                    FindingKind.SPLIT_LEAK,
                    records[image].path,
                    0.95,
                    reason,
                    FindingAction.REVIEW,
                    root,
                    None,
                    evidence,
                )


def cluster_findings(
    context: DetectorContext, kind: FindingKind, number: int, images: list[int]
) -> Iterator[Finding]:
    """Yield the findings of one cluster; the score rises with its size and its number of labels.

    The keeper is a file rather than a link, since a link needs its file. Of near copies it is the original,
    whatever its label. Of exact copies it has the most frequent label, in a tie the predicted one, then
    it is the first. An off-topic cluster has no keeper.
    """
    records, content_rows, features = (
        context.image_set.records,
        context.image_set.content_rows,
        context.image_set.features,
    )
    logits, classes = context.image_set.logits, context.image_set.classes
    label_counts = Counter(records[image].label for image in images if records[image].label)
    label_names = sorted(map(str, label_counts))
    size, label_count = len(images), max(1, len(label_names))
    weight = 1 - 1 / (1 + math.log2(size) + 2 * (label_count - 1))
    base = 0.5 if kind is FindingKind.EXACT_DUPLICATE else 0.3
    score = min(1.0, base + 0.5 * weight)

    def area(image: int) -> int:
        row = content_rows[image]
        return int(features[row]["height"]) * int(features[row]["width"])

    def agrees(image: int) -> bool:
        return records[image].label == classes[int(logits[content_rows[image]].argmax())]

    def version(image: int) -> ImageVersion:
        suffix = PurePath(records[image].path).suffix.casefold()
        return ImageVersion(
            area(image), float(features[content_rows[image]]["detail"]), suffix, records[image].size
        )

    def rank(image: int) -> tuple[bool, int, bool, int]:
        return records[image].is_link, -label_counts[records[image].label], not agrees(image), image

    is_off_topic = context.is_off_topic(int(content_rows[images[0]]))
    keeper = None
    if not is_off_topic and kind is FindingKind.NEAR_DUPLICATE:
        files = [image for image in images if not records[image].is_link] or images
        keeper = files[find_original([version(image) for image in files])]
    elif not is_off_topic:
        keeper = min(images, key=rank)
    message = "exact" if kind is FindingKind.EXACT_DUPLICATE else "near"
    suffix = "_off_topic" if is_off_topic else "_conflict" if label_count > 1 else ""
    params: dict[str, Param] = {"size": size, "labels": ", ".join(label_names)}
    reason = Message(f"finding.{message}{suffix}", params)
    for image in images:
        action = FindingAction.KEEP if image == keeper else FindingAction.REMOVE
        # A person decides which version of an image to keep.
        if (
            action is FindingAction.REMOVE
            and kind is FindingKind.NEAR_DUPLICATE
            and not is_off_topic
        ):
            action = FindingAction.REVIEW
        evidence = tuple(
            records[copy].path for copy in images[: _MAX_EVIDENCE + 1] if copy != image
        )
        yield Finding(
            kind, records[image].path, score, reason, action, number, None, evidence[:_MAX_EVIDENCE]
        )
