"""What a tile says: sure or not, decided, removed, noted, filed elsewhere, unreadable."""

import pytest
from grid_help import EACH, ask, decide, fill, go, record, said
from PIL import Image
from PySide6.QtGui import QColor, QImage

from engine.images.record import BadFile
from engine.messages import Message
from engine.project.decisions import NOT_CLASSED

WAIT_MS = 10_000


@pytest.fixture
def shown(panel, tmp_path, qtbot):
    """Return the gallery with a few images, whose first eight thumbnails are there."""
    folder = tmp_path / "cells"
    (folder / "platelet").mkdir(parents=True)
    Image.new("RGB", (48, 48), (10, 90, 140)).save(folder / "platelet" / "a.png")
    fill(panel.session, folder, 30)
    panel.theme.set_dark(False)
    qtbot.waitUntil(
        lambda: all(
            panel.thumbnails.peek(path) is not None for path in panel.session.table.paths[:8]
        ),
        timeout=WAIT_MS,
    )
    return panel


def tile(panel, path) -> QImage:
    index = panel.model.index(panel.model.row(path))
    return panel.view.viewport().grab(panel.view.visualRect(index)).toImage()


def outline(panel, path) -> list[str]:
    """Return the colours along the top of the outline of a tile's image."""
    index = panel.model.index(panel.model.row(path))
    view = panel.view
    box = view.visualRect(index)
    image = view.itemDelegate().picture(box).translated(-box.topLeft())
    picture = panel.thumbnails.peek(path)
    height = image.width() * picture.height() // picture.width()
    top = image.top() + (image.height() - height) // 2 - 1
    whole = tile(panel, path)
    return [whole.pixelColor(x, top).name() for x in range(image.left(), image.right())]


def colour(panel, class_id) -> str:
    return QColor(panel.session.class_styles.find(class_id).colour).name()


def test_a_prediction_is_dotted_and_a_decision_solid(shown):
    path = "c000001.png"
    go(shown, 9)
    predicted = shown.session.item(path).effective_class
    dots = outline(shown, path)
    assert set(dots) == {colour(shown, predicted), shown.theme.colour("surround").name()}
    decide(shown.session, [path], "label", predicted)
    assert set(outline(shown, path)) == {colour(shown, predicted)}
    decide(shown.session, [path], "label", "basophil")
    assert set(outline(shown, path)) == {colour(shown, "basophil")}


def test_every_decision_changes_more_than_a_colour(shown):
    path = "c000004.png"
    go(shown, 9)
    ask(shown, facets=frozenset({("review", "open"), ("review", "confirmed"), ("review", "removed"),
                                 ("review", "corrected"), ("review", "not_classed")}))  # fmt: skip
    seen = [grey(tile(shown, path))]
    for field, value in (
        ("label", shown.session.item(path).effective_class),
        ("label", NOT_CLASSED),
        ("note", "vacuoles"),
        ("removed", "person"),
    ):
        decide(shown.session, [path], field, value)
        seen.append(grey(tile(shown, path)))
    assert len({bytes(one.constBits()) for one in seen}) == len(seen)


def grey(image):
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def test_what_was_found_has_a_badge_until_it_is_decided(shown):
    path = shown.session.table.paths[1]
    go(shown, 9)
    before = tile(shown, path)
    shown.session.table.set_finding_kinds({"unusual": shown.session.table.rows([path])})
    shown.session.findings_changed.emit()
    assert tile(shown, path) != before
    shown.session.table.set_finding_kinds({"unusual": shown.session.table.rows([])})
    shown.session.findings_changed.emit()
    assert tile(shown, path) == before


def test_a_class_that_the_folder_says_otherwise_is_in_the_corner(shown, qtbot):
    path = "platelet/a.png"
    qtbot.waitUntil(lambda: shown.thumbnails.peek(path) is not None, timeout=WAIT_MS)
    said(shown.session, path, "platelet", 0.9)
    agreed = tile(shown, path)
    said(shown.session, path, "monocyte", 0.9)
    assert shown.session.item(path).folder_class == "platelet"
    other = tile(shown, path)
    corner = [other.pixelColor(x, y).name() for x in range(other.width() // 2, other.width() - 6)
              for y in range(6, 40)]  # fmt: skip
    assert colour(shown, "platelet") in corner
    assert colour(shown, "platelet") not in {
        agreed.pixelColor(x, 20).name() for x in range(agreed.width() // 2, agreed.width() - 12)
    }


def test_the_current_one_stands_out_among_the_selected(shown):
    go(shown, 0)
    shown.view.selectAll()
    one, other = tile(shown, shown.model.path(0)), tile(shown, shown.model.path(2))
    middle = one.height() // 2
    assert one.pixelColor(2, middle) != other.pixelColor(2, middle)
    shown.search.setFocus()
    assert tile(shown, shown.model.path(0)).pixelColor(2, middle) != one.pixelColor(2, middle)


def test_results_move_nothing_in_a_tile(shown, tmp_path):
    shown.session.add([record("later.png")])
    index = shown.model.index(shown.model.row("later.png"))
    before = shown.view.visualRect(index)
    said(shown.session, "later.png", "monocyte", 0.9)
    assert shown.view.visualRect(index) == before


def test_what_cannot_be_read_says_why_at_every_size(shown):
    shown.session.add([BadFile("bad.png", Message("image.empty"))])
    for edge in (72, 136, 320):
        shown.view.set_edge(edge)
        go(shown, shown.model.row("bad.png"))
        shown.view.scrollTo(shown.view.currentIndex())
        empty = shown.theme.colour("tile").name()
        picture = tile(shown, "bad.png")
        colours = {picture.pixelColor(x, y).name() for x in range(10, picture.width() - 10)
                   for y in range(10, picture.width() - 10)}  # fmt: skip
        assert empty in colours
        assert len(colours) > 3


def test_light_and_dark_differ_and_the_image_does_not(shown):
    path = "c000002.png"
    go(shown, 9)
    light = tile(shown, path)
    shown.theme.set_dark(True)
    dark = tile(shown, path)
    middle = light.rect().center()
    assert light.pixelColor(middle) == dark.pixelColor(middle)
    assert light.pixelColor(0, 0).lightness() > 120 > dark.pixelColor(0, 0).lightness()


def test_long_names_are_cut_where_they_say_least(panel, tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    name = "patient_0412_slide_" + "x" * 150 + "_00042.png"
    Image.new("RGB", (20, 20)).save(folder / name)
    fill(panel.session, folder, EACH)
    assert panel.model.row(name) is not None
    assert tile(panel, name).width() == panel.view.grid.width
