"""Training-image keys for bundles that were trained before bundles recorded them.

    python bench/note_training_images.py MODEL FOLDER          # all but the test part of the recipe's split
    python bench/note_training_images.py MODEL FOLDER --all    # every image of the folder

FOLDER holds exactly the images the model was trained on; without `--all` the card's fingerprint must match.
Only keys are stored (`engine/images/perceptual_hash.py`), 8 bytes per image. The weights do not change, so
the model keeps its id. A fine-tuned model also inherits the keys of its parent, through
`engine.classify.training_images`: write the keys of the parent first, then pass `--parent MODEL`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.classify import bundle
from engine.classify.bundle import TRAINING_FILE, Bundle
from engine.classify.models import open_model
from engine.classify.training_images import TrainingImages
from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.train import dataset
from engine.train.statistics_fitting import reproduce_split


def main() -> None:
    """Write the keys into the bundle and print the number of images."""
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
        data = dataset.build_dataset(Job(), source, class_set, model.card.preprocessing.size, work)
        try:
            keys = data.keys if args.all else data.keys[reproduce_split(model.card, data) != 2]
        except Problem as problem:
            sys.exit(str(problem))
        training_images = TrainingImages(keys, is_complete=True)
        training_images.merged_with(
            TrainingImages.from_bundle(open_model(args.parent)) if args.parent else None
        ).save(work / TRAINING_FILE)
        files = [model.folder / name for name in model.card.files if name != TRAINING_FILE]
        bundle.write_bundle(model.folder, model.card, [*files, work / TRAINING_FILE], replace=True)
    print(f"{model.card.name} learned from {len(keys)} of {len(data.keys)} images")


if __name__ == "__main__":
    main()
