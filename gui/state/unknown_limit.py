"""Limit of "none of these": the setting, the score that it stands for, and unknown ratios."""

import math
from typing import TYPE_CHECKING

from gui.settings import load_setting, save_setting

if TYPE_CHECKING:
    from gui.state.active_model import ActiveModel
    from gui.state.image_table import ImageTable

_SETTING = "unknown_share"


def unknown_share() -> float:
    """Return the share of usual cells that may be set apart as "none of these", as a person chose it."""
    from engine.classify.unknown_score import FLAGGED_SHARES, USUAL_SHARE

    stored = load_setting(_SETTING)
    return float(stored) if stored in FLAGGED_SHARES else USUAL_SHARE


def save_unknown_share(share: float) -> None:
    """Remember the share that a person chose."""
    save_setting(_SETTING, share)


def unknown_limit(model: "ActiveModel", share: float) -> float:
    """Return the unknown score over which a cell is set apart; infinite for a model without scores."""
    return model.unknown_score.limit(share) if model.unknown_score else float("inf")


def unknown_ratios(table: "ImageTable") -> list[float | None]:
    """Return the unknown ratio of each image (score by limit), None for images without a score."""
    scores = table.column("unknown_score").tolist()
    if table.unknown_limit == float("inf"):
        return [None] * len(scores)
    return [None if math.isnan(score) else score / table.unknown_limit for score in scores]
