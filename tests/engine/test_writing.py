"""Results are whole or not there, and safe to open in a spreadsheet."""

import csv
import io
import os
import sys
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.writing import CsvWriter, atomic_open, to_printable, formula_safe_path, formula_safe_text, escape_controls, atomic_write

posix = pytest.mark.skipif(sys.platform == "win32", reason="a matter of POSIX files")


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    out = tmp_path / "new" / "out.csv"
    with atomic_open(out) as stream:
        stream.write(b"half")
        assert not out.exists()
    assert out.read_bytes() == b"half"
    assert names_in(out.parent) == ["out.csv"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path, error):
    out = tmp_path / "out.csv"
    out.write_bytes(b"before")

    def fail():
        with atomic_open(out) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert out.read_bytes() == b"before"
    assert names_in(tmp_path) == ["out.csv"]


@posix
def test_a_pipe_is_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="pipe"):
        atomic_write(pipe, b"gone")
    assert pipe.is_fifo()
    assert names_in(tmp_path) == ["pipe"]


@posix
def test_the_usual_permissions(tmp_path):
    before = os.umask(0o027)
    try:
        atomic_write(tmp_path / "out", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


def test_a_very_long_name_still_has_its_hidden_part(tmp_path):
    out = tmp_path / ("n" * 250 + ".csv")
    atomic_write(out, b"x")
    assert out.read_bytes() == b"x"


@given(st.text())
def test_a_safe_path_names_the_same_file_and_is_no_formula(path):
    safe = formula_safe_path(path)
    assert PurePosixPath(safe) == PurePosixPath(path)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe.endswith(path)
    if path[:1].isalnum():
        assert safe == path


def test_safe_text():
    assert formula_safe_text("=1+1") == "'=1+1"
    assert formula_safe_text("-") == "'-"
    assert formula_safe_text("monocyte") == "monocyte"


@given(st.text(st.characters()))
def test_anything_can_be_printed(text):
    to_printable(text).encode("utf-8")


@given(st.text(st.characters()))
def test_nothing_that_is_said_commands_a_terminal(text):
    said = escape_controls(text)
    assert not [one for one in said if one != "\n" and unicodedata.category(one) == "Cc"]
    assert escape_controls("caffè 細胞 🩸 👩‍🔬\n") == "caffè 細胞 🩸 👩‍🔬\n"
    assert escape_controls("a\x1b[2J\x9b1m\u202e") == "a\\x1b[2J\\x9b1m\\u202e"


def test_printable_keeps_what_is_text():
    assert to_printable("細胞 Zelle \U0001f9ec") == "細胞 Zelle \U0001f9ec"
    assert to_printable(os.fsdecode(b"caf\xe9")) == "caf\\xe9" or sys.platform == "win32"
    assert to_printable("\ud800x") == "\\ud800x"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_a_table_comes_back_as_it_was(rows):
    stream = io.BytesIO()
    table = CsvWriter(stream, ["a", "b"])
    for row in rows:
        table.write_row(row)
    text = io.TextIOWrapper(io.BytesIO(stream.getvalue()), encoding="utf-8", newline="")
    assert list(csv.reader(text)) == [["a", "b"], *rows]
