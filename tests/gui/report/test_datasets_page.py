"""Export and import of labels in the real window."""

import csv

import numpy as np
import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt

from engine.exchange.formats.registry import FORMATS
from gui.widgets import dialogs


@pytest.fixture
def page(report):
    """Return the shown page."""
    report.show_page("datasets")
    return report.datasets


def answer(monkeypatch, path):
    monkeypatch.setattr(dialogs, "ask", lambda *_: path)


def labels(file, rows):
    with file.open("w", newline="") as stream:
        csv.writer(stream).writerows([["path", "label"], *rows])
    return file


def test_data_set_has_labelled_images_and_overwrites_nothing(
    page, ready, qtbot, tmp_path, monkeypatch
):
    ready.decisions.label(["basophil/c3.png"], "platelet")
    ready.decisions.remove(["basophil/c0.png"])
    qtbot.waitUntil(lambda: ready.session.item("basophil/c0.png").removed, timeout=WAIT_MS)
    answer(monkeypatch, tmp_path / "out")
    for number in (1, 2):
        page.label_export.write.click()
        with qtbot.waitSignal(page.label_export.finished, timeout=WAIT_MS):
            pass
        place = tmp_path / "out" / ("cells-folder" if number == 1 else "cells-folder-2")
        assert page.label_export.result.path == place
        files = {file.relative_to(place).as_posix() for file in place.rglob("*.png")}
        assert len(files) == 23
        assert sum(name.startswith("platelet/") for name in files) == 9
        assert "basophil/c0.png" not in files
        assert (place / "classes.txt").read_text().splitlines()[0] == "basophil"


def test_no_images_are_written_into_the_open_folder(page, ready, qtbot, monkeypatch):
    cells = ready.session.root
    before = sorted(cells.rglob("*"))
    answer(monkeypatch, cells / "monocyte")
    page.label_export.write.click()
    qtbot.waitUntil(ready.notice.isVisible, timeout=WAIT_MS)
    assert "lies in the image folder" in ready.notice.label.text()
    assert sorted(cells.rglob("*")) == before


def test_every_format_is_offered_with_an_image_size_only_where_it_resizes(page):
    export = page.label_export
    offered = {}
    for index in range(export.format.count()):
        export.format.setCurrentIndex(index)
        offered[export.format.currentData()] = not export.image_size.isHidden()
    assert offered == {key: format_.resizes_images for key, format_ in FORMATS.items()}


def test_npz_has_the_requested_size(page, qtbot, tmp_path, monkeypatch):
    out = page.label_export
    assert not out.image_size.isVisible()
    out.format.setCurrentIndex(out.format.findData("npz"))
    assert out.image_size.isVisible()
    out.image_size.setValue(32)
    answer(monkeypatch, tmp_path / "out")
    out.write.click()
    with qtbot.waitSignal(out.finished, timeout=WAIT_MS):
        pass
    with np.load(out.result.path) as arrays:
        shapes = {name: arrays[name].shape for name in arrays.files}
    assert (24, 32, 32, 3) in shapes.values()


def test_labels_are_previewed_imported_and_undone_as_one_edit(
    page, ready, qtbot, tmp_path, monkeypatch
):
    file = labels(
        tmp_path / "given.csv",
        [
            ["basophil/c0.png", "Monocyte"],
            ["basophil/c1.png", "monocyte"],
            ["basophil/c2.png", "basophil"],
            ["basophil/c4.png", "martian"],
            ["gone.png", "basophil"],
        ],
    )
    answer(monkeypatch, file)
    label_import = page.label_import
    label_import.from_file.click()
    qtbot.waitUntil(
        lambda: label_import.plan is not None and not label_import.is_running, timeout=WAIT_MS
    )
    assert label_import.apply.text() == "Make these 2 changes"
    assert "martian" in label_import.problems.toPlainText()
    assert ready.session.item("basophil/c0.png").label is None
    label_import.show_images.click()
    model = ready.review.gallery.model
    assert sorted(model.path(row) for row in range(model.rowCount())) == [
        "basophil/c0.png",
        "basophil/c1.png",
    ]
    ready.workspaces.go("report")
    answer(monkeypatch, tmp_path / "details.csv")
    label_import.save_details.click()
    assert "martian" not in (tmp_path / "details.csv").read_text("utf-8-sig")
    assert "gone.png" in (tmp_path / "details.csv").read_text("utf-8-sig")
    qtbot.mouseClick(label_import.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: ready.session.item("basophil/c0.png").label == "monocyte", timeout=WAIT_MS
    )
    assert ready.session.item("basophil/c1.png").label == "monocyte"
    assert "2 changes were made" in label_import.status.text()
    ready.decisions.undo()
    qtbot.waitUntil(lambda: ready.session.item("basophil/c0.png").label is None, timeout=WAIT_MS)
    assert ready.session.item("basophil/c1.png").label is None


def test_invalid_label_file_is_reported(page, ready, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "letter.csv"
    file.write_text("Dear colleague,\n")
    answer(monkeypatch, file)
    page.label_import.from_file.click()
    qtbot.waitUntil(ready.notice.isVisible, timeout=WAIT_MS)
    assert "letter.csv" in ready.notice.label.text()
    qtbot.waitUntil(lambda: not page.label_import.is_running, timeout=WAIT_MS)
    assert page.label_import.plan is None
    assert ready.decisions.project.next_undo() is None
