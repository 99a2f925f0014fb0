"""What the engine has to say, as ids with parameters; the window and the command line make sentences.

The English sentences are in `resources/words/en.toml`; they are also the source text of translations.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from engine.paths import resources

Param = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell a person: an id of the catalogue and what fills its sentence."""

    id: str
    params: Mapping[str, Param] = field(default_factory=dict)


class Problem(Exception):  # noqa: N818  (people have problems, programs have errors)
    """An error a person can act on; everything else that is raised is a bug."""

    def __init__(self, message_id: str, /, **params: Param) -> None:
        super().__init__(message_id, params)
        self.message = Message(message_id, params)

    def __str__(self) -> str:
        return render(self.message)


@cache
def catalogue() -> Mapping[str, str]:
    """Return the English sentence of every message id, `group.name` -> template."""
    groups = tomllib.loads((resources() / "words" / "en.toml").read_text(encoding="utf-8"))
    return {
        f"{group}.{name}": text for group, names in groups.items() for name, text in names.items()
    }


def render(message: Message, translate: Callable[[str], str] = str) -> str:
    """Return the sentence of a message; `translate` maps an English template to another language's.

    Where a count is a parameter, `{n:image|images}` in the sentence is the word for one or for several.
    """
    said = {
        name: Count(value) if type(value) is int else value
        for name, value in message.params.items()
    }
    return translate(catalogue()[message.id]).format_map(said)


class Count(int):
    """A number that a sentence may say, and choose a word by."""

    def __format__(self, spec: str) -> str:
        return chosen(spec, self) if "|" in spec else super().__format__(spec)


def chosen(forms: str, count: int) -> str:
    """Return the word for so many of `one|several`; English and Italian have no more forms."""
    one, _, several = forms.partition("|")
    return one if count == 1 else several
