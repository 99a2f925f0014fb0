"""User messages: ids with parameters, rendered to sentences by the window and the command line.

The English templates are in `resources/words/en.toml`; they are also the source text of translations.
"""

import gettext
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from engine.paths import resources_dir

Param = str | int | float

_PERCENT_SPEC = re.compile(r"\.(\d)%$")
PLURAL_RULE = "language.plural_rule"
"""Message id of the rule that selects plural forms; each translation has its own."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to the user: an id of the catalogue and the parameters of its template."""

    id: str
    params: Mapping[str, Param] = field(default_factory=dict)


class Problem(Exception):  # noqa: N818  (its text is for the user)
    """An error that the user can act on; every other exception is a bug."""

    def __init__(self, message_id: str, /, **params: Param) -> None:
        super().__init__(message_id, params)
        self.message = Message(message_id, params)

    def __str__(self) -> str:
        return render(self.message)


@cache
def load_catalogue() -> Mapping[str, str]:
    """Return the English template of every message id (`group.name`)."""
    groups = tomllib.loads((resources_dir() / "words" / "en.toml").read_text(encoding="utf-8"))
    return {
        f"{group}.{name}": text for group, names in groups.items() for name, text in names.items()
    }


def render(message: Message, translate: Callable[[str], str] = str) -> str:
    """Return the sentence of a message; `translate` maps an English template to another language.

    A whole-number parameter can select a word: `{n:image|images}` (see `plural_form`).
    """
    plural_rule = translate(load_catalogue()[PLURAL_RULE])
    params = {
        name: PluralCount(value, plural_rule)
        if type(value) is int
        else PrintedFloat(value)
        if type(value) is float
        else value
        for name, value in message.params.items()
    }
    return translate(load_catalogue()[message.id]).format_map(params)


class PrintedFloat(float):
    """A number as it is printed: a share below 1 never as 100%."""

    def __format__(self, spec: str) -> str:
        text = super().__format__(spec)
        if self < 1 and (match := _PERCENT_SPEC.search(spec)) and float(text[:-1]) >= 100:
            return format(1 - 0.01 / 10 ** int(match[1]), spec)
        return text


class PluralCount(int):
    """A count that can be printed, or select a plural form with a format spec such as `image|images`."""

    _plural_rule: str

    def __new__(cls, value: int, plural_rule: str) -> "PluralCount":
        count = super().__new__(cls, value)
        count._plural_rule = plural_rule
        return count

    def __format__(self, spec: str) -> str:
        if "|" in spec:
            return plural_form(spec, self, self._plural_rule)
        return super().__format__(spec)


def plural_form(forms: str, count: int, plural_rule: str) -> str:
    """Return the form of `singular|plural|…` for a count.

    `plural_rule` is the index of the form as an expression of `n`, as in gettext's `Plural-Forms`.
    """
    options = forms.split("|")
    return options[min(_compile_rule(plural_rule)(abs(int(count))), len(options) - 1)]


@cache
def _compile_rule(plural_rule: str) -> Callable[[int], int]:
    return gettext.c2py(plural_rule)
