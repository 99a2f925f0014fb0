"""User messages: ids with parameters, rendered to sentences by the window and the command line.

The English templates are in `resources/words/en.toml`; they are also the source text of translations.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from engine.paths import resources_dir

Param = str | int | float


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
    params = {
        name: PluralCount(value) if type(value) is int else value
        for name, value in message.params.items()
    }
    return translate(load_catalogue()[message.id]).format_map(params)


class PluralCount(int):
    """A count that can be printed, or select a plural form with a format spec such as `image|images`."""

    def __format__(self, spec: str) -> str:
        return plural_form(spec, self) if "|" in spec else super().__format__(spec)


def plural_form(forms: str, count: int) -> str:
    """Return the form of `singular|plural` for a count; English and Italian have two forms."""
    singular, _, plural = forms.partition("|")
    return singular if count == 1 else plural
