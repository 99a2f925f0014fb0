"""Doubtful images: the definition that filter, order and bulk confirmation share."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from engine.curate.finding import FindingKind

if TYPE_CHECKING:
    from gui.state.image_columns import Mask
    from gui.state.image_table import ImageTable

_DOUBTING_KINDS = tuple(kind for kind in FindingKind if kind.is_doubt)


def doubtful_images(table: "ImageTable") -> "Mask":
    """Return the images whose prediction the program itself doubts, until a person decides.

    They seem to be none of the model's classes, may be of several, or have an open finding that says that
    content or label is wrong.
    """
    doubts = table.unknown() | (table.column("possible") > 1)
    mask: Mask = (doubts | table.found_kinds.mask(_DOUBTING_KINDS)) & ~table.decided()
    return mask


def doubtful_explanation() -> str:
    """Return what doubtful means, for a person."""
    return QCoreApplication.translate(
        "doubtful",
        "Not reviewed yet, and perhaps none of the classes, or of several possible classes, or with an "
        "open finding on content or label.",
    )
