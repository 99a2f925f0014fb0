"""Formatting of numbers and sentences."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from engine.messages import Message, load_catalogue
from gui.words import duration, file_size, number, percent, to_sentence


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


def test_percent_rounds_up_to_100_only_for_1():
    assert percent(0.9999) == "99.9%"
    assert percent(1.0) == "100.0%"
    assert percent(0.12345) == "12.3%"
    assert percent(0) == "0.0%"


def test_numbers_durations_and_sizes():
    assert number(13759) == "13,759"
    assert duration(0.2) == "1 s"
    assert duration(89) == "89 s"
    assert duration(600) == "10 min"
    assert duration(7200) == "2 h"
    assert file_size(15300).endswith(("kB", "KB"))


def test_messages_become_sentences():
    assert to_sentence(Message("image.empty")).startswith("The file is empty")


def test_sentences_use_the_decimal_sign_of_the_locale():
    far = Message("review.unlike", {"times": 1.75})
    QLocale.setDefault(QLocale(QLocale.Language.Italian, QLocale.Country.Italy))
    assert "1,8 times" in to_sentence(far)


def test_counts_choose_singular_or_plural():
    words = "{n} {n:image is|images are} left"
    assert words.format(n=number(1)) == "1 image is left"
    assert words.format(n=number(0)) == "0 images are left"
    assert words.format(n=number(1200)) == "1,200 images are left"
    assert "on 1 image its" in to_sentence(
        Message("gate.worse", {"n": 1, "difference": 0.1, "low": 0.0})
    )
    assert "on 2 images its" in to_sentence(
        Message("gate.worse", {"n": 2, "difference": 0.1, "low": 0.0})
    )


def test_every_count_in_a_sentence_has_a_singular():
    plain = re.compile(
        r"\{(?:n|count|images|total|of|changes|files)(?::,)?\} (?:images|files|changes|cells)\b"
    )
    # Their counts are never 1.
    several = {
        "classify.measured",
        "classify.measured_sets",
        "import.ambiguous",
        "quarantine.some_stayed",
        "report.trust_measured",
    }
    assert {name for name, text in load_catalogue().items() if plain.search(text)} == several
    window = Path(__file__).resolve().parents[2] / "gui"
    assert not [
        file for file in window.rglob("*.py") if plain.search(file.read_text(encoding="utf-8"))
    ]
