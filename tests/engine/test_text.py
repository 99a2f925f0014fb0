"""Text that is safe to print and to open in a spreadsheet."""

import os
import sys
import unicodedata
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from engine.text import (
    comparable_name,
    escape_controls,
    formula_safe_path,
    formula_safe_text,
    plain_punctuation,
    to_printable,
)


@given(st.text())
def test_formula_safe_path_names_the_same_file(path):
    safe = formula_safe_path(path)
    assert PurePosixPath(safe) == PurePosixPath(path)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe.endswith(path)
    if path[:1].isalnum():
        assert safe == path


def test_formula_safe_text():
    assert formula_safe_text("=1+1") == "'=1+1"
    assert formula_safe_text("-") == "'-"
    assert formula_safe_text("monocyte") == "monocyte"


@given(st.text(st.characters()))
def test_to_printable_accepts_any_text(text):
    to_printable(text).encode("utf-8")


@given(st.text(st.characters()))
def test_escape_controls_removes_escape_codes(text):
    escaped = escape_controls(text)
    assert not [char for char in escaped if char != "\n" and unicodedata.category(char) == "Cc"]
    assert escape_controls("caffè 細胞 🩸 👩‍🔬\n") == "caffè 細胞 🩸 👩‍🔬\n"
    assert escape_controls("a\x1b[2J\x9b1m\u202e") == "a\\x1b[2J\\x9b1m\\u202e"


def test_to_printable_keeps_text():
    assert to_printable("細胞 Zelle \U0001f9ec") == "細胞 Zelle \U0001f9ec"
    assert to_printable(os.fsdecode(b"caf\xe9")) == "caf\\xe9" or sys.platform == "win32"
    assert to_printable("\ud800x") == "\\ud800x"


def test_names_are_compared_without_case_and_surplus_spaces():
    assert comparable_name(" Anna  ROSSI\n") == comparable_name("anna rossi")
    assert comparable_name("Anna") != comparable_name("Ann")


def test_marks_that_a_terminal_lacks_are_replaced_and_names_kept():
    sentence = "Look at “größe é.png” – 3 × 4…"
    assert plain_punctuation(sentence, "utf-8") == sentence
    assert plain_punctuation(sentence, "latin-1") == 'Look at "größe é.png" - 3 × 4...'
    assert plain_punctuation(sentence, "ascii") == 'Look at "größe é.png" - 3 x 4...'
    assert plain_punctuation("\udce9 “x”", "utf-8") == "\udce9 “x”"
