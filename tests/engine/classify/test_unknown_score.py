"""Unknown score: limits, direction instead of distance, and bundles without limits."""

import msgspec
import numpy as np
import pytest
from tiny_model import CLASSES, make_tiny_bundle

from engine.classify import bundle
from engine.classify.bundle import BUNDLE_FILES, CARD_FILE, STATISTICS_FILE, Bundle
from engine.classify.unknown_score import FLAGGED_SHARES, USUAL_SHARE, UnknownScore, find_limits
from engine.messages import Problem
from engine.train.statistics_fitting import fit_statistics

DIRECTIONS = np.eye(6, 12)


def draw_cells(count, numbers, seed, spread=0.15):
    """Embeddings (n, 12) around `DIRECTIONS` of the given numbers, and their labels."""
    rng = np.random.default_rng(seed)
    labels = np.asarray(numbers)[rng.integers(0, len(numbers), count)]
    return (DIRECTIONS[labels] + rng.normal(0, spread, (count, 12))).astype(np.float32), labels


@pytest.fixture(scope="module")
def statistics():
    embeddings, labels = draw_cells(2000, range(4), 1)
    return fit_statistics(embeddings, labels, embeddings, 4)


def limits_from(statistics, count, seed=2):
    """Return the limits from usual cells that were not trained on."""
    return find_limits(UnknownScore(statistics).measure(draw_cells(count, range(4), seed)[0]))


def test_each_limit_flags_its_share_of_usual_cells(statistics):
    limits = limits_from(statistics, 4000)
    score = UnknownScore(statistics, limits)
    assert score.shares == FLAGGED_SHARES
    scores = score.measure(draw_cells(4000, range(4), 3)[0])
    for share in FLAGGED_SHARES:
        assert (scores > score.limit(share)).mean() == pytest.approx(share, rel=0.5)


def test_cells_of_another_class_are_over_the_limit(statistics):
    score = UnknownScore(statistics, limits_from(statistics, 4000))
    assert (score.measure_ratios(draw_cells(500, [4, 5], 4)[0]) > 1).mean() > 0.9


def test_cells_that_lie_further_out_in_their_direction_are_not_unknown(statistics):
    limits = limits_from(statistics, 4000)
    score = UnknownScore(statistics, limits)
    cells = draw_cells(500, range(4), 5)[0]
    further = statistics.mean + 4 * (cells - statistics.mean)
    assert score.measure(further) == pytest.approx(score.measure(cells), abs=1e-4)


def test_limits_of_few_cells_hold_on_average(statistics):
    cells = draw_cells(4000, range(4), 3)[0]
    flagged = [
        (
            UnknownScore(statistics, limits_from(statistics, 60, seed)).measure_ratios(cells) > 1
        ).mean()
        for seed in range(40)
    ]
    assert np.mean(flagged) == pytest.approx(USUAL_SHARE, abs=0.01)


def test_shares_that_take_more_cells_are_left_out(statistics):
    assert limits_from(statistics, 48) == {}
    assert tuple(limits_from(statistics, 49)) == FLAGGED_SHARES[2:]
    assert tuple(limits_from(statistics, 199)) == FLAGGED_SHARES


def test_an_unknown_share_uses_the_usual_limit(statistics):
    score = UnknownScore(statistics, {USUAL_SHARE: 0.3, 0.1: 0.2})
    assert (score.limit(0.1), score.limit(0.42)) == (0.2, 0.3)


def with_limits(folder, limits):
    rng = np.random.default_rng(0)
    plain = Bundle.open(make_tiny_bundle(folder / "tiny"))
    labels = np.arange(10 * len(CLASSES)) % len(CLASSES)
    embeddings = rng.normal(size=(len(labels), plain.card.embedding_size)).astype(np.float32)
    fit_statistics(embeddings, labels, embeddings, len(CLASSES)).save(folder / STATISTICS_FILE)
    files = [*(plain.folder / name for name in BUNDLE_FILES), folder / STATISTICS_FILE]
    card = msgspec.structs.replace(plain.card, unknown_limits=limits)
    return bundle.write_bundle(plain.folder, card, files, replace=True)


def test_limits_are_read_from_the_card_of_a_bundle(tmp_path):
    with_limits(tmp_path, {USUAL_SHARE: 0.25, 0.05: 0.125})
    score = UnknownScore.of_bundle(Bundle.open(tmp_path / "tiny"))
    assert score is not None
    assert (score.limit(), score.limit(0.05)) == (0.25, 0.125)


def test_bundles_without_limits_have_no_score(tmp_path):
    assert UnknownScore.of_bundle(with_limits(tmp_path, {})) is None
    assert UnknownScore.of_bundle(Bundle.open(make_tiny_bundle(tmp_path / "old"))) is None


@pytest.mark.parametrize("limits", [{"0.02": -1}, {"2": 0.5}, {"two": 0.5}, {"0.02": "much"}])
def test_a_card_with_impossible_limits_is_refused(tmp_path, limits):
    model = with_limits(tmp_path, {USUAL_SHARE: 0.25})
    card = msgspec.json.decode((model.folder / CARD_FILE).read_bytes())
    (model.folder / CARD_FILE).write_bytes(msgspec.json.encode(card | {"unknown_limits": limits}))
    with pytest.raises(Problem) as caught:
        Bundle.open(model.folder)
    assert caught.value.message.id == "bundle.bad_card"
