"""Augmentation-policy search with a model; prints the policy in recipe format.

python bench/policy_search.py FOLDER [--model NAME|PATH] [--images 240] [--tries 60]
"""

from common import argument_parser, machine_description
from held_out import load_labelled_images

from engine.classify.models import open_model
from engine.jobs import Job
from engine.train.policy_search import search_policies


def main() -> None:
    """Print the sub-policies, best first."""
    parser = argument_parser(__doc__.splitlines()[0], 240)
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    parser.add_argument("--tries", type=int, default=60)
    args = parser.parse_args()
    print("#", machine_description())
    model = open_model(args.model)
    images = load_labelled_images(model, args.folder)
    images = images.where(images.part == 2).sample(args.images)
    policies = search_policies(Job(), model, images.pixels, images.labels, tries=args.tries)
    print("searched = [")
    for policy in policies:
        steps = ", ".join(
            f'{{ operation = "{step.operation}", share = {step.share}, strength = {step.strength} }}'
            for step in policy
        )
        print(f"    [{steps}],")
    print("]")


if __name__ == "__main__":
    main()
