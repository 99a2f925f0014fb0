"""Finding keys depend only on kind and contents."""

from pathlib import Path

import numpy as np

from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.finding_keys import with_keys, without_dismissed
from engine.curate.image_features import FEATURES_DTYPE
from engine.curate.image_set import ImageSet
from engine.images.record import ImageRecord
from engine.messages import Message


def image_set(**contents: str) -> ImageSet:
    records = [ImageRecord(f"{name}.png", "a", None, 1, 1) for name in contents]
    hashes = list(dict.fromkeys(contents.values()))
    content = np.array([hashes.index(content_hash) for content_hash in contents.values()], np.intp)
    count = len(hashes)
    zeros = np.zeros((count, 1), np.float16)
    features = np.zeros(count, FEATURES_DTYPE)
    return ImageSet(records, [], content, hashes, features, zeros, zeros.astype(np.float32), ("a",))


def finding(
    kind: FindingKind, path: str, cluster: int | None = None, reason: str = "x", better=None
):
    return Finding(kind, path, 0.5, Message(reason), FindingAction.REVIEW, cluster, better)


def key(kind: FindingKind, contents: dict[str, str], *names: str, **more) -> set[str]:
    given = [finding(kind, f"{name}.png", **more) for name in names]
    return {keyed.key for keyed in with_keys(given, image_set(**contents))}


def test_cluster_key_ignores_number_order_and_names():
    first = key(FindingKind.NEAR_DUPLICATE, {"a": "1", "b": "2"}, "a", "b", cluster=0)
    again = key(
        FindingKind.NEAR_DUPLICATE, {"y": "2", "x": "1", "z": "1"}, "x", "y", "z", cluster=7
    )
    assert first == again
    assert len(first) == 1


def test_cluster_key_changes_with_another_image():
    two = key(FindingKind.NEAR_DUPLICATE, {"a": "1", "b": "2"}, "a", "b", cluster=0)
    three = key(
        FindingKind.NEAR_DUPLICATE, {"a": "1", "b": "2", "c": "3"}, "a", "b", "c", cluster=0
    )
    assert two.isdisjoint(three)


def test_key_depends_on_kind_fault_and_suggested_label():
    contents = {"a": "1"}
    keys = [
        key(FindingKind.QUALITY, contents, "a", reason="finding.blur"),
        key(FindingKind.QUALITY, contents, "a", reason="finding.dark"),
        key(FindingKind.UNUSUAL, contents, "a"),
        key(FindingKind.SUSPECT_LABEL, contents, "a", better="b"),
        key(FindingKind.SUSPECT_LABEL, contents, "a", better="c"),
    ]
    assert len(set.union(*keys)) == 5


def test_without_dismissed_keeps_the_order():
    given = [finding(FindingKind.UNUSUAL, f"{name}.png") for name in "abc"]
    found = list(with_keys(given, image_set(a="1", b="2", c="3")))
    assert [finding.path for finding in without_dismissed(found, {found[1].key})] == [
        "a.png",
        "c.png",
    ]


def test_unreadable_file_has_a_key(tmp_path: Path):
    (keyed,) = with_keys([finding(FindingKind.UNREADABLE, "caf\udce9.png")], image_set(a="1"))
    assert keyed.key
