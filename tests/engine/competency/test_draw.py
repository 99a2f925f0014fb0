"""Draw: the same seed draws the same, classes give equally many, copies count once."""

from collections import Counter

from engine.competency.draw import draw_cells
from engine.competency.truth import TruthCell


def cells(**counts):
    return [
        TruthCell(f"{name}{number}.png", f"{name}{number}", name)
        for name, count in counts.items()
        for number in range(count)
    ]


def by_class(drawn):
    return dict(Counter(cell.label for cell in drawn))


def test_the_seed_determines_the_draw_and_the_order_of_the_listing_does_not():
    listed = cells(a=30, b=30)
    drawn = draw_cells(listed, 20, seed=1)
    assert draw_cells(list(reversed(listed)), 20, seed=1) == drawn
    assert draw_cells(listed, 20, seed=2) != drawn
    # The order tells nothing about the class.
    assert len({cell.label for cell in drawn[:6]}) == 2


def test_classes_give_equally_many_and_a_rare_one_gives_all():
    drawn = draw_cells(cells(a=500, b=60, c=2), 30, seed=5)
    assert by_class(drawn) == {"a": 14, "b": 14, "c": 2}
    assert len(draw_cells(cells(a=3, b=4), 100, seed=5)) == 7
    assert draw_cells([], 10, seed=5) == []


def test_one_of_several_copies_is_drawn_and_contradicting_ones_are_not():
    copies = [TruthCell("x.png", "same", "a"), TruthCell("y.png", "same", "a")]
    apart = [TruthCell("u.png", "both", "a"), TruthCell("v.png", "both", "b")]
    unknown = [TruthCell("m.png", "", "a"), TruthCell("n.png", "", "b")]
    drawn = draw_cells([*copies, *apart, *unknown], 10, seed=0)
    assert {cell.path for cell in drawn} == {"x.png", "m.png", "n.png"}
