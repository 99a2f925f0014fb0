"""Scroll anchor: the position is kept when rows change."""

from grid_helpers import (
    CLASSES,
    CTRL,
    EACH,
    MANY,
    current_row,
    decide,
    fill_session,
    press_key,
    selected,
    set_current_row,
    set_prediction,
    set_query,
)
from PySide6.QtCore import Qt


def top(panel, path):
    """Return the y coordinate of an image in the viewport."""
    return panel.view.visualRect(panel.model.index(panel.model.row_of(path))).top()


def current(panel):
    return panel.session.current.path


def test_sorting_keeps_the_current_image_and_its_height(many):
    set_current_row(many, 50_000)
    path, height = current(many), top(many, current(many))
    for order in ("doubt", "size", "name"):
        set_query(many, order=order)
        assert current(many) == path
        assert many.model.path(current_row(many)) == path
        assert top(many, path) == height


def test_banding_keeps_the_current_image_and_its_height(many):
    set_current_row(many, 50_000)
    path, height = current(many), top(many, current(many))
    set_query(many, bands="class")
    assert (current(many), top(many, path)) == (path, height)
    set_query(many, bands="")
    assert (current(many), top(many, path)) == (path, height)


def test_removed_image_is_replaced_by_the_next_at_its_height(many):
    set_current_row(many, 3000)
    height = top(many, current(many))
    decide(many.session, [current(many)], "removed", "person")
    assert current(many) == many.session.table.paths[3001]
    assert selected(many) == [current(many)]
    assert top(many, current(many)) == height


def test_removed_last_image_is_replaced_by_the_previous(many):
    set_current_row(many, MANY - 1)
    decide(many.session, many.session.table.paths[MANY - 3 :], "removed", "person")
    assert current(many) == many.session.table.paths[MANY - 4]


def test_bulk_removal_moves_to_the_next_remaining_image(many):
    set_current_row(many, 2000)
    decide(many.session, many.session.table.paths[1000:12_000], "removed", "person")
    assert current(many) == many.session.table.paths[12_000]
    assert current(many) in many.view.visible_paths()
    decide(many.session, many.session.table.paths[1000:12_000], "removed", None)  # undone
    assert current(many) == many.session.table.paths[12_000]
    assert current(many) in many.view.visible_paths()


def test_selection_survives_sorting_and_filtering(many):
    paths = many.session.table.paths[100:10_100:2]
    many.select(paths)
    set_query(many, order="doubt")
    assert set(selected(many)) == set(paths)
    set_query(many, text="c0001")
    assert set(selected(many)) == {path for path in paths if "c0001" in path}


def test_filtered_out_image_is_replaced_by_the_next(few):
    set_current_row(few, 1)  # a monocyte
    set_query(few, facets=frozenset({("class", "platelet")}))
    assert current(few) == few.session.table.paths[2]
    set_query(few, facets=frozenset())
    assert current(few) == few.session.table.paths[2]


def test_empty_search_result_restores_the_position_afterwards(many):
    set_current_row(many, 700)
    path, height = current(many), top(many, current(many))
    set_query(many, text="nowhere")
    assert many.model.rowCount() == 0
    assert many.session.current is None  # no image to decide on
    assert selected(many) == []
    set_query(many, text="")
    assert current(many) == path
    assert top(many, path) == height


def test_scroll_position_away_from_the_current_image_is_kept(many):
    set_current_row(many, 10)
    many.view.verticalScrollBar().setValue(40_000)
    first = many.view.visible_paths()[0]
    height = top(many, first)
    decide(many.session, [many.session.table.paths[5]], "removed", "person")
    assert top(many, first) == height
    assert current(many) == many.session.table.paths[10]


def test_labelling_in_bands_moves_to_the_next_image_of_the_band(banded):
    set_current_row(banded, EACH + 4)
    path, following = current(banded), banded.model.path(EACH + 5)
    height = top(banded, path)
    decide(banded.session, [path], "label", "platelet")
    assert banded.model.row_of(path) >= 2 * EACH - 1
    assert current(banded) == following
    assert top(banded, following) == height
    assert selected(banded) == [following]


def test_labelling_many_in_bands_stays_in_the_band(banded):
    paths = [banded.model.path(row_number) for row_number in range(EACH + 2, EACH + 8)]
    set_current_row(banded, EACH + 2)
    banded.select(paths)
    decide(banded.session, paths, "label", "basophil")
    assert banded.model.item(current_row(banded)).displayed_class == "monocyte"
    assert selected(banded) == [current(banded)]  # the next key must not relabel hidden images
    decide(banded.session, paths, "label", None)
    assert banded.model.item(current_row(banded)).displayed_class == "monocyte"


def test_confirming_label_moves_nothing(banded):
    set_current_row(banded, 5)
    path = current(banded)
    decide(banded.session, [path], "label", CLASSES[0])
    assert current(banded) == path


def test_labelled_last_image_of_a_band_is_replaced_by_the_previous(banded):
    set_current_row(banded, EACH - 1)
    before = banded.model.path(EACH - 2)
    decide(banded.session, [current(banded)], "label", "platelet")
    assert current(banded) == before


def test_emptied_band_moves_to_the_next_band(banded):
    set_current_row(banded, EACH)
    paths = [banded.model.path(row_number) for row_number in range(EACH, 2 * EACH)]
    following = banded.model.path(2 * EACH)
    decide(banded.session, paths, "label", "basophil")
    assert [band.key for band in banded.model.bands] == ["basophil", "platelet"]
    assert current(banded) == following


def test_sorting_follows_an_image_whose_prediction_changed(banded):
    path = banded.session.table.paths[0]
    set_current_row(banded, banded.model.row_of(path))
    set_prediction(banded.session, path, "platelet", 0.9)
    assert banded.model.row_of(path) < EACH  # nothing moves by itself
    banded.model.sort_again()
    assert banded.model.row_of(path) >= 2 * EACH - 1
    assert current(banded) == path


def test_predictions_do_not_scroll(many):
    many.view.verticalScrollBar().setValue(9000)
    seen, at = many.view.visible_paths(), many.view.verticalScrollBar().value()
    for path in seen[:5]:
        set_prediction(many.session, path, "platelet", 0.99)
    assert many.view.visible_paths() == seen
    assert many.view.verticalScrollBar().value() == at


def test_new_folder_starts_at_the_top(many, tmp_path):
    set_current_row(many, 60_000)
    fill_session(many.session, tmp_path / "other", 50)
    assert many.view.verticalScrollBar().value() == 0
    assert current_row(many) <= 0
    press_key(many, Qt.Key.Key_A, CTRL)
    assert len(many.session.selected) == 50
