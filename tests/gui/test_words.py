"""Numbers and sentences as a person reads them."""

import pytest
from PySide6.QtCore import QLocale

from engine.messages import Message
from gui.words import duration, file_size, number, percent, say


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


def test_a_percentage_is_never_rounded_up_to_certainty():
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
    assert say(Message("image.empty")).startswith("The file is empty")


def test_sentences_have_the_decimal_sign_of_the_country():
    far = Message("review.unlike", {"times": 1.75})
    QLocale.setDefault(QLocale(QLocale.Language.Italian, QLocale.Country.Italy))
    assert "1,8 times" in say(far)
