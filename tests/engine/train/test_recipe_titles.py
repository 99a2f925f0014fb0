"""Titles of the shipped recipes: each step of a series has one, and the documents count the same."""

import re
from pathlib import Path

from engine.train.recipe import load_recipe, recipe_names

DOCS = Path(__file__).resolve().parents[3] / "docs" / "training.md"
STEP = re.compile(r"step (\d)")


def test_no_two_recipes_have_the_same_title_up_to_the_colon():
    titles = [load_recipe(name).title.partition(":")[0] for name in recipe_names()]
    assert sorted(titles) == sorted(set(titles))


def test_documents_count_the_steps_as_the_titles_do():
    rows = re.findall(r"\| (step \d): [^|]*\(`(\w+)`", DOCS.read_text(encoding="utf-8"))
    assert len(rows) >= 3
    for step, name in rows:
        assert STEP.search(load_recipe(name).title)[0] == step, name
