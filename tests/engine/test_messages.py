import re
from pathlib import Path

import pytest

from engine.messages import Message, Problem, load_catalogue, render

ROOT = Path(__file__).resolve().parents[2]
# Ids are plain literals where they are raised, so they can be found.
USES = re.compile(
    r"""(?:Message|Problem|\.progress|\.failed|note)\(\s*(?:[\w\[\]. +()]+,\s*)*"([a-z_]+\.[a-z_0-9]+)\""""
)


def used_ids() -> set[str]:
    sources = [*ROOT.glob("engine/**/*.py"), *ROOT.glob("gui/**/*.py")]
    return {found for path in sources for found in USES.findall(path.read_text(encoding="utf-8"))}


def test_the_search_finds_ids_at_all():
    assert {"child.died", "train.no_images", "train.progress"} <= used_ids()


def test_every_message_has_a_sentence():
    assert sorted(used_ids() - set(load_catalogue())) == []


@pytest.mark.parametrize("name", sorted(load_catalogue()))
def test_every_sentence_is_one_line_that_can_be_filled(name):
    text = load_catalogue()[name]
    assert text.strip() == text
    assert "\n" not in text
    fields = set(re.findall(r"{(\w+)[^}]*}", text))
    filled = render(Message(name, dict.fromkeys(fields, 1)))
    assert "{" not in filled


def test_a_problem_is_its_sentence():
    assert "xyz" in str(Problem("recipe.unknown", name="xyz", known="a, b"))


def test_a_translation_is_of_the_template():
    message = Message("recipe.unknown", {"name": "n", "known": "k"})
    assert render(message, lambda text: "nessuna ricetta {name}") == "nessuna ricetta n"
