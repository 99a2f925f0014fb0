"""The person stays where they were, whatever happens to the rows."""

from grid_help import CLASSES, CTRL, EACH, MANY, ask, decide, fill, go, press, row, said, selected
from PySide6.QtCore import Qt


def top(panel, path):
    """Return how far below the top of the viewport an image is."""
    return panel.view.visualRect(panel.model.index(panel.model.row(path))).top()


def current(panel):
    return panel.session.current.path


def test_another_order_and_back_keeps_image_and_height(many):
    go(many, 50_000)
    path, height = current(many), top(many, current(many))
    for order in ("doubt", "size", "name"):
        ask(many, order=order)
        assert current(many) == path
        assert many.model.path(row(many)) == path
        assert top(many, path) == height


def test_bands_and_one_stream_again_keep_them_too(many):
    go(many, 50_000)
    path, height = current(many), top(many, current(many))
    ask(many, bands="class")
    assert (current(many), top(many, path)) == (path, height)
    ask(many, bands="")
    assert (current(many), top(many, path)) == (path, height)


def test_who_goes_away_is_followed_by_the_next_at_its_height(many):
    go(many, 3000)
    height = top(many, current(many))
    decide(many.session, [current(many)], "removed", "person")
    assert current(many) == many.session.table.paths[3001]
    assert selected(many) == [current(many)]
    assert top(many, current(many)) == height


def test_the_last_one_is_followed_by_the_one_before(many):
    go(many, MANY - 1)
    decide(many.session, many.session.table.paths[MANY - 3 :], "removed", "person")
    assert current(many) == many.session.table.paths[MANY - 4]


def test_a_bulk_removal_leaves_the_person_after_it(many):
    go(many, 2000)
    decide(many.session, many.session.table.paths[1000:12_000], "removed", "person")
    assert current(many) == many.session.table.paths[12_000]
    assert current(many) in many.view.paths_in_sight()
    decide(many.session, many.session.table.paths[1000:12_000], "removed", None)  # undone
    assert current(many) == many.session.table.paths[12_000]
    assert current(many) in many.view.paths_in_sight()


def test_selected_images_stay_selected_wherever_they_go(many):
    paths = many.session.table.paths[100:10_100:2]
    many.select(paths)
    ask(many, order="doubt")
    assert set(selected(many)) == set(paths)
    ask(many, text="c0001")
    assert set(selected(many)) == {path for path in paths if "c0001" in path}


def test_a_filter_and_back_leaves_the_one_after(few):
    go(few, 1)  # a monocyte
    ask(few, facets=frozenset({("class", "platelet")}))
    assert current(few) == few.session.table.paths[2]
    ask(few, facets=frozenset())
    assert current(few) == few.session.table.paths[2]


def test_a_search_that_finds_nothing_forgets_nobody(many):
    go(many, 700)
    path, height = current(many), top(many, current(many))
    ask(many, text="nowhere")
    assert many.model.rowCount() == 0
    assert many.session.current is None  # nothing is there to decide on
    assert selected(many) == []
    ask(many, text="")
    assert current(many) == path
    assert top(many, path) == height


def test_who_scrolled_away_from_the_current_image_stays_there(many):
    go(many, 10)
    many.view.verticalScrollBar().setValue(40_000)
    first = many.view.paths_in_sight()[0]
    height = top(many, first)
    decide(many.session, [many.session.table.paths[5]], "removed", "person")
    assert top(many, first) == height
    assert current(many) == many.session.table.paths[10]


def test_a_label_in_bands_moves_the_image_and_not_the_person(banded):
    go(banded, EACH + 4)
    path, following = current(banded), banded.model.path(EACH + 5)
    height = top(banded, path)
    decide(banded.session, [path], "label", "platelet")
    assert banded.model.row(path) >= 2 * EACH - 1
    assert current(banded) == following
    assert top(banded, following) == height
    assert selected(banded) == [following]


def test_many_labelled_in_bands_leave_the_person_in_the_band(banded):
    paths = [banded.model.path(at) for at in range(EACH + 2, EACH + 8)]
    go(banded, EACH + 2)
    banded.select(paths)
    decide(banded.session, paths, "label", "basophil")
    assert banded.model.item(row(banded)).effective_class == "monocyte"
    assert selected(banded) == [
        current(banded)
    ]  # nobody relabels by the next key what is out of sight
    decide(banded.session, paths, "label", None)
    assert banded.model.item(row(banded)).effective_class == "monocyte"


def test_a_label_that_agrees_moves_nothing(banded):
    go(banded, 5)
    path = current(banded)
    decide(banded.session, [path], "label", CLASSES[0])
    assert current(banded) == path


def test_the_last_of_a_band_is_followed_by_the_one_before(banded):
    go(banded, EACH - 1)
    before = banded.model.path(EACH - 2)
    decide(banded.session, [current(banded)], "label", "platelet")
    assert current(banded) == before


def test_an_emptied_band_leaves_the_person_at_the_next_one(banded):
    go(banded, EACH)
    paths = [banded.model.path(at) for at in range(EACH, 2 * EACH)]
    following = banded.model.path(2 * EACH)
    decide(banded.session, paths, "label", "basophil")
    assert [band.key for band in banded.model.bands] == ["basophil", "platelet"]
    assert current(banded) == following


def test_a_prediction_that_moves_an_image_is_followed(banded):
    path = banded.session.table.paths[0]
    go(banded, banded.model.row(path))
    said(banded.session, path, "platelet", 0.9)
    assert banded.model.row(path) < EACH  # nothing moves by itself
    banded.model.sort_again()
    assert banded.model.row(path) >= 2 * EACH - 1
    assert current(banded) == path


def test_results_that_arrive_move_nothing(many):
    many.view.verticalScrollBar().setValue(9000)
    seen, at = many.view.paths_in_sight(), many.view.verticalScrollBar().value()
    for path in seen[:5]:
        said(many.session, path, "platelet", 0.99)
    assert many.view.paths_in_sight() == seen
    assert many.view.verticalScrollBar().value() == at


def test_another_folder_starts_at_its_top(many, tmp_path):
    go(many, 60_000)
    fill(many.session, tmp_path / "other", 50)
    assert many.view.verticalScrollBar().value() == 0
    assert row(many) <= 0
    press(many, Qt.Key.Key_A, CTRL)
    assert len(many.session.selected) == 50
