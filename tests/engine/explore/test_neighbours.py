"""Nearest neighbours against the reference_similarities formula, without copies, among any candidates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.explore.neighbours import nearest_neighbours


def reference_similarities(query, embeddings, candidates):
    selected = embeddings[candidates].astype(np.float64)
    query = query.astype(np.float64)
    return selected @ query / np.linalg.norm(selected, axis=1) / np.linalg.norm(query)


@given(st.integers(1, 300), st.integers(2, 40), st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_neighbours_match_the_formula(count, size, k, seed):
    rng = np.random.default_rng(seed)
    embeddings = rng.normal(size=(count, size)).astype(np.float16)
    query = rng.normal(size=size).astype(np.float16)
    candidates = np.flatnonzero(rng.random(count) < 0.7)
    rows, similarity = nearest_neighbours(query, embeddings, candidates, k)
    assert set(rows) <= set(candidates)
    assert len(rows) == min(k, len(candidates))
    assert (np.diff(similarity) <= 0).all()
    best = np.sort(reference_similarities(query, embeddings, candidates))[::-1][:k]
    assert similarity == pytest.approx(best, abs=1e-4)


def test_copies_are_left_out_but_not_parallel_embeddings():
    embeddings = np.array([[1, 2], [1, 2], [2, 4], [2, 1]], np.float16)
    rows, similarity = nearest_neighbours(embeddings[0], embeddings, np.arange(4), 5)
    assert rows.tolist() == [2, 3]
    assert similarity == pytest.approx([1.0, 0.8], abs=1e-3)


def test_ties_are_ordered_by_row():
    embeddings = np.array([[1, 0], [0, 1], [0, 1], [0, 1]], np.float16)
    rows, _ = nearest_neighbours(np.array([1, 1], np.float16), embeddings, np.array([3, 1, 2]), 3)
    assert rows.tolist() == [1, 2, 3]


def test_threads_give_the_same_neighbours():
    rng = np.random.default_rng(0)
    embeddings = rng.normal(size=(12_000, 300)).astype(np.float16)
    candidates = np.arange(len(embeddings))
    rows, _ = nearest_neighbours(embeddings[7], embeddings, candidates, 9)
    cosine = reference_similarities(embeddings[7], embeddings, candidates)
    assert rows.tolist() == np.argsort(-cosine)[1:10].tolist()


def test_no_candidates_and_zero_embeddings():
    embeddings = np.zeros((3, 4), np.float16)
    assert (
        len(nearest_neighbours(np.ones(4, np.float16), embeddings, np.empty(0, np.intp), 3)[0]) == 0
    )
    _, similarity = nearest_neighbours(np.ones(4, np.float16), embeddings, np.arange(3), 3)
    assert (similarity == 0).all()
