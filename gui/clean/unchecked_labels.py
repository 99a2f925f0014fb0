"""Unchecked labels: the sentence on classes with too few images for a full check of their labels."""

from typing import TYPE_CHECKING

import numpy as np

from engine.curate.model_contradictions import unchecked_labels
from gui.words import to_sentence

if TYPE_CHECKING:
    from gui.state.session import Session


def unchecked_labels_text(session: "Session") -> str:
    """Return the sentence for the labels as they are now, empty if all could be checked."""
    table, model = session.table, session.active_model
    if table is None or model is None:
        return ""
    codes = table.labelled_classes()
    codes = codes[(codes >= 0) & ~table.column("bad") & ~table.column("removed")]
    counts = {
        table.class_id(code): count
        for code, count in enumerate(np.bincount(codes, minlength=1).tolist())
        if count
    }
    labels = {label: count for label, count in counts.items() if label is not None}
    names = {label: session.class_styles.find(label).name for label in labels}
    model_classes = {table.merged.get(name, name) for name in model.card.classes}
    message = unchecked_labels(labels, model_classes, names)
    return to_sentence(message) if message else ""
