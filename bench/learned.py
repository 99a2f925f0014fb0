"""Note in a bundle which images it learned from, where it was trained before bundles said so.

    python bench/learned.py MODEL FOLDER          # split again as its recipe says: all but the test part
    python bench/learned.py MODEL FOLDER --all    # every image of the folder, whatever the recipe says

FOLDER holds the very images that the model was trained on; without `--all` the card's fingerprint has to
fit. Only keys are kept (`engine/images/shown.py`), no image: 8 bytes each. Its weights stay as they are, so
it is the same model as before. A model that began with another one is told by `engine.classify.learned` what
that one learned from: it has to be noted first (`--parent MODEL`).
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.classify import bundle
from engine.classify.bundle import TRAINING, Bundle
from engine.classify.learned import Learned
from engine.classify.models import find
from engine.images.classes import load_class_set
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.train import dataset
from engine.train.statistics import split_of


def main() -> None:
    """Write the keys into the bundle, and say of how many images."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="the folder of a bundle; it is written anew")
    parser.add_argument("folder", type=Path, help="the images that it was trained on")
    parser.add_argument("--all", action="store_true", help="no image was held out")
    parser.add_argument("--parent", help="the model that its training began with")
    args = parser.parse_args()
    model = Bundle.open(args.model.resolve())
    if not args.all and model.card.parent and not args.parent:
        sys.exit("it began with another model: say which with --parent")
    class_set = load_class_set(model.card.class_set)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        source = open_source(args.folder, class_set)
        data = dataset.build(Job(), source, class_set, model.card.preprocessing.size, work)
        try:
            keys = data.keys if args.all else data.keys[split_of(model.card, data) != 2]
        except Problem as problem:
            sys.exit(str(problem))
        own = Learned(keys, complete=True)
        own.and_of(Learned.of(find(args.parent)) if args.parent else None).save(work / TRAINING)
        kept = [model.folder / one for one in model.card.files if one != TRAINING]
        bundle.write(model.folder, model.card, [*kept, work / TRAINING], renew=True)
    print(f"{model.card.name} learned from {len(keys)} of {len(data.keys)} images")


if __name__ == "__main__":
    main()
