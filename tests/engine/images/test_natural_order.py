import random

from hypothesis import given
from hypothesis import strategies as st

from engine.images.natural_order import natural_key, sort_naturally

NAMES = st.lists(
    st.one_of(
        st.from_regex(r"[a-cA-C_]{0,2}[0-9]{1,3}[a-c]?[0-9]{0,2}", fullmatch=True),
        st.text(alphabet="aA0109.é\u0301ßſ٣~/\n", min_size=1, max_size=6),
    ),
    unique=True,
    max_size=30,
)


@given(NAMES)
def test_sort_naturally_equals_sorting_by_key(names):
    assert list(sort_naturally(names)) == sorted(names, key=natural_key)


@given(st.lists(st.from_regex(r"[a-c]?[0-9]{3}[A-C.]?([0-9]{3})?", fullmatch=True), unique=True))
def test_numbers_of_equal_width(names):
    assert list(sort_naturally(names)) == sorted(names, key=natural_key)


def test_order_continues_after_the_first_page():
    names = [f"Cell_{number}.jpg" for number in range(3_000)]
    names += [f"cell_{number:05}.jpg" for number in range(0, 3_000, 7)]
    shuffled = random.Random(7).sample(names, len(names))
    assert list(sort_naturally(shuffled)) == sorted(names, key=natural_key)


def test_undecodable_names_are_sorted():
    names = ["b\udcff10.jpg", "b\udcff9.jpg", "a\udc80.jpg"]
    assert list(sort_naturally(names)) == ["a\udc80.jpg", "b\udcff9.jpg", "b\udcff10.jpg"]
