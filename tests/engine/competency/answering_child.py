"""A program of its own that answers a competency test without end and prints what is on the disk.

`python answering_child.py FILE SEED`; each line: place and answer of an acknowledged answer.
"""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from engine.competency.store import CompetencyStore


def main() -> None:
    """Answer cells in any order, also again, until killed."""
    chance = random.Random(int(sys.argv[2]))
    store = CompetencyStore(Path(sys.argv[1]))
    test = store.tests()[0]
    places = len(store.cells(test))
    print("ready", flush=True)
    while True:
        place, answer = chance.randrange(places), str(chance.random())
        store.answer(test, place, answer, 0.0)
        print(place, answer, flush=True)


if __name__ == "__main__":
    main()
