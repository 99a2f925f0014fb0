"""Label use: how many labelled images of a project its adopted model has used already."""

from engine.classify.bundle import Bundle
from engine.project.project import Project
from engine.train.current_model import MODEL_FIELD, resolve_model_dir
from engine.train.holdout import locked_contents


def count_used_labels(project: Project, model: Bundle) -> int:
    """Return how many labelled images the model was trained on or is compared on (the holdout).

    0 unless the project adopted this model: what another one was trained on are other images.
    """
    adopted = project.get(MODEL_FIELD)
    if not adopted or resolve_model_dir(adopted) != model.folder:
        return 0
    return model.card.training_data.images + len(locked_contents(project))
