"""File names cannot control a terminal; pipes and files get the bytes as they are."""

import io
import os
import sys

import pytest
from hostile import encode, smooth_image

from engine.cli.main import run
from engine.outputs import Output
from engine.terminal_output import escaped_stdout

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals to open here")

NAME = "\x1b[2J\x9b31m\x07\u202egpj.exe"
SHOWN = "\\x1b[2J\\x9b31m\\x07\\u202egpj.exe"


class Terminal:
    """A terminal of the system, and what a program wrote to it."""

    def __init__(self):
        self._master, self.slave = os.openpty()
        self.path = os.ttyname(self.slave)
        self.stdout = open(self.slave, "w", encoding="utf-8")  # noqa: SIM115, PTH123

    def use(self, monkeypatch):
        """Make it the standard output; not in a fixture, after which pytest sets its own."""
        monkeypatch.setattr(sys, "stdout", self.stdout)

    def read(self):
        self.stdout.flush()
        os.set_blocking(self._master, False)
        found = b""
        try:
            while part := os.read(self._master, 1 << 16):
                found += part
        except BlockingIOError:
            pass
        return found.decode().replace("\r\n", "\n")

    def close(self):
        self.stdout.close()
        os.close(self._master)


@pytest.fixture
def terminal():
    terminal = Terminal()
    yield terminal
    terminal.close()


def test_text_and_tables_are_escaped_on_a_terminal(terminal, monkeypatch):
    terminal.use(monkeypatch)
    with escaped_stdout():
        print("name", NAME, sep="\t")
        Output("-").write_table(["path"], [[NAME], ["cellula è più.jpg"], ["a\rb"]])
        print("end", end="")
    assert sys.stdout is terminal.stdout
    shown = f'name {SHOWN}\npath\n{SHOWN}\ncellula è più.jpg\n"a\nb"\nend'
    assert terminal.read().expandtabs(1) == shown


def test_bytes_that_are_no_text_and_a_divided_letter_are_shown(terminal, monkeypatch):
    terminal.use(monkeypatch)
    with escaped_stdout():
        sys.stdout.buffer.write("è".encode()[:1])
        sys.stdout.buffer.write("è".encode()[1:] + b" \xff\n")
    assert terminal.read() == "è \\xff\n"


def test_a_terminal_named_as_the_output_is_protected_too(terminal):
    Output(terminal.path).write_table(["path"], [[NAME]])
    assert terminal.read() == f"path\n{SHOWN}\n"


def test_a_command_escapes_what_it_prints(terminal, tmp_path, monkeypatch):
    terminal.use(monkeypatch)
    (tmp_path / "cells" / "neutrophil").mkdir(parents=True)
    image = tmp_path / "cells" / "neutrophil" / f"{NAME}.jpg"
    image.write_bytes(encode(smooth_image(1), "JPEG"))
    assert run(["export", str(tmp_path / "cells"), "--as", "csv", "--out", "-"]) == 0
    shown = terminal.read()
    assert SHOWN in shown
    assert "\x1b" not in shown
    assert "\x9b" not in shown


def test_a_pipe_gets_the_bytes_as_they_are(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "utf-8", newline="\n"))
    with escaped_stdout():
        print(NAME)
        Output("-").write(b"\x1b\xff\r\n")
    assert raw.getvalue() == f"{NAME}\n".encode() + b"\x1b\xff\r\n"
