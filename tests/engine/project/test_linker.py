"""Images are found again by path and content; a label never lands on another image."""

import os
import shutil

import numpy as np
import pytest
from project_help import confirm, labels, link, put, scan, touch, write

from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.project.link_result import LinkResult
from engine.project.project import Project
from engine.project.decisions import Decision


def decide(project, **by_name):
    project.apply("label", [(f"{n}.jpg", "label", v) for n, v in by_name.items()], who="Ada")


@pytest.fixture
def known(project, root):
    """Three images, of which two are labelled, all confirmed."""
    put(root, a=1, b=2, c=3)
    assert link(project, root) == LinkResult(new=3)
    decide(project, a="m", b="n")
    assert confirm(project, root) == LinkResult(same=3)
    return project


def test_an_unchanged_folder(known, root):
    assert link(known, root) == LinkResult(same=3)
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_new_images_are_not_read_for_it(project, root):
    put(root, a=1, b=2)
    source, records = scan(root)
    source.digest = None
    project.note_folder = lambda *_: None
    assert project.link(Job(), source, records) == LinkResult(new=2)


def test_touched(known, root):
    touch(root / "a.jpg")
    assert link(known, root) == LinkResult(same=2, touched=1)
    assert link(known, root) == LinkResult(same=3)
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_moved_renamed_and_into_another_folder(known, root):
    (root / "a.jpg").rename(root / "z.jpg")
    (root / "sub").mkdir()
    (root / "b.jpg").rename(root / "sub" / "b.jpg")
    links = link(known, root)
    assert set(links.moved) == {("a.jpg", "z.jpg"), ("b.jpg", "sub/b.jpg")}
    assert (links.same, links.new, links.missing, links.ambiguous) == (1, 0, (), ())
    assert labels(known) == {"z.jpg": "m", "sub/b.jpg": "n"}
    assert [change.path for change in known.undo("Ada").changes] == ["z.jpg", "sub/b.jpg"]


def test_names_swapped(known, root):
    (root / "a.jpg").rename(root / "x")
    (root / "b.jpg").rename(root / "a.jpg")
    (root / "x").rename(root / "b.jpg")
    links = link(known, root)
    assert set(links.moved) == {("a.jpg", "b.jpg"), ("b.jpg", "a.jpg")}
    assert links.changed == ()
    assert labels(known) == {"a.jpg": "n", "b.jpg": "m"}


def test_changed_content_starts_with_no_decision_and_the_old_is_kept(known, root):
    write(root / "a.jpg", 99)
    links = link(known, root)
    assert (links.changed, links.same, links.new, links.missing) == (("a.jpg",), 2, 0, ())
    assert labels(known) == {"b.jpg": "n"}
    decide(known, a="other")
    undone = known.undo("Ada")
    assert [change.path for change in undone.changes] == ["a.jpg"]
    # The edit before is of the old content at this path: taken back, but nothing for a view.
    assert [change.path for change in known.undo("Ada").changes] == ["b.jpg"]
    known.redo("Ada")
    known.redo("Ada")
    assert labels(known) == {"a.jpg": "other", "b.jpg": "n"}
    write(root / "a.jpg", 1)
    assert link(known, root).touched == 1
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}
    write(root / "a.jpg", 99)
    link(known, root)
    assert labels(known) == {"a.jpg": "other", "b.jpg": "n"}


def test_missing_and_back(known, root, tmp_path):
    (root / "a.jpg").rename(tmp_path / "kept.jpg")
    assert link(known, root) == LinkResult(same=2, missing=("a.jpg",))
    assert labels(known) == {"b.jpg": "n"}
    assert link(known, root) == LinkResult(same=2, missing=("a.jpg",))
    (tmp_path / "kept.jpg").rename(root / "a.jpg")
    assert link(known, root) == LinkResult(same=3)
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_back_with_another_time(known, root):
    content = (root / "a.jpg").read_bytes()
    (root / "a.jpg").unlink()
    link(known, root)
    (root / "a.jpg").write_bytes(content)
    touch(root / "a.jpg")
    assert link(known, root) == LinkResult(same=2, touched=1)
    assert labels(known)["a.jpg"] == "m"


def test_another_image_where_one_was_missing(known, root):
    (root / "a.jpg").unlink()
    link(known, root)
    write(root / "a.jpg", 77)
    link(known, root)
    assert labels(known) == {"b.jpg": "n"}


def test_a_copy_beside_is_an_image_of_its_own(known, root):
    shutil.copyfile(root / "a.jpg", root / "copy.jpg")
    assert link(known, root) == LinkResult(same=3, new=1)
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}
    decide(known, copy="n")
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n", "copy.jpg": "n"}
    # When the first goes, its copy keeps what is its own.
    (root / "a.jpg").unlink()
    link(known, root)
    assert labels(known) == {"b.jpg": "n", "copy.jpg": "n"}


@pytest.fixture
def copies(project, root):
    """Two images of one content, confirmed."""
    put(root, a=1, b=1, c=3)
    link(project, root)
    confirm(project, root)
    return project


def move_all(root, **names):
    for old, new in names.items():
        (root / f"{old}.jpg").rename(root / f"{new}.jpg")


def test_copies_with_equal_decisions_move(copies, root):
    decide(copies, a="m", b="m")
    move_all(root, a="x", b="y")
    links = link(copies, root)
    assert sorted(links.moved) == [("a.jpg", "x.jpg"), ("b.jpg", "y.jpg")]
    assert labels(copies) == {"x.jpg": "m", "y.jpg": "m"}


def test_copies_without_decisions_move(copies, root):
    move_all(root, a="x")
    (root / "b.jpg").unlink()
    links = link(copies, root)
    assert (len(links.moved), len(links.missing), links.ambiguous) == (1, 1, ())


def test_copies_with_different_decisions_are_listed_and_settled(copies, root):
    decide(copies, a="m", b="n")
    move_all(root, a="x", b="y")
    links = link(copies, root)
    assert links.moved == ()
    assert [one.path for one in links.ambiguous] == ["x.jpg", "y.jpg"]
    assert [(c.path, c.decision.label) for c in links.ambiguous[0].candidates] == [
        ("a.jpg", "m"),
        ("b.jpg", "n"),
    ]
    assert labels(copies) == {}
    # It is asked again until it is settled.
    assert link(copies, root).ambiguous == links.ambiguous
    edit = copies.resolve_ambiguity("x.jpg", links.ambiguous[0].candidates[1].image, who="Ada")
    assert edit.action == "settle"
    assert labels(copies) == {"x.jpg": "n"}
    assert [one.path for one in link(copies, root).ambiguous] == ["y.jpg"]
    copies.resolve_ambiguity("y.jpg", None, who="Ada")
    assert link(copies, root).ambiguous == ()
    assert labels(copies) == {"x.jpg": "n"}
    copies.undo("Ada")
    copies.undo("Ada")
    assert labels(copies) == {}
    assert len(link(copies, root).ambiguous) == 2


def test_one_missing_and_two_new_copies_are_asked(known, root):
    shutil.copyfile(root / "a.jpg", root / "x.jpg")
    (root / "a.jpg").rename(root / "y.jpg")
    links = link(known, root)
    assert [one.path for one in links.ambiguous] == ["x.jpg", "y.jpg"]
    assert labels(known) == {"b.jpg": "n"}


def test_touched_before_its_content_was_ever_known(project, root):
    put(root, a=1, b=2)
    link(project, root)
    decide(project, a="m")
    touch(root / "a.jpg")
    touch(root / "b.jpg")
    links = link(project, root)
    assert (links.touched, links.changed) == (1, ("a.jpg",))
    assert labels(project) == {}
    (asked,) = links.ambiguous
    project.resolve_ambiguity("a.jpg", asked.candidates[0].image, who="Ada")
    assert labels(project) == {"a.jpg": "m"}


def test_back_with_another_time_before_its_content_was_ever_known(project, root):
    put(root, a=1)
    link(project, root)
    decide(project, a="m")
    content = (root / "a.jpg").read_bytes()
    (root / "a.jpg").unlink()
    link(project, root)
    (root / "a.jpg").write_bytes(content)
    touch(root / "a.jpg")
    (asked,) = link(project, root).ambiguous
    assert link(project, root).ambiguous == (asked,)
    assert labels(project) == {}
    project.resolve_ambiguity("a.jpg", asked.candidates[0].image, who="Ada")
    assert labels(project) == {"a.jpg": "m"}


def test_a_label_given_while_linking_stands(known, root):
    (root / "a.jpg").rename(root / "z.jpg")
    source, records = scan(root)
    digest = source.digest

    def labels_meanwhile(record):
        decide(known, z="now")
        return digest(record)

    source.digest = labels_meanwhile
    known.link(Job(), source, records)
    assert labels(known) == {"b.jpg": "n", "z.jpg": "now"}
    assert link(known, root).missing == ("a.jpg",)


def test_changed_before_its_content_was_ever_known(project, root):
    put(root, a=1)
    link(project, root)
    decide(project, a="m")
    write(root / "a.jpg", 5)
    links = link(project, root)
    assert (links.changed, links.ambiguous) == (("a.jpg",), ())
    assert labels(project) == {}


def test_labels_given_before_the_first_link_are_its_images(project, root):
    decide(project, a="m")
    put(root, a=1, b=2)
    assert link(project, root) == LinkResult(same=1, new=1)
    assert labels(project) == {"a.jpg": "m"}


# Confirming


def disguise(path, number):
    """Write other content of the same size and time."""
    status = path.stat()
    content = bytearray(path.read_bytes())
    content[-1:] = str(number).encode()
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_confirming_corrects_what_nothing_else_showed(known, root):
    disguise(root / "a.jpg", 8)
    assert link(known, root) == LinkResult(same=3)
    assert labels(known)["a.jpg"] == "m"
    links = confirm(known, root)
    assert (links.same, links.changed, links.ambiguous) == (2, ("a.jpg",), ())
    assert labels(known) == {"b.jpg": "n"}
    assert link(known, root) == LinkResult(same=3)
    assert confirm(known, root) == LinkResult(same=3)


def test_a_decision_made_meanwhile_is_asked_about(known, root):
    disguise(root / "a.jpg", 8)
    link(known, root)
    decide(known, a="seen")
    links = confirm(known, root)
    (asked,) = links.ambiguous
    assert asked.candidates[0].decision == Decision(label="seen")
    assert labels(known) == {"b.jpg": "n"}


def test_contents_swapped_unseen(project, root):
    put(root, a=1, b=2)
    (root / "b.jpg").write_bytes((root / "a.jpg").read_bytes()[:-1] + b"2")
    for name in ("a", "b"):
        os.utime(root / f"{name}.jpg", ns=(10**18, 10**18))
    link(project, root)
    decide(project, a="m", b="n")
    confirm(project, root)
    move_all(root, a="x")
    move_all(root, b="a")
    move_all(root, x="b")
    assert link(project, root) == LinkResult(same=2)
    assert len(confirm(project, root).moved) == 2
    assert labels(project) == {"a.jpg": "n", "b.jpg": "m"}


def test_a_file_replaced_since_the_scan_is_not_learned(project, root):
    put(root, a=1)
    source, records = scan(root)
    project.link(Job(), source, records)
    decide(project, a="m")
    write(root / "a.jpg", 2)
    project.verify_links(Job(), source)
    link(project, root)
    assert labels(project) == {}


def test_what_is_decided_is_confirmed_first(project, root):
    put(root, **{f"n{number:03}": number for number in range(300)})
    source, records = scan(root)
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


def test_cancelled_confirming_keeps_what_it_learned_and_linking_again_ends_it(known, root):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        confirm_with(known, root, job)
    source, _records = scan(root)
    digest = source.digest

    def relinks(record):
        link(known, root)
        return digest(record)

    source.digest = relinks
    assert known.verify_links(Job(), source) == LinkResult()
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def confirm_with(project, root, job):
    return project.verify_links(job, open_source(root))


def test_a_cancelled_link_changes_nothing(known, root):
    (root / "a.jpg").rename(root / "z.jpg")
    source, records = scan(root)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        known.link(job, source, records)
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}


def test_unreadable_for_a_while(known, root):
    touch(root / "a.jpg")
    source, records = scan(root)
    content = (root / "a.jpg").read_bytes()
    (root / "a.jpg").unlink()
    known.link(Job(), source, records)
    assert labels(known) == {"b.jpg": "n"}
    (root / "a.jpg").write_bytes(content)
    assert link(known, root).touched == 1
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}


@pytest.mark.skipif(os.name == "nt", reason="Windows' names are text")
def test_names_that_are_no_text(project, root):
    write(root / os.fsdecode(b"b\xff.jpg"), 1)
    link(project, root)
    project.apply("label", [(os.fsdecode(b"b\xff.jpg"), "label", "m")], who="Ada")
    confirm(project, root)
    (root / os.fsdecode(b"b\xff.jpg")).rename(root / os.fsdecode(b"c\xfe.jpg"))
    link(project, root)
    assert labels(project) == {os.fsdecode(b"c\xfe.jpg"): "m"}


# Archives


def archive(path, *numbers, seed=0):
    images = np.stack(
        [np.random.default_rng(n).integers(0, 255, (8, 8, 3), dtype=np.uint8) for n in numbers]
    )
    np.savez(path, images=images, labels=np.zeros(len(numbers), dtype=np.int64))
    os.utime(path, ns=(10**18 + seed * 10**9,) * 2)


def test_archives(project, tmp_path):
    file = tmp_path / "cells.npz"
    archive(file, 1, 2, 3)
    assert link(project, file) == LinkResult(new=3)
    project.apply("label", [("cells.npz/00000", "label", "m")], who="Ada")
    assert confirm(project, file) == LinkResult(same=3)
    assert link(project, file) == LinkResult(same=3)
    # One image put in front: labels go with the images, not with the numbers.
    archive(file, 9, 1, 2, 3, seed=1)
    links = link(project, file)
    assert labels(project) == {"cells.npz/00001": "m"}
    assert ("cells.npz/00000", "cells.npz/00001") in links.moved
    (tmp_path / "new.npz").write_bytes(file.read_bytes())
    file.unlink()
    link(project, tmp_path / "new.npz")
    assert labels(project) == {"new.npz/00001": "m"}


def test_read_only_links_for_this_window_alone(known, root, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    with Project.open(known.file) as second:
        assert second.read_only.id == "project.in_use"
        (copy / "a.jpg").rename(copy / "z.jpg")
        write(copy / "b.jpg", 55)
        links = link(second, copy)
        assert (links.moved, links.changed) == ((("a.jpg", "z.jpg"),), ("b.jpg",))
        assert labels(second) == {"z.jpg": "m"}
        assert len(second.history("z.jpg")) == 1
        assert second.history("a.jpg") == second.history("b.jpg") == []
        disguise(copy / "z.jpg", 8)
        assert confirm(second, copy).changed == ("z.jpg",)
        assert labels(second) == {}
    assert labels(known) == {"a.jpg": "m", "b.jpg": "n"}
