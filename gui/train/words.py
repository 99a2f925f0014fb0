"""What the gate says, in words."""

from PySide6.QtCore import QCoreApplication

from engine.messages import Message
from gui.classes import ClassLooks
from gui.words import decimal, say


def verdict(word: str) -> str:
    """Return the title of a verdict."""
    return {
        "not_worse": _tr("The new model is not worse"),
        "worse": _tr("The new model is worse"),
        "cannot_tell": _tr("It cannot be told which model is better"),
    }[word]


def reason(message: Message, looks: ClassLooks) -> str:
    """Return a reason of the gate, with the classes as this project calls them."""
    said = dict(message.params)
    if "name" in said:
        said["name"] = looks.find(str(said["name"])).name
    return say(Message(message.id, said))


def points(share: float) -> str:
    """Return a difference of shares in points with its sign."""
    text = decimal(abs(100 * share), 1)
    sign = "±" if text.strip("0.,") == "" else "+" if share > 0 else "−"
    return f"{sign}{text}"


def chance(p_value: float) -> str:
    """Return a p-value as it is printed."""
    if p_value < 0.001:
        return "p < " + decimal(0.001, 3)
    return "p = " + decimal(p_value, 3)


def _tr(text: str) -> str:
    return QCoreApplication.translate("train", text)
