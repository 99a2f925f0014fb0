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
    """Return the sentence of a message; `translate` maps an English template to another language's."""
    return translate(catalogue()[message.id]).format_map(dict(message.params))
