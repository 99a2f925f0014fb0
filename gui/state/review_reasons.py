"""Reasons to review an image that follow from its reading."""

from typing import TYPE_CHECKING

from engine.messages import Message
from gui.state.session import Session
from gui.state.unknown_limit import unknown_share

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem

_UNSURE_CONFIDENCE = 0.8


def review_reasons(session: Session, item: "ImageItem") -> list[Message]:
    """Return the reasons to review an image that follow from its reading, most important first."""
    reasons: list[Message] = []
    class_styles, table = session.class_styles, session.table
    prediction = item.prediction
    if prediction is None or table is None:
        return reasons
    if prediction.confidence < _UNSURE_CONFIDENCE and len(prediction.shares) > 1:
        (best, share), (other, other_share), *_ = prediction.shares.items()
        reasons.append(
            Message(
                "review.unsure",
                {
                    "best": class_styles.find(best).name,
                    "share": share,
                    "other": class_styles.find(other).name,
                    "other_share": other_share,
                },
            )
        )
    if item.folder_class and item.folder_class != prediction.class_id:
        names = {
            "folder": class_styles.find(item.folder_class).name,
            "model": class_styles.find(prediction.class_id).name,
        }
        reasons.append(Message("review.disagree", names))
    if item.is_unknown and session.active_model is not None:
        reasons.append(Message("review.unknown", {"usual": 1 - unknown_share()}))
    from engine.explore.ood import image_warning

    warning = image_warning(float(table.column("unlike")[item.row]))
    return [*reasons, warning] if warning else reasons
