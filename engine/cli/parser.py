"""Argument parser of the commands, whose errors are one sentence that says what is needed and what for."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from engine.cli.output_options import OutputKind, find_output_conflict
from engine.text import escape_controls

_MISSING = "the following arguments are required: "

Check = Callable[[argparse.Namespace], str | None]
"""Check of options that depend on each other: returns what is wrong, None if nothing is."""


def image_count(text: str) -> int:
    """Return a number of images, 0 or more."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of images (0 or more)")
    return int(text)


class CommandParser(argparse.ArgumentParser):
    """Argument parser with checks of options that depend on each other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._checks: list[Check] = []
        self._outputs: list[tuple[argparse.Action, OutputKind]] = []
        self._files: dict[str, str] = {}
        self.add_check(lambda args: find_output_conflict(self._outputs, args))

    def add_check(self, check: Check) -> None:
        """Add a check that is made once all arguments are read."""
        self._checks.append(check)

    def add_output(self, option: str, kind: OutputKind, **settings: Any) -> None:
        """Add an option that names an output; `settings` are those of `add_argument`."""
        self._outputs.append((self.add_argument(option, **settings), kind))

    def add_result_folder(self, purpose: str, kind: OutputKind = OutputKind.FOLDER) -> None:
        """Add the required option `--out DIR`."""
        self.add_output("--out", kind, metavar="DIR", required=True, type=Path, help=purpose)

    def list_files(self, files: Mapping[str, str]) -> None:
        """List the files that the command writes to DIR in the help, with what each contains."""
        self._files = dict(files)

    def format_help(self) -> str:
        """Return the help, with the files that the command writes at its end."""
        if not self._files:
            return super().format_help()
        formatter = self._get_formatter()
        formatter.start_section("files in DIR")
        for name, content in self._files.items():
            formatter.add_argument(argparse.Action([], name, metavar=name, help=content))
        formatter.end_section()
        return f"{super().format_help()}\n{formatter.format_help()}"

    def parse_known_args(  # type: ignore[override]  # its overloads are for other namespaces
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read the arguments and make the checks; options that do not exist are named first."""
        words = list(sys.argv[1:] if args is None else args)
        if not {"-h", "--help"} & set(words) and (unknown := [*self._unknown_options(words)]):
            self.error(f"there is no option {', '.join(unknown)}")
        if empty := self._find_empty(words):
            self.error(empty)
        parsed, rest = super().parse_known_args(args, namespace)
        for check in self._checks:
            if wrong := check(parsed):
                self.error(wrong)
        return parsed, rest

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the command line and exit with status 2."""
        if message.startswith(_MISSING):
            message = "; ".join(map(self._needed, message.removeprefix(_MISSING).split(", ")))
        self.exit(
            2, escape_controls(f"{message[:1].upper()}{message[1:]}; see “{self.prog} --help”.\n")
        )

    def _unknown_options(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the options that do not exist; those after a command are for its own parser."""
        for word in words:
            if word == "--" or (self._subparsers and not word.startswith("-")):
                return
            name = word.partition("=")[0]
            is_value = " " in word or word == "-" or self._negative_number_matcher.match(word)
            if word.startswith("-") and not is_value and name not in self._option_string_actions:
                yield name

    def _find_empty(self, words: Sequence[str]) -> str | None:
        """Return that a path or name is empty, as an unset variable of a shell is; None if none is.

        An empty path would mean the working folder. Texts, whose default is empty, may be.
        """
        if self._subparsers:
            return None
        for before, word in zip(["", *words], words, strict=False):
            option, equals, value = word.partition("=")
            name = before if not word else option if equals and not value else None
            if name is None or (word and name not in self._option_string_actions):
                continue
            action = self._option_string_actions.get(name)
            if action is None or action.default != "":
                return f"{name if action and action.nargs != 0 else 'an argument'} is empty"
        return None

    def _needed(self, name: str) -> str:
        """Return that an argument is needed, and what for."""
        for action in self._actions:
            if name in ("/".join(action.option_strings), action.metavar, action.dest):
                value = f" {action.metavar}" if action.option_strings and action.metavar else ""
                purpose = f" ({action.help})" if action.help and "%" not in action.help else ""
                return f"{name}{value} is needed{purpose}"
        return f"{name} is needed"
