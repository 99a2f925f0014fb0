"""Tile delegate: predictions, decisions, removal, notes, folder class, unreadable files."""

import pytest
from grid_helpers import (
    EACH,
    decide,
    fill_session,
    record,
    set_current_row,
    set_prediction,
    set_query,
)
from PIL import Image
from PySide6.QtGui import QColor, QImage

from engine.images.record import BadFile
from engine.messages import Message
from engine.project.decisions import NOT_CLASSED

WAIT_MS = 10_000


@pytest.fixture
def shown(panel, tmp_path, qtbot):
    """Return the gallery with a few images and the first eight thumbnails decoded."""
    folder = tmp_path / "cells"
    (folder / "platelet").mkdir(parents=True)
    Image.new("RGB", (48, 48), (10, 90, 140)).save(folder / "platelet" / "a.png")
    fill_session(panel.session, folder, 30)
    panel.theme.set_dark(False)
    qtbot.waitUntil(
        lambda: all(
            panel.thumbnails.peek(path) is not None for path in panel.session.table.paths[:8]
        ),
        timeout=WAIT_MS,
    )
    return panel


def tile(panel, path) -> QImage:
    index = panel.model.index(panel.model.row_of(path))
    return panel.view.viewport().grab(panel.view.visualRect(index)).toImage()


def outline(panel, path) -> list[str]:
    """Return the colours along the top of the outline of a tile's image."""
    index = panel.model.index(panel.model.row_of(path))
    view = panel.view
    box = view.visualRect(index)
    image = view.itemDelegate().image_rect(box).translated(-box.topLeft())
    picture = panel.thumbnails.peek(path)
    height = image.width() * picture.height() // picture.width()
    top = image.top() + (image.height() - height) // 2 - 1
    whole = tile(panel, path)
    return [whole.pixelColor(x, top).name() for x in range(image.left(), image.right())]


def colour(panel, class_id) -> str:
    return QColor(panel.session.class_styles.find(class_id).colour).name()


def test_outline_is_dotted_for_predictions_and_solid_for_decisions(shown):
    path = "c000001.png"
    set_current_row(shown, 9)
    predicted = shown.session.item(path).displayed_class
    dots = outline(shown, path)
    assert set(dots) == {colour(shown, predicted), shown.theme.colour("surround").name()}
    decide(shown.session, [path], "label", predicted)
    assert set(outline(shown, path)) == {colour(shown, predicted)}
    decide(shown.session, [path], "label", "basophil")
    assert set(outline(shown, path)) == {colour(shown, "basophil")}


def test_decisions_are_visible_without_colour(shown):
    path = "c000004.png"
    set_current_row(shown, 9)
    set_query(shown, facets=frozenset({("review", "open"), ("review", "confirmed"), ("review", "removed"),
                                 ("review", "corrected"), ("review", "not_classed")}))  # fmt: skip
    seen = [grey(tile(shown, path))]
    for field, value in (
        ("label", shown.session.item(path).displayed_class),
        ("label", NOT_CLASSED),
        ("note", "vacuoles"),
        ("removed", "person"),
    ):
        decide(shown.session, [path], field, value)
        seen.append(grey(tile(shown, path)))
    assert len({bytes(image.constBits()) for image in seen}) == len(seen)


def grey(image):
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def test_findings_have_a_badge_until_resolved(shown):
    path = shown.session.table.paths[1]
    set_current_row(shown, 9)
    before = tile(shown, path)
    shown.session.table.found_kinds.set_rows({"unusual": shown.session.table.rows([path])})
    shown.session.findings_changed.emit()
    assert tile(shown, path) != before
    shown.session.table.found_kinds.set_rows({"unusual": shown.session.table.rows([])})
    shown.session.findings_changed.emit()
    assert tile(shown, path) == before


def test_differing_folder_class_is_shown_in_the_corner(shown, qtbot):
    path = "platelet/a.png"
    qtbot.waitUntil(lambda: shown.thumbnails.peek(path) is not None, timeout=WAIT_MS)
    set_prediction(shown.session, path, "platelet", 0.9)
    agreed = tile(shown, path)
    set_prediction(shown.session, path, "monocyte", 0.9)
    assert shown.session.item(path).folder_class == "platelet"
    other = tile(shown, path)
    corner = [other.pixelColor(x, y).name() for x in range(other.width() // 2, other.width() - 6)
              for y in range(6, 40)]  # fmt: skip
    assert colour(shown, "platelet") in corner
    assert colour(shown, "platelet") not in {
        agreed.pixelColor(x, 20).name() for x in range(agreed.width() // 2, agreed.width() - 12)
    }


def test_current_tile_differs_from_other_selected_tiles(shown):
    set_current_row(shown, 0)
    shown.view.selectAll()
    one, other = tile(shown, shown.model.path(0)), tile(shown, shown.model.path(2))
    middle = one.height() // 2
    assert one.pixelColor(2, middle) != other.pixelColor(2, middle)
    shown.search.setFocus()
    assert tile(shown, shown.model.path(0)).pixelColor(2, middle) != one.pixelColor(2, middle)


def test_predictions_do_not_change_the_tile_layout(shown, tmp_path):
    shown.session.add([record("later.png")])
    index = shown.model.index(shown.model.row_of("later.png"))
    before = shown.view.visualRect(index)
    set_prediction(shown.session, "later.png", "monocyte", 0.9)
    assert shown.view.visualRect(index) == before


def test_unreadable_files_show_their_reason_at_every_size(shown):
    shown.session.add([BadFile("bad.png", Message("image.empty"))])
    for edge in (72, 136, 320):
        shown.view.set_image_edge(edge)
        set_current_row(shown, shown.model.row_of("bad.png"))
        shown.view.scrollTo(shown.view.currentIndex())
        empty = shown.theme.colour("tile").name()
        picture = tile(shown, "bad.png")
        colours = {picture.pixelColor(x, y).name() for x in range(10, picture.width() - 10)
                   for y in range(10, picture.width() - 10)}  # fmt: skip
        assert empty in colours
        assert len(colours) > 3


def test_theme_changes_the_tile_but_not_the_image(shown):
    path = "c000002.png"
    set_current_row(shown, 9)
    light = tile(shown, path)
    shown.theme.set_dark(True)
    dark = tile(shown, path)
    middle = light.rect().center()
    assert light.pixelColor(middle) == dark.pixelColor(middle)
    assert light.pixelColor(0, 0).lightness() > 120 > dark.pixelColor(0, 0).lightness()


def test_long_names_keep_the_tile_width(panel, tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    name = "patient_0412_slide_" + "x" * 150 + "_00042.png"
    Image.new("RGB", (20, 20)).save(folder / name)
    fill_session(panel.session, folder, EACH)
    assert panel.model.row_of(name) is not None
    assert tile(panel, name).width() == panel.view.grid.tile_width
