"""Texts of the gate: verdict titles, reasons, differences and p-values."""

from PySide6.QtCore import QCoreApplication

from engine.messages import Message
from gui.state.class_styles import ClassStyles
from gui.words import decimal, to_sentence


def verdict_title(verdict: str) -> str:
    """Return the title of a verdict."""
    return {
        "not_worse": _tr("The new model is not worse"),
        "worse": _tr("The new model is worse"),
        "cannot_tell": _tr("Too few images to tell which model is better"),
    }[verdict]


def localise_reason(message: Message, class_styles: ClassStyles) -> str:
    """Return a reason of the gate, with the class names of this project."""
    params = dict(message.params)
    if "name" in params:
        params["name"] = class_styles.find(str(params["name"])).name
    return to_sentence(Message(message.id, params))


def format_points(share: float) -> str:
    """Format a difference of shares in percentage points, with its sign."""
    text = decimal(abs(100 * share), 1)
    sign = "±" if text.strip("0.,") == "" else "+" if share > 0 else "−"
    return f"{sign}{text}"


def format_p_value(p_value: float) -> str:
    """Format a p-value."""
    if p_value < 0.001:
        return "p < " + decimal(0.001, 3)
    return "p = " + decimal(p_value, 3)


def _tr(text: str) -> str:
    return QCoreApplication.translate("train", text)
