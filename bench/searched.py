"""Search an augmentation policy with a model, and print it as a recipe has it.

python bench/searched.py FOLDER [--model NAME|PATH] [--images 240] [--tries 60]
"""

from common import arguments, machine
from heldout import images_of

from engine.classify.models import find
from engine.jobs import Job
from engine.train.searching import search


def main() -> None:
    """Print the sub-policies, the best first."""
    parser = arguments(__doc__.splitlines()[0], 240)
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    parser.add_argument("--tries", type=int, default=60)
    given = parser.parse_args()
    print("#", machine())
    model = find(given.model)
    images = images_of(model, given.folder)
    images = images.where(images.part == 2).some(given.images)
    found = search(Job(), model, images.pictures, images.labels, tries=given.tries)
    print("searched = [")
    for one in found:
        steps = ", ".join(
            f'{{ operation = "{step.operation}", share = {step.share}, strength = {step.strength} }}'
            for step in one
        )
        print(f"    [{steps}],")
    print("]")


if __name__ == "__main__":
    main()
