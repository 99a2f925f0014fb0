"""A program of its own that decides without end and says on standard output what is on the disk.

`python writing_child.py FILE SEED`; each line: the number of an edit that was acknowledged.
"""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from engine.project.project import Project

IMAGES = 3000


def main() -> None:
    """Apply single labels, bulk edits, undo and redo until killed."""
    chance = random.Random(int(sys.argv[2]))
    project = Project.open(Path(sys.argv[1]))
    if project.read_only:
        sys.exit(project.read_only.id)
    print("ready", flush=True)
    while True:
        dice = chance.random()
        if dice < 0.6:
            path = f"{chance.randrange(IMAGES)}.jpg"
            edit = project.apply("label", [(path, "label", chance.random())], who="child")
        elif dice < 0.9:
            label = chance.random()
            some = chance.sample(range(IMAGES), chance.choice((50, 2000)))
            changes = [(f"{number}.jpg", "label", label) for number in some]
            edit = project.apply("bulk", changes, who="child")
        elif dice < 0.95:
            edit = project.undo("child")
        else:
            edit = project.redo("child")
        if edit:
            print(edit.id, flush=True)


if __name__ == "__main__":
    main()
