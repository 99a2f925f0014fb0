import re
from pathlib import Path

import pytest

from engine.messages import (
    Message,
    PrintedFloat,
    Problem,
    load_catalogue,
    plural_form,
    render,
)

ROOT = Path(__file__).resolve().parents[2]
# Message ids are literals in the code, so that they can be searched.
USES = re.compile(
    r"""(?:Message|Problem|\.progress|\.failed|note)\(\s*(?:[\w\[\]. +()]+,\s*)*"([a-z_]+\.[a-z_0-9]+)\""""
)


def used_ids() -> set[str]:
    sources = [*ROOT.glob("engine/**/*.py"), *ROOT.glob("gui/**/*.py")]
    return {found for path in sources for found in USES.findall(path.read_text(encoding="utf-8"))}


def test_id_search_finds_known_ids():
    assert {"child.died", "train.no_images", "train.progress"} <= used_ids()


def test_every_used_id_has_a_template():
    assert sorted(used_ids() - set(load_catalogue())) == []


@pytest.mark.parametrize("name", sorted(load_catalogue()))
def test_every_template_is_one_line_with_valid_placeholders(name):
    text = load_catalogue()[name]
    assert text.strip() == text
    assert "\n" not in text
    fields = set(re.findall(r"{(\w+)[^}]*}", text))
    sentence = render(Message(name, dict.fromkeys(fields, 1)))
    assert "{" not in sentence


def test_problem_renders_as_its_sentence():
    assert "xyz" in str(Problem("recipe.unknown", name="xyz", known="a, b"))


def test_render_translates_the_template():
    message = Message("recipe.unknown", {"name": "n", "known": "k"})
    assert render(message, lambda text: "nessuna ricetta {name}") == "nessuna ricetta n"


@pytest.mark.parametrize(
    ("rule", "forms"),
    [
        ("n != 1", ["images", "image", "images", "images", "images"]),
        (
            "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
            ["obrazów", "obraz", "obrazy", "obrazów", "obrazy"],
        ),
    ],
)
def test_plural_form_follows_the_rule_of_the_language(rule, forms):
    options = "image|images" if rule == "n != 1" else "obraz|obrazy|obrazów"
    assert [plural_form(options, count, rule) for count in (0, 1, 2, 5, 22)] == forms


def test_render_selects_plural_forms():
    def polish(text):
        if text == load_catalogue()["language.plural_rule"]:
            return "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
        return "{images} {images:obraz|obrazy|obrazów}"

    params = {"images": 3, "folder": "x"}
    assert render(Message("report.done", params), polish) == "3 obrazy"


def test_no_share_below_the_whole_is_printed_as_100_per_cent():
    assert f"{PrintedFloat(0.9996):.1%}" == "99.9%"
    assert f"{PrintedFloat(0.997):.0%}" == "99%"
    assert f"{PrintedFloat(1):.1%}" == "100.0%"
    assert f"{PrintedFloat(0.9996):.2%}" == "99.96%"
    params = {"n": 2500, "accuracy": 0.9996, "low": 0.9978, "high": 0.99993}
    assert render(Message("basis.apart", params)).endswith("99.9% (95% interval 99.8% to 99.9%).")
