import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.train.data_split import split_images, split_into_folds

SETS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), min_size=1, max_size=200)


@given(SETS, st.integers(0, 5))
def test_groups_stay_together(images, seed):
    labels = np.array([label for label, _ in images], np.intp)
    groups = [str(group) for _, group in images]
    parts = split_images(labels, groups, (0.1, 0.2), seed)
    for group in set(groups):
        assert len({part for part, name in zip(parts, groups, strict=True) if name == group}) == 1


@given(SETS)
def test_same_seed_gives_the_same_split(images):
    labels = np.array([label for label, _ in images], np.intp)
    groups = [str(group) for _, group in images]
    first, again = (split_images(labels, groups, (0.1, 0.2), 3) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_shares_hold_in_every_class():
    labels = np.repeat(np.arange(4), (1000, 300, 100, 40))
    parts = split_images(labels, [str(n) for n in range(len(labels))], (0.05, 0.2), 7)
    for label, total in enumerate((1000, 300, 100, 40)):
        counts = np.bincount(parts[labels == label], minlength=3)
        assert counts.sum() == total
        assert abs(counts[1] - 0.05 * total) <= 1
        assert abs(counts[2] - 0.2 * total) <= 1


def test_tiny_class_is_in_every_split_and_single_image_is_for_training():
    labels = np.array([0] * 20 + [1] * 3 + [2])
    parts = split_images(labels, [str(n) for n in range(len(labels))], (0.1, 0.2), 0)
    assert set(parts[labels == 1]) == {0, 1, 2}
    assert parts[labels == 2].tolist() == [0]


def test_thousands_of_copies_do_not_fill_the_test_split():
    # 1,600 copies of an image are one group, which must not fill a held-out split.
    labels = np.zeros(2000, np.intp)
    groups = ["copy"] * 1600 + [str(n) for n in range(400)]
    parts = split_images(labels, groups, (0.1, 0.2), 1)
    assert (parts == 0).sum() >= 1600


def test_few_large_slides_are_shared_out_whole():
    labels = np.zeros(80, np.intp)
    groups = [f"slide {number % 8}" for number in range(80)]
    parts = split_images(labels, groups, (0.05, 0.2), 0)
    assert [int((parts == part).sum()) for part in range(3)] == [60, 10, 10]


def test_an_image_copied_a_thousand_times_stays_in_training():
    groups = ["copied"] * 1000 + ["a", "b", "c", "d"]
    parts = split_images(np.zeros(1004, np.intp), groups, (0.05, 0.2), 0)
    assert set(parts[:1000]) == {0}


@given(SETS, st.integers(2, 5))
def test_no_fold_divides_a_group_or_holds_all_of_a_class(images, count):
    labels = np.array([label for label, _ in images], np.intp)
    groups = [str(group) for _, group in images]
    folds = split_into_folds(labels, groups, count)
    assert ((folds >= -1) & (folds < count)).all()
    for group in set(groups):
        assert len({fold for fold, name in zip(folds, groups, strict=True) if name == group}) == 1
    for fold in range(count):
        assert set(labels[folds != fold]) == set(labels)


def test_all_images_of_a_class_with_several_are_held_out_once():
    labels = np.repeat(np.arange(3), (12, 5, 1))
    folds = split_into_folds(labels, [str(n) for n in range(len(labels))], 5)
    assert sorted(np.bincount(folds[labels == 0])) == [2, 2, 2, 3, 3]
    assert sorted(folds[labels == 1]) == [0, 1, 2, 3, 4]
    assert folds[labels == 2] == [-1]
