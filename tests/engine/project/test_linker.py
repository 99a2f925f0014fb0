"""Linking: images are matched by path and content, and labels stay with their images."""

import os
import shutil

import numpy as np
import pytest
from project_helpers import (
    advance_mtime,
    confirm,
    current_labels,
    link_folder,
    scan_folder,
    write_image,
    write_images,
)

from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.project.decisions import Decision
from engine.project.link_result import LinkResult
from engine.project.project import Project


def decide(project, **by_name):
    project.apply("label", [(f"{n}.jpg", "label", v) for n, v in by_name.items()], who="Ada")


@pytest.fixture
def known(project, root):
    """Three images, two of them labelled, all verified."""
    write_images(root, a=1, b=2, c=3)
    assert link_folder(project, root) == LinkResult(new=3)
    decide(project, a="m", b="n")
    assert confirm(project, root) == LinkResult(same=3)
    return project


def test_unchanged_folder(known, root):
    assert link_folder(known, root) == LinkResult(same=3)
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_new_images_are_not_read(project, root):
    write_images(root, a=1, b=2)
    source, records = scan_folder(root)
    source.digest = None
    project.record_folder = lambda *_: None
    assert project.link(Job(), source, records) == LinkResult(new=2)


def test_touched_file_keeps_its_decision(known, root):
    advance_mtime(root / "a.jpg")
    assert link_folder(known, root) == LinkResult(same=2, touched=1)
    assert link_folder(known, root) == LinkResult(same=3)
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_moved_and_renamed_images_keep_decisions(known, root):
    (root / "a.jpg").rename(root / "z.jpg")
    (root / "sub").mkdir()
    (root / "b.jpg").rename(root / "sub" / "b.jpg")
    links = link_folder(known, root)
    assert set(links.moved) == {("a.jpg", "z.jpg"), ("b.jpg", "sub/b.jpg")}
    assert (links.same, links.new, links.missing, links.ambiguous) == (1, 0, (), ())
    assert current_labels(known) == {"z.jpg": "m", "sub/b.jpg": "n"}
    assert [change.path for change in known.undo("Ada").changes] == ["z.jpg", "sub/b.jpg"]


def test_swapped_names_move_decisions(known, root):
    (root / "a.jpg").rename(root / "x")
    (root / "b.jpg").rename(root / "a.jpg")
    (root / "x").rename(root / "b.jpg")
    links = link_folder(known, root)
    assert set(links.moved) == {("a.jpg", "b.jpg"), ("b.jpg", "a.jpg")}
    assert links.changed == ()
    assert current_labels(known) == {"a.jpg": "n", "b.jpg": "m"}


def test_changed_content_has_no_decision_and_the_old_one_is_kept(known, root):
    write_image(root / "a.jpg", 99)
    links = link_folder(known, root)
    assert (links.changed, links.same, links.new, links.missing) == (("a.jpg",), 2, 0, ())
    assert current_labels(known) == {"b.jpg": "n"}
    decide(known, a="other")
    undone = known.undo("Ada")
    assert [change.path for change in undone.changes] == ["a.jpg"]
    # The edit belongs to the old content at this path: undone, but without visible changes.
    assert [change.path for change in known.undo("Ada").changes] == ["b.jpg"]
    known.redo("Ada")
    known.redo("Ada")
    assert current_labels(known) == {"a.jpg": "other", "b.jpg": "n"}
    write_image(root / "a.jpg", 1)
    assert link_folder(known, root).touched == 1
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}
    write_image(root / "a.jpg", 99)
    link_folder(known, root)
    assert current_labels(known) == {"a.jpg": "other", "b.jpg": "n"}


def test_missing_image_keeps_its_decision(known, root, tmp_path):
    (root / "a.jpg").rename(tmp_path / "kept.jpg")
    assert link_folder(known, root) == LinkResult(same=2, missing=("a.jpg",))
    assert current_labels(known) == {"b.jpg": "n"}
    assert link_folder(known, root) == LinkResult(same=2, missing=("a.jpg",))
    (tmp_path / "kept.jpg").rename(root / "a.jpg")
    assert link_folder(known, root) == LinkResult(same=3)
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_image_that_returns_with_another_time_keeps_its_decision(known, root):
    content = (root / "a.jpg").read_bytes()
    (root / "a.jpg").unlink()
    link_folder(known, root)
    (root / "a.jpg").write_bytes(content)
    advance_mtime(root / "a.jpg")
    assert link_folder(known, root) == LinkResult(same=2, touched=1)
    assert current_labels(known)["a.jpg"] == "m"


def test_other_image_in_place_of_a_missing_one_has_no_decision(known, root):
    (root / "a.jpg").unlink()
    link_folder(known, root)
    write_image(root / "a.jpg", 77)
    link_folder(known, root)
    assert current_labels(known) == {"b.jpg": "n"}


def test_copy_is_a_separate_image(known, root):
    shutil.copyfile(root / "a.jpg", root / "copy.jpg")
    assert link_folder(known, root) == LinkResult(same=3, new=1)
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}
    decide(known, copy="n")
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n", "copy.jpg": "n"}
    # When the first image is removed, its copy keeps its own state.
    (root / "a.jpg").unlink()
    link_folder(known, root)
    assert current_labels(known) == {"b.jpg": "n", "copy.jpg": "n"}


@pytest.fixture
def copies(project, root):
    """Two images with the same content, verified."""
    write_images(root, a=1, b=1, c=3)
    link_folder(project, root)
    confirm(project, root)
    return project


def move_all(root, **names):
    for old, new in names.items():
        (root / f"{old}.jpg").rename(root / f"{new}.jpg")


def test_copies_with_equal_decisions_move(copies, root):
    decide(copies, a="m", b="m")
    move_all(root, a="x", b="y")
    links = link_folder(copies, root)
    assert sorted(links.moved) == [("a.jpg", "x.jpg"), ("b.jpg", "y.jpg")]
    assert current_labels(copies) == {"x.jpg": "m", "y.jpg": "m"}


def test_copies_without_decisions_move(copies, root):
    move_all(root, a="x")
    (root / "b.jpg").unlink()
    links = link_folder(copies, root)
    assert (len(links.moved), len(links.missing), links.ambiguous) == (1, 1, ())


def test_copies_with_different_decisions_are_ambiguous_until_resolved(copies, root):
    decide(copies, a="m", b="n")
    move_all(root, a="x", b="y")
    links = link_folder(copies, root)
    assert links.moved == ()
    assert [image.path for image in links.ambiguous] == ["x.jpg", "y.jpg"]
    assert [(c.path, c.decision.label) for c in links.ambiguous[0].candidates] == [
        ("a.jpg", "m"),
        ("b.jpg", "n"),
    ]
    assert current_labels(copies) == {}
    # It stays ambiguous until it is resolved.
    assert link_folder(copies, root).ambiguous == links.ambiguous
    edit = copies.resolve_ambiguity("x.jpg", links.ambiguous[0].candidates[1].image, who="Ada")
    assert edit.action == "settle"
    assert current_labels(copies) == {"x.jpg": "n"}
    assert [image.path for image in link_folder(copies, root).ambiguous] == ["y.jpg"]
    copies.resolve_ambiguity("y.jpg", None, who="Ada")
    assert link_folder(copies, root).ambiguous == ()
    assert current_labels(copies) == {"x.jpg": "n"}
    copies.undo("Ada")
    copies.undo("Ada")
    assert current_labels(copies) == {}
    assert len(link_folder(copies, root).ambiguous) == 2


def test_two_copies_of_one_missing_image_are_ambiguous(known, root):
    shutil.copyfile(root / "a.jpg", root / "x.jpg")
    (root / "a.jpg").rename(root / "y.jpg")
    links = link_folder(known, root)
    assert [image.path for image in links.ambiguous] == ["x.jpg", "y.jpg"]
    assert current_labels(known) == {"b.jpg": "n"}


def test_unhashed_image_with_another_time_is_ambiguous(project, root):
    write_images(root, a=1, b=2)
    link_folder(project, root)
    decide(project, a="m")
    advance_mtime(root / "a.jpg")
    advance_mtime(root / "b.jpg")
    links = link_folder(project, root)
    assert (links.touched, links.changed) == (1, ("a.jpg",))
    assert current_labels(project) == {}
    (ambiguous,) = links.ambiguous
    project.resolve_ambiguity("a.jpg", ambiguous.candidates[0].image, who="Ada")
    assert current_labels(project) == {"a.jpg": "m"}


def test_unhashed_image_that_returns_with_another_time_is_ambiguous(project, root):
    write_images(root, a=1)
    link_folder(project, root)
    decide(project, a="m")
    content = (root / "a.jpg").read_bytes()
    (root / "a.jpg").unlink()
    link_folder(project, root)
    (root / "a.jpg").write_bytes(content)
    advance_mtime(root / "a.jpg")
    (ambiguous,) = link_folder(project, root).ambiguous
    assert link_folder(project, root).ambiguous == (ambiguous,)
    assert current_labels(project) == {}
    project.resolve_ambiguity("a.jpg", ambiguous.candidates[0].image, who="Ada")
    assert current_labels(project) == {"a.jpg": "m"}


def test_label_given_while_linking_is_kept(known, root):
    (root / "a.jpg").rename(root / "z.jpg")
    source, records = scan_folder(root)
    digest = source.digest

    def labels_meanwhile(record):
        decide(known, z="now")
        return digest(record)

    source.digest = labels_meanwhile
    known.link(Job(), source, records)
    assert current_labels(known) == {"b.jpg": "n", "z.jpg": "now"}
    assert link_folder(known, root).missing == ("a.jpg",)


def test_unhashed_image_with_another_size_has_no_decision(project, root):
    write_images(root, a=1)
    link_folder(project, root)
    decide(project, a="m")
    write_image(root / "a.jpg", 5)
    links = link_folder(project, root)
    assert (links.changed, links.ambiguous) == (("a.jpg",), ())
    assert current_labels(project) == {}


def test_labels_given_before_the_first_link_are_matched_by_path(project, root):
    decide(project, a="m")
    write_images(root, a=1, b=2)
    assert link_folder(project, root) == LinkResult(same=1, new=1)
    assert current_labels(project) == {"a.jpg": "m"}


# Verification


def disguise(path, number):
    """Write other content with the same size and time."""
    status = path.stat()
    content = bytearray(path.read_bytes())
    content[-1:] = str(number).encode()
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_verification_finds_content_changed_without_size_or_time(known, root):
    disguise(root / "a.jpg", 8)
    assert link_folder(known, root) == LinkResult(same=3)
    assert current_labels(known)["a.jpg"] == "m"
    links = confirm(known, root)
    assert (links.same, links.changed, links.ambiguous) == (2, ("a.jpg",), ())
    assert current_labels(known) == {"b.jpg": "n"}
    assert link_folder(known, root) == LinkResult(same=3)
    assert confirm(known, root) == LinkResult(same=3)


def test_decision_on_an_unnoticed_change_is_ambiguous(known, root):
    disguise(root / "a.jpg", 8)
    link_folder(known, root)
    decide(known, a="seen")
    links = confirm(known, root)
    (ambiguous,) = links.ambiguous
    assert ambiguous.candidates[0].decision == Decision(label="seen")
    assert current_labels(known) == {"b.jpg": "n"}


def test_verification_follows_swapped_contents(project, root):
    write_images(root, a=1, b=2)
    (root / "b.jpg").write_bytes((root / "a.jpg").read_bytes()[:-1] + b"2")
    for name in ("a", "b"):
        os.utime(root / f"{name}.jpg", ns=(10**18, 10**18))
    link_folder(project, root)
    decide(project, a="m", b="n")
    confirm(project, root)
    move_all(root, a="x")
    move_all(root, b="a")
    move_all(root, x="b")
    assert link_folder(project, root) == LinkResult(same=2)
    with Project.open_to_read(project.file) as reading:
        assert link_folder(reading, root) == LinkResult(same=2)
        assert len(confirm(reading, root).moved) == 2
        assert current_labels(reading) == {"a.jpg": "n", "b.jpg": "m"}
    assert len(confirm(project, root).moved) == 2
    assert current_labels(project) == {"a.jpg": "n", "b.jpg": "m"}


def test_file_replaced_since_the_scan_is_not_hashed(project, root):
    write_images(root, a=1)
    source, records = scan_folder(root)
    project.link(Job(), source, records)
    decide(project, a="m")
    write_image(root / "a.jpg", 2)
    project.verify_links(Job(), source)
    link_folder(project, root)
    assert current_labels(project) == {}


def test_decided_images_are_verified_first(project, root):
    write_images(root, **{f"n{number:03}": number for number in range(300)})
    source, records = scan_folder(root)
    project.link(Job(), source, records)
    decide(project, n299="m")
    order = []
    digest = source.digest

    def late(record):
        order.append(record.path)
        if len(order) == 3:
            decide(project, n298="m")
        return digest(record)

    source.digest = late
    assert project.verify_links(Job(), source).same == 300
    assert order[0] == "n299.jpg"
    assert order.index("n298.jpg") <= 256


def test_cancelled_verification_keeps_its_hashes_and_linking_ends_it(known, root):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        confirm_with(known, root, job)
    source, _records = scan_folder(root)
    digest = source.digest

    def relinks(record):
        link_folder(known, root)
        return digest(record)

    source.digest = relinks
    unread = known.verify_links(Job(), source).unread
    assert sorted(unread) == ["a.jpg", "b.jpg", "c.jpg"]
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def confirm_with(project, root, job):
    return project.verify_links(job, open_source(root))


def test_cancelled_link_changes_nothing(known, root):
    (root / "a.jpg").rename(root / "z.jpg")
    source, records = scan_folder(root)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        known.link(job, source, records)
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_temporarily_unreadable_image_keeps_its_decision(known, root):
    advance_mtime(root / "a.jpg")
    source, records = scan_folder(root)
    content = (root / "a.jpg").read_bytes()
    (root / "a.jpg").unlink()
    known.link(Job(), source, records)
    assert current_labels(known) == {"b.jpg": "n"}
    (root / "a.jpg").write_bytes(content)
    assert link_folder(known, root).touched == 1
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}


@pytest.mark.skipif(os.name == "nt", reason="Windows' names are text")
def test_names_that_are_not_utf8(project, root):
    write_image(root / os.fsdecode(b"b\xff.jpg"), 1)
    link_folder(project, root)
    project.apply("label", [(os.fsdecode(b"b\xff.jpg"), "label", "m")], who="Ada")
    confirm(project, root)
    (root / os.fsdecode(b"b\xff.jpg")).rename(root / os.fsdecode(b"c\xfe.jpg"))
    link_folder(project, root)
    assert current_labels(project) == {os.fsdecode(b"c\xfe.jpg"): "m"}


# Archives


def archive(path, *numbers, seed=0):
    images = np.stack(
        [np.random.default_rng(n).integers(0, 255, (8, 8, 3), dtype=np.uint8) for n in numbers]
    )
    np.savez(path, images=images, labels=np.zeros(len(numbers), dtype=np.int64))
    os.utime(path, ns=(10**18 + seed * 10**9,) * 2)


def test_images_in_archives(project, tmp_path):
    file = tmp_path / "cells.npz"
    archive(file, 1, 2, 3)
    assert link_folder(project, file) == LinkResult(new=3)
    project.apply("label", [("cells.npz/00000", "label", "m")], who="Ada")
    assert confirm(project, file) == LinkResult(same=3)
    assert link_folder(project, file) == LinkResult(same=3)
    # One image is inserted in front: labels follow the images, not their indices.
    archive(file, 9, 1, 2, 3, seed=1)
    links = link_folder(project, file)
    assert current_labels(project) == {"cells.npz/00001": "m"}
    assert ("cells.npz/00000", "cells.npz/00001") in links.moved
    (tmp_path / "new.npz").write_bytes(file.read_bytes())
    file.unlink()
    link_folder(project, tmp_path / "new.npz")
    assert current_labels(project) == {"new.npz/00001": "m"}


def test_read_only_project_links_in_memory_only(known, root, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    with Project.open(known.file) as second:
        assert second.read_only.id == "project.in_use"
        (copy / "a.jpg").rename(copy / "z.jpg")
        write_image(copy / "b.jpg", 55)
        links = link_folder(second, copy)
        assert (links.moved, links.changed) == ((("a.jpg", "z.jpg"),), ("b.jpg",))
        assert current_labels(second) == {"z.jpg": "m"}
        assert len(second.history("z.jpg")) == 1
        assert second.history("a.jpg") == second.history("b.jpg") == []
        disguise(copy / "z.jpg", 8)
        assert confirm(second, copy).changed == ("z.jpg",)
        assert current_labels(second) == {}
    assert current_labels(known) == {"a.jpg": "m", "b.jpg": "n"}
