"""Label issues are found among many correct labels, ranked, and not reported without confidence."""

import numpy as np
import pytest

from engine.curate.label_issues import (
    find_label_issues,
    has_learnable_label,
    out_of_fold_probabilities,
)


@pytest.fixture(scope="module")
def planted():
    """Return embeddings of three classes (1500, 8), labels of which 40 are wrong, and the correct labels."""
    rng = np.random.default_rng(4)
    right = np.arange(1500) % 3
    embeddings = (rng.normal(0, 1, (1500, 8)) + 6 * np.eye(8)[right]).astype(np.float32)
    given = right.copy()
    wrong = rng.permutation(1500)[:40]
    given[wrong] = (given[wrong] + 1) % 3
    return embeddings, given, right


def test_planted_mistakes_rank_first_with_the_correct_label(planted):
    embeddings, given, right = planted
    score, suggested, is_issue = find_label_issues(
        given, out_of_fold_probabilities(embeddings, given, np.arange(1500))
    )
    planted_rows = np.flatnonzero(given != right)
    assert set(np.argsort(-score)[:40]) == set(planted_rows)
    assert is_issue[planted_rows].mean() > 0.9
    assert is_issue.sum() - is_issue[planted_rows].sum() <= 2
    assert (suggested[planted_rows] == right[planted_rows]).all()
    assert score.min() >= 0
    assert score.max() <= 1


def test_copies_share_a_fold(planted):
    embeddings, given, right = planted
    row = int(np.flatnonzero(given != right)[0])
    embeddings, given = np.repeat(embeddings[[row]], 40, 0), np.repeat(given[row], 40)
    embeddings, given = (
        np.concatenate([planted[0], embeddings]),
        np.concatenate([planted[1], given]),
    )
    groups = np.arange(1540)
    groups[1500:] = row
    probabilities = out_of_fold_probabilities(embeddings, given, groups)
    assert probabilities[row, given[row]] < 0.1


def test_high_score_is_an_issue_below_the_class_threshold():
    # 0.95 is below the mean self-confidence of class 1, but far above what a correct label leaves to it.
    given = np.array([0] * 20 + [1] * 20)
    probabilities = np.where(given[:, None] == [0, 1], 0.999, 0.001).astype(np.float32)
    probabilities[0] = 0.05, 0.95
    probabilities[1] = 0.0001, 0.9999
    probabilities[2] = 0.45, 0.55
    score, suggested, is_issue = find_label_issues(given, probabilities)
    assert np.flatnonzero(is_issue).tolist() == [0, 1]
    assert suggested[0] == suggested[1] == 1
    assert score[1] > score[0] > score[2] > score[3]


def test_small_class_is_not_learnable():
    assert has_learnable_label(np.array([0] * 10 + [1] * 9 + [-1] * 20)).sum() == 10
